"""In decisions about a network, members that share somebody vote as one, and agree to counting early."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("network_decision_elector", sa.Column("bloc_id", sa.Uuid(), nullable=True))
    # who shares somebody is read again before anything is counted
    op.execute("update network_decision_elector set bloc_id = member_id")
    op.alter_column("network_decision_elector", "bloc_id", nullable=False)
    op.add_column(
        "network_decision_vote", sa.Column("early_close", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.alter_column("network_decision_vote", "early_close", server_default=None)


def downgrade() -> None:
    op.drop_column("network_decision_vote", "early_close")
    op.drop_column("network_decision_elector", "bloc_id")
