"""People can be imported."""

from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

KINDS = "'organisations', 'members', 'needs', 'applications', 'agreements', 'proposals', 'calls'"


def upgrade() -> None:
    _kinds(f"{KINDS}, 'people'")


def downgrade() -> None:
    op.execute("delete from import_job where kind = 'people'")
    _kinds(KINDS)


def _kinds(kinds: str) -> None:
    op.drop_constraint(op.f("ck_import_job_import_kind"), "import_job", type_="check")
    op.create_check_constraint(op.f("ck_import_job_import_kind"), "import_job", f"kind in ({kinds})")
