"""Handlings that are to be decided are read in the order in which they are shown."""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_handling_to_decide",
        "handling",
        ["network_id", "handle_by", "received_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'in_review'"),
        postgresql_include=["application_id"],
    )


def downgrade() -> None:
    op.drop_index("ix_handling_to_decide", table_name="handling")
