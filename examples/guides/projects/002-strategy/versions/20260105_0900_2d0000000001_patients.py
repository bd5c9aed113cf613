"""Patients

Revision ID: 2d0000000001
Revises: None
"""
from alembic import op
import sqlalchemy as sa

revision = '2d0000000001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'patients',
        sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('phone', sa.String, nullable=False),
    )


def downgrade() -> None:
    op.drop_table('patients')
