"""Handlings by their last day wherever they are, and the applications of a network from the index alone."""

from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None
BY_NETWORK = ["network_id", "state", "received_at", "id"]


def upgrade() -> None:
    op.create_index("ix_handling_due", "handling", ["handle_by", "id"], unique=False)
    op.drop_index("ix_handling_network", table_name="handling")
    op.create_index("ix_handling_network", "handling", BY_NETWORK, unique=False, postgresql_include=["application_id"])


def downgrade() -> None:
    op.drop_index("ix_handling_network", table_name="handling")
    op.create_index("ix_handling_network", "handling", BY_NETWORK, unique=False)
    op.drop_index("ix_handling_due", table_name="handling")
