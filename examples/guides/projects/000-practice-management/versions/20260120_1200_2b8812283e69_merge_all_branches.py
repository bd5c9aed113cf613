"""Merge all branches

Revision ID: 2b8812283e69
Revises: c8c1872a99cf, schema_cleanup_audit
"""
from alembic import op
import sqlalchemy as sa

revision = '2b8812283e69'
down_revision = ('c8c1872a99cf', 'schema_cleanup_audit')
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
