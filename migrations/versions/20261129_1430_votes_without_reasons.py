"""A vote on a network's decision has no reason: nobody could read it."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("network_decision_vote", "reason")


def downgrade() -> None:
    op.add_column("network_decision_vote", sa.Column("reason", sa.Text(), nullable=True))
