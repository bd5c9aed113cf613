"""Notes are required

Revision ID: 5e1a70c2d9f4
Revises: 2b8812283e69
"""
from alembic import op
import sqlalchemy as sa

revision = '5e1a70c2d9f4'
down_revision = '2b8812283e69'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column('clients', 'notes', nullable=False)


def downgrade() -> None:
    op.alter_column('clients', 'notes', nullable=True)
