"""What waits as rows, who was told of it, and how they want to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

_OPEN = sa.text("closed_at is null")


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("permissions", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("network_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("since", moment, nullable=False),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("reminded", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index(
        "uq_task_open",
        "task",
        ["kind", "subject_id", "permissions", "scope_id", "person_id", "network_id", "organisation_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=_OPEN,
    )
    op.create_index("ix_task_subject", "task", ["subject_id"], postgresql_where=_OPEN)
    op.create_index("ix_task_due", "task", ["due_on"], postgresql_where=_OPEN)
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("step", _words("step", "opened", "week_before", "day_before", "late"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("seen_at", moment, nullable=True),
        sa.Column("send_at", moment, nullable=True),
        sa.Column("in_digest", sa.Boolean(), nullable=False),
        sa.Column("mailed_at", moment, nullable=True),
        sa.Column("dropped_at", moment, nullable=True),
        sa.CheckConstraint("send_at is null or not in_digest", name=op.f("ck_notice_one_way")),
        sa.ForeignKeyConstraint(["principal_id"], ["principal.id"], name=op.f("fk_notice_principal_id_principal")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_notice_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(
        "uq_notice_step",
        "notice",
        ["principal_id", "task_id", "step", "due_on"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_index("ix_notice_mailed", "notice", ["mailed_at"])
    op.create_index("ix_notice_unseen", "notice", ["principal_id"], postgresql_where=sa.text("seen_at is null"))
    op.create_index("ix_notice_reader", "notice", ["principal_id", "created_at", "id"])
    op.create_index("ix_notice_task", "notice", ["task_id"])
    unsent = "mailed_at is null and dropped_at is null"
    op.create_index(
        "ix_notice_to_send", "notice", ["send_at"], postgresql_where=sa.text(f"send_at is not null and {unsent}")
    )
    op.create_index(
        "ix_notice_to_gather", "notice", ["principal_id"], postgresql_where=sa.text(f"in_digest and {unsent}")
    )
    op.create_table(
        "notice_choice",
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("row", _words("notice_row", "tasks", "reminders"), nullable=False),
        sa.Column("channel", _words("channel", "now", "daily", "bell"), nullable=False),
        sa.ForeignKeyConstraint(
            ["principal_id"], ["principal.id"], name=op.f("fk_notice_choice_principal_id_principal")
        ),
        sa.PrimaryKeyConstraint("principal_id", "row", name=op.f("pk_notice_choice")),
    )
    op.create_table(
        "task_position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("swept_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_position")),
    )


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=60)


def downgrade() -> None:
    op.drop_table("task_position")
    op.drop_table("notice_choice")
    op.drop_table("notice")
    op.drop_table("task")
