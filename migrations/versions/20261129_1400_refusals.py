"""When a member was told of a condition's answer; which versions a network refused."""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        alter table vote add column condition_told_at timestamptz;
        update vote set condition_told_at = condition_answered_at where not condition_taken;
        """
    )


def downgrade() -> None:
    op.execute("alter table vote drop column condition_told_at")
