"""Workspaces, users and clients

Revision ID: 1f0000000001
Revises: None
"""
from alembic import op
import sqlalchemy as sa

revision = '1f0000000001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'workspaces',
        sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('name', sa.Text, nullable=False),
    )
    for table in ('users', 'clients'):
        op.create_table(
            table,
            sa.Column('id', sa.Integer, primary_key=True),
            sa.Column('workspace_id', sa.Integer, sa.ForeignKey('workspaces.id'), nullable=False),
            sa.Column('email', sa.Text),
        )


def downgrade() -> None:
    for table in ('clients', 'users', 'workspaces'):
        op.drop_table(table)
