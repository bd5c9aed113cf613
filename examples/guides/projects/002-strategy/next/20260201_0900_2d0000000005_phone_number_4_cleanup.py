"""Phase 4, cleanup: the old column goes

Revision ID: 2d0000000005
Revises: 2d0000000004
"""
from alembic import op
import sqlalchemy as sa

revision = '2d0000000005'
down_revision = '2d0000000004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column('patients', 'phone')


def downgrade() -> None:
    op.add_column('patients', sa.Column('phone', sa.String, nullable=True))
