"""How often a meeting's time or place changed, so that calendars know the newest invitation (RFC 5545, 3.8.7.4)."""

import sqlalchemy as sa
from alembic import op

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meeting", sa.Column("calendar_sequence", sa.Integer(), server_default="0", nullable=False))
    op.alter_column("meeting", "calendar_sequence", server_default=None)


def downgrade() -> None:
    op.drop_column("meeting", "calendar_sequence")
