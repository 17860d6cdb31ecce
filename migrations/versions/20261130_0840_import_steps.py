"""Imports go by steps: a trial run with a verdict for each row, apply, undo."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

STATES = ("queued", "running", "succeeded", "refused", "cancelled", "failed")
VERDICTS = ("new", "changed", "unchanged", "near", "faulty", "left_out")


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=60)


def _states(*values: str) -> None:
    op.drop_constraint(op.f("ck_import_job_import_state"), "import_job", type_="check")
    listed = ", ".join(f"'{value}'" for value in values)
    op.create_check_constraint(op.f("ck_import_job_import_state"), "import_job", f"state in ({listed})")


def upgrade() -> None:
    _states("queued", "running", "tried", *STATES[2:], "undone")
    op.add_column("import_job", sa.Column("step", _enum("import_step", "trial", "apply", "undo"), nullable=True))
    for name in ("applied_by", "undone_by"):
        op.add_column("import_job", sa.Column(name, sa.Uuid(), nullable=True))
        op.create_foreign_key(op.f(f"fk_import_job_{name}_principal"), "import_job", "principal", [name], ["id"])
    op.add_column("import_job", sa.Column("file_kept", sa.Boolean(), nullable=True))
    op.execute(
        "update import_job set step = case when dry_run then 'trial' else 'apply' end,"
        " file_kept = state in ('queued', 'running')"
    )
    op.alter_column("import_job", "step", nullable=False)
    op.alter_column("import_job", "file_kept", nullable=False)
    op.add_column("import_job", sa.Column("sheet", sa.Text(), nullable=True))
    op.add_column("import_job", sa.Column("heading_row", sa.Integer(), nullable=True))
    for name in ("mapping", "reading"):
        op.add_column("import_job", sa.Column(name, postgresql.JSONB(), nullable=True))
    op.add_column("import_job", sa.Column("rows_total", sa.Integer(), nullable=True))
    op.add_column("import_job", sa.Column("near", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("import_job", "near", server_default=None)
    for name in ("tried_at", "applied_at"):
        op.add_column("import_job", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "import_row_verdict",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("verdict", _enum("row_verdict", *VERDICTS), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cells", postgresql.JSONB(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        *(sa.Column(name, postgresql.JSONB(), nullable=False) for name in ("changes", "candidates", "findings")),
        sa.Column("because", postgresql.JSONB(), nullable=True),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("decision", _enum("row_decision", "same", "another", "skip"), nullable=True),
        sa.Column("same_id", sa.Uuid(), nullable=True),
        sa.Column("corrected", postgresql.JSONB(), nullable=True),
        sa.Column("untried", sa.Boolean(), nullable=False),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=True),
        sa.Column("written_version", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(decision = 'same') = (same_id is not null) or decision is null", name=op.f("ck_import_row_verdict_same")
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["import_job.id"], name=op.f("fk_import_row_verdict_job_id_import_job"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row_verdict")),
        sa.UniqueConstraint("job_id", "row", name=op.f("uq_import_row_verdict_job_id_row")),
    )
    op.create_index("ix_import_row_verdict_verdict", "import_row_verdict", ["job_id", "verdict", "row"])
    op.create_index(
        "ix_import_row_verdict_untried", "import_row_verdict", ["job_id"], postgresql_where=sa.text("untried")
    )


def downgrade() -> None:
    op.drop_table("import_row_verdict")
    op.execute(
        "update import_job set state = case when state = 'tried' then 'succeeded' else 'cancelled' end"
        " where state in ('tried', 'undone')"
    )
    for name in (
        "step", "applied_by", "undone_by", "file_kept", "sheet", "heading_row", "mapping", "reading", "rows_total", "near", "tried_at", "applied_at",
    ):
        op.drop_column("import_job", name)
    _states(*STATES)
