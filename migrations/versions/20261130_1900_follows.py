"""What people follow, and how they are told of it."""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None

_ROWS = ("urgent", "tasks", "reminders", "own", "networks", "authority", "discussions", "operations", "events")
_KINDS = ("funding_call", "need", "network", "organisation")


def upgrade() -> None:
    op.create_table(
        "follow",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column(
            "subject_kind",
            sa.Enum(*_KINDS, name="followed_kind", native_enum=False, create_constraint=True, length=60),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["principal_id"], ["principal.id"], name=op.f("fk_follow_principal_id_principal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint(
            "principal_id", "subject_kind", "subject_id", name=op.f("uq_follow_principal_id_subject_kind_subject_id")
        ),
    )
    op.create_index("ix_follow_subject", "follow", ["subject_id"])
    _rows(*_ROWS, "followed")


def downgrade() -> None:
    for table in ("notice", "notice_choice"):
        op.execute(f"delete from {table} where row = 'followed'")
    _rows(*_ROWS)
    op.drop_table("follow")


def _rows(*words: str) -> None:
    """Let notices and choices be of these rows and no others."""
    listed = ", ".join(f"'{one}'" for one in words)
    for table in ("notice", "notice_choice"):
        op.drop_constraint(f"ck_{table}_notice_row", table)
        op.create_check_constraint(op.f(f"ck_{table}_notice_row"), table, f"row in ({listed})")
