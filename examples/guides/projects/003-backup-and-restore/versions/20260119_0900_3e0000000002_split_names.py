"""Copy employees to users, the names split

Revision ID: 3e0000000002
Revises: 3e0000000001
"""
from alembic import op
import sqlalchemy as sa

revision = '3e0000000002'
down_revision = '3e0000000001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'users',
        sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('first_name', sa.Text, nullable=False),
        sa.Column('last_name', sa.Text, nullable=False),
        sa.Column('email', sa.Text, nullable=False),
    )
    connection = op.get_bind()
    rows = connection.execute(sa.text('SELECT id, name, email FROM employees')).fetchall()
    for row in rows:
        first, _, last = row.name.partition(' ')
        connection.execute(
            sa.text('INSERT INTO users VALUES (:id, :first, :last, :email)'),
            {'id': row.id, 'first': first, 'last': last, 'email': row.email},
        )
    op.drop_table('employees')


def downgrade() -> None:
    op.create_table(
        'employees',
        sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('name', sa.Text, nullable=False),
        sa.Column('email', sa.Text, nullable=False),
    )
    connection = op.get_bind()
    rows = connection.execute(sa.text('SELECT id, first_name, last_name, email FROM users')).fetchall()
    for row in rows:
        connection.execute(
            sa.text('INSERT INTO employees VALUES (:id, :name, :email)'),
            {'id': row.id, 'name': f'{row.first_name} {row.last_name}'.strip(), 'email': row.email},
        )
    op.drop_table('users')
