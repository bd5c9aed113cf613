"""Phase 3, constraint and index

Revision ID: 2d0000000004
Revises: 2d0000000003
"""
from alembic import op
import sqlalchemy as sa

revision = '2d0000000004'
down_revision = '2d0000000003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column('patients', 'phone_number', nullable=False)
    with op.get_context().autocommit_block():
        op.create_index('ix_patients_phone_number', 'patients', ['phone_number'], postgresql_concurrently=True)


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index('ix_patients_phone_number', postgresql_concurrently=True)
    op.alter_column('patients', 'phone_number', nullable=True)
