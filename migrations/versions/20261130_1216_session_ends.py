"""When a session ends however much it is used; those that are there last as long as a new one would have."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("refresh_token", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("update refresh_token set ends_at = greatest(expires_at, created_at + interval '90 days')")
    op.alter_column("refresh_token", "ends_at", nullable=False)


def downgrade() -> None:
    op.drop_column("refresh_token", "ends_at")
