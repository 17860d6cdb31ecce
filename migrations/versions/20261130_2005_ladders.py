"""Steps of reminders by ladders, and tasks that were passed on when they stayed late."""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

_BEFORE = ("opened", "week_before", "day_before", "late", "told")
_NEW = ("weekly", "two_thirds", "after_week", "after_three_weeks", "passed_on", "late_elsewhere")


def upgrade() -> None:
    op.add_column("task", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("task", sa.Column("passed_on", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("notice", "step", type_=sa.String(60))
    _steps(*_BEFORE, *_NEW)


def downgrade() -> None:
    listed = ", ".join(f"'{one}'" for one in _NEW)
    op.execute(f"delete from notice where step in ({listed})")
    op.execute("update task set reminded = null where reminded like 'weekly %'")
    _steps(*_BEFORE)
    op.drop_column("task", "passed_on")
    op.drop_column("task", "reminded_at")


def _steps(*words: str) -> None:
    op.drop_constraint("ck_notice_step", "notice")
    listed = ", ".join(f"'{one}'" for one in words)
    op.create_check_constraint(op.f("ck_notice_step"), "notice", f"step in ({listed})")
