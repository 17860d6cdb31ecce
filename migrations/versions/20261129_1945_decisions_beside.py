"""Several proposals of a kind beside each other: one by each proposer, and one that is decided and waits."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

WAITING = "state in ('open', 'adopted')"


def upgrade() -> None:
    op.drop_index("uq_network_decision_waiting", table_name="network_decision")
    op.create_index(
        "uq_network_decision_open",
        "network_decision",
        ["network_id", "kind", "proposed_by"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "uq_network_decision_adopted",
        "network_decision",
        ["network_id", "kind"],
        unique=True,
        postgresql_where=sa.text("state = 'adopted'"),
    )


def downgrade() -> None:
    # what was adopted stands, else what was proposed first; one of a kind has room there
    op.execute(
        "update network_decision set state = 'dropped', decided_at = coalesce(decided_at, now()) where id in ("
        " select id from (select id, row_number() over (partition by network_id, kind"
        f" order by state, opened_at, id) as place from network_decision where {WAITING}) each where place > 1)"
    )
    op.drop_index("uq_network_decision_adopted", table_name="network_decision")
    op.drop_index("uq_network_decision_open", table_name="network_decision")
    op.create_index(
        "uq_network_decision_waiting",
        "network_decision",
        ["network_id", "kind"],
        unique=True,
        postgresql_where=sa.text(WAITING),
    )
