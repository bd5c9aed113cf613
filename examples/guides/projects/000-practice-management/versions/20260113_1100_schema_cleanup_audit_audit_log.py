"""Audit log enhancements

Revision ID: schema_cleanup_audit
Revises: 4d0f6a1c2b3e
"""
from alembic import op
import sqlalchemy as sa

revision = 'schema_cleanup_audit'
down_revision = '4d0f6a1c2b3e'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'audit_log',
        sa.Column('id', sa.BigInteger, primary_key=True),
        sa.Column('at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column('action', sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table('audit_log')
