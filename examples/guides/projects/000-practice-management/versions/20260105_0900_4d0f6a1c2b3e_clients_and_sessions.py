"""Clients and sessions

Revision ID: 4d0f6a1c2b3e
Revises: None
"""
from alembic import op
import sqlalchemy as sa

revision = '4d0f6a1c2b3e'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'clients',
        sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('name', sa.Text, nullable=False),
        sa.Column('notes', sa.Text),
    )
    op.create_table(
        'sessions',
        sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('client_id', sa.Integer, sa.ForeignKey('clients.id'), nullable=False),
        sa.Column('held_at', sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table('sessions')
    op.drop_table('clients')
