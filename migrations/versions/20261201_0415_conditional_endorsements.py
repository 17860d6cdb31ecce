"""Endorsements with conditions are found by their network."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_endorsement_conditional",
        "endorsement",
        ["network_id", "handling_id"],
        unique=False,
        postgresql_where=sa.text("conditions <> '[]'"),
    )


def downgrade() -> None:
    op.drop_index("ix_endorsement_conditional", table_name="endorsement")
