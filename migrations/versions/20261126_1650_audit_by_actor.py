"""What somebody did is found by an index."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_event_actor", "event", ["actor_id", "occurred_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_event_actor", table_name="event")
