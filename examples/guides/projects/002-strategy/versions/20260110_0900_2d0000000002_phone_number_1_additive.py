"""Phase 1, additive: a nullable column

Revision ID: 2d0000000002
Revises: 2d0000000001
"""
from alembic import op
import sqlalchemy as sa

revision = '2d0000000002'
down_revision = '2d0000000001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('patients', sa.Column('phone_number', sa.String, nullable=True))


def downgrade() -> None:
    op.drop_column('patients', 'phone_number')
