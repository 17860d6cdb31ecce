"""Old notices and closed tasks are found, to be deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_task_closed", "task", ["closed_at"], postgresql_where=sa.text("closed_at is not null"))
    op.create_index("ix_notice_created", "notice", ["created_at"], postgresql_using="brin")


def downgrade() -> None:
    op.drop_index("ix_notice_created", table_name="notice")
    op.drop_index("ix_task_closed", table_name="task")
