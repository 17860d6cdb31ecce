"""Indexes of lists: a network's handlings by their days, partner requests by the networks whose mark they ask for."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_partner_request_networks", "partner_request", ["network_ids"], "gin"),
    ("ix_handling_network_received", "handling", ["network_id", "received_at", "id"], "btree"),
    ("ix_handling_network_due", "handling", ["network_id", "handle_by", "id"], "btree"),
)


def upgrade() -> None:
    # the service goes on meanwhile
    with op.get_context().autocommit_block():
        for name, table, columns, kind in INDEXES:
            op.create_index(name, table, columns, postgresql_using=kind, postgresql_concurrently=True)


def downgrade() -> None:
    for name, table, _, _ in INDEXES:
        op.drop_index(name, table_name=table)
