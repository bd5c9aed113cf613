"""Phase 2, backfill: in batches, each committed

Revision ID: 2d0000000003
Revises: 2d0000000002
"""
from alembic import op
import sqlalchemy as sa

revision = '2d0000000003'
down_revision = '2d0000000002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        connection = op.get_bind()
        last = 0
        while True:
            batch = connection.execute(
                sa.text('SELECT max(id) FROM (SELECT id FROM patients WHERE id > :last ORDER BY id LIMIT 1000) b'),
                {'last': last},
            ).scalar()
            if batch is None:
                break
            connection.execute(
                sa.text("""
                    UPDATE patients SET phone_number = '+' || regexp_replace(phone, '[^0-9]', '', 'g')
                    WHERE id > :last AND id <= :batch AND phone_number IS NULL
                    """),
                {'last': last, 'batch': batch},
            )
            last = batch


def downgrade() -> None:
    op.execute('UPDATE patients SET phone_number = NULL')
