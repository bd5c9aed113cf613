"""Schema cleanup audit

Revision ID: c8c1872a99cf
Revises: 4d0f6a1c2b3e
"""
from alembic import op
import sqlalchemy as sa

revision = 'c8c1872a99cf'
down_revision = '4d0f6a1c2b3e'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column('clients', 'notes', server_default='')
    op.create_index('sessions_client', 'sessions', ['client_id'])


def downgrade() -> None:
    op.drop_index('sessions_client')
    op.alter_column('clients', 'notes', server_default=None)
