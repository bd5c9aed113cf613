"""Appointments

Revision ID: 1f0000000002
Revises: 1f0000000001
"""
from alembic import op
import sqlalchemy as sa

revision = '1f0000000002'
down_revision = '1f0000000001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'appointments',
        sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('client_id', sa.Integer, sa.ForeignKey('clients.id'), nullable=False),
        sa.Column('scheduled_start', sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table('appointments')
