"""Shifts

Revision ID: 3e0000000003
Revises: 3e0000000002
"""
from alembic import op
import sqlalchemy as sa

revision = '3e0000000003'
down_revision = '3e0000000002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'shifts',
        sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('user_id', sa.Integer, sa.ForeignKey('staff.id'), nullable=False),
    )


def downgrade() -> None:
    op.drop_table('shifts')
