"""Notices of what happened, weekly digests, and exceptions for one network, organisation or thing."""

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None

_UNSENT = "mailed_at is null and dropped_at is null"
_TIERS = ("public", "parties", "network", "authority", "own", "sealed")
_ROWS = ("urgent", "tasks", "reminders", "own", "networks", "authority", "discussions", "operations", "events")
_STEPS = ("opened", "week_before", "day_before", "late")


def upgrade() -> None:
    op.alter_column("notice", "task_id", nullable=True)
    op.add_column("notice", sa.Column("position", sa.BigInteger(), nullable=True))
    op.add_column("notice", sa.Column("kind", sa.Text(), nullable=True))
    op.add_column("notice", sa.Column("tier", _words("tier", *_TIERS), nullable=True))
    op.add_column("notice", sa.Column("subject_kind", sa.Text(), nullable=True))
    op.add_column("notice", sa.Column("subject_id", sa.Uuid(), nullable=True))
    op.add_column("notice", sa.Column("root_kind", sa.Text(), nullable=True))
    op.add_column("notice", sa.Column("root_id", sa.Uuid(), nullable=True))
    op.add_column("notice", sa.Column("network_id", sa.Uuid(), nullable=True))
    op.add_column("notice", sa.Column("organisation_id", sa.Uuid(), nullable=True))
    op.add_column("notice", sa.Column("count", sa.Integer(), nullable=False, server_default="1"))
    op.alter_column("notice", "count", server_default=None)
    op.add_column("notice", sa.Column("row", _words("notice_row", *_ROWS), nullable=True))
    op.add_column("notice", sa.Column("digest", _words("digest", "daily", "weekly"), nullable=True))
    op.execute("update notice set digest = 'daily' where in_digest")
    op.drop_constraint("ck_notice_one_way", "notice")
    op.drop_index("ix_notice_to_gather", "notice")
    op.drop_column("notice", "in_digest")
    op.create_check_constraint(op.f("ck_notice_one_way"), "notice", "send_at is null or digest is null")
    op.create_check_constraint(op.f("ck_notice_of_one"), "notice", "num_nonnulls(task_id, position) = 1")
    _any_of("notice", "step", "step", *_STEPS, "told")
    op.create_check_constraint(op.f("ck_notice_told"), "notice", "(position is null) = (step <> 'told')")
    _unique("principal_id", "task_id", "position", "kind", "step", "due_on")
    op.create_index(
        "ix_notice_to_gather",
        "notice",
        ["principal_id"],
        postgresql_where=sa.text(f"digest is not null and {_UNSENT}"),
    )
    _any_of("notice_choice", "notice_row", "row", *_ROWS)
    _any_of("notice_choice", "channel", "channel", "now", "daily", "weekly", "bell")
    op.create_table(
        "notice_exception",
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("channel", _words("channel", "now", "daily", "weekly", "bell"), nullable=False),
        sa.ForeignKeyConstraint(
            ["principal_id"], ["principal.id"], name=op.f("fk_notice_exception_principal_id_principal")
        ),
        sa.PrimaryKeyConstraint("principal_id", "subject_id", name=op.f("pk_notice_exception")),
    )


def downgrade() -> None:
    op.drop_table("notice_exception")
    op.execute("delete from notice_choice where row not in ('tasks', 'reminders')")
    op.execute("update notice_choice set channel = 'daily' where channel = 'weekly'")
    _any_of("notice_choice", "channel", "channel", "now", "daily", "bell")
    _any_of("notice_choice", "notice_row", "row", "tasks", "reminders")
    op.execute("delete from notice where task_id is null")
    op.drop_index("ix_notice_to_gather", "notice")
    for name in ("told", "of_one", "one_way"):
        op.drop_constraint(f"ck_notice_{name}", "notice")
    _any_of("notice", "step", "step", *_STEPS)
    op.add_column("notice", sa.Column("in_digest", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("notice", "in_digest", server_default=None)
    op.execute("update notice set in_digest = true where digest is not null")
    _unique("principal_id", "task_id", "step", "due_on")
    for name in ("digest", "row", "count", "organisation_id", "network_id", "root_id", "root_kind"):
        op.drop_column("notice", name)
    for name in ("subject_id", "subject_kind", "tier", "kind", "position"):
        op.drop_column("notice", name)
    op.alter_column("notice", "task_id", nullable=False)
    op.create_check_constraint(op.f("ck_notice_one_way"), "notice", "send_at is null or not in_digest")
    op.create_index(
        "ix_notice_to_gather", "notice", ["principal_id"], postgresql_where=sa.text(f"in_digest and {_UNSENT}")
    )


def _unique(*columns: str) -> None:
    op.drop_index("uq_notice_step", "notice")
    op.create_index("uq_notice_step", "notice", list(columns), unique=True, postgresql_nulls_not_distinct=True)


def _any_of(table: str, name: str, column: str, *words: str) -> None:
    """Let a column hold these words and no others."""
    op.drop_constraint(f"ck_{table}_{name}", table)
    listed = ", ".join(f"'{one}'" for one in words)
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f"{column} in ({listed})")


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=60)
