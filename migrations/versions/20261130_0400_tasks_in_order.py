"""Tasks that there are many of are read in the order in which they are shown."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        'ix_handling_to_review', 'handling', ['network_id', 'handle_by', 'received_at', 'id'], unique=False,
        postgresql_where=sa.text("state = 'received'"), postgresql_include=['application_id'],
    )
    op.create_index(
        'ix_need_raised', 'need', ['network_id', 'created_at', 'id'], unique=False,
        postgresql_where=sa.text("state = 'raised'"),
    )


def downgrade() -> None:
    op.drop_index('ix_need_raised', table_name='need')
    op.drop_index('ix_handling_to_review', table_name='handling')
