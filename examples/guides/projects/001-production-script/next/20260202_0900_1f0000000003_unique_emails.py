"""One client for each address

Revision ID: 1f0000000003
Revises: 1f0000000002
"""
from alembic import op
import sqlalchemy as sa

revision = '1f0000000003'
down_revision = '1f0000000002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_unique_constraint('clients_email_key', 'clients', ['email'])


def downgrade() -> None:
    op.drop_constraint('clients_email_key', 'clients')
