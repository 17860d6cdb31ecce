"""Into which network the organisation is invited whose role is offered, so that the mail can say so."""

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("role_offer", sa.Column("network_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("role_offer", "network_id")
