"""Employees

Revision ID: 3e0000000001
Revises: None
"""
from alembic import op
import sqlalchemy as sa

revision = '3e0000000001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'employees',
        sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('name', sa.Text, nullable=False),
        sa.Column('email', sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table('employees')
