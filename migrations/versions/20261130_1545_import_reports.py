"""Reports can be imported, and who speaks for an organisation in its networks."""

from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

KINDS = "'organisations', 'members', 'needs', 'applications', 'agreements', 'proposals', 'calls', 'people'"


def upgrade() -> None:
    _kinds(f"{KINDS}, 'reports', 'representatives'")


def downgrade() -> None:
    op.execute("delete from import_job where kind in ('reports', 'representatives')")
    _kinds(KINDS)


def _kinds(kinds: str) -> None:
    op.drop_constraint(op.f("ck_import_job_import_kind"), "import_job", type_="check")
    op.create_check_constraint(op.f("ck_import_job_import_kind"), "import_job", f"kind in ({kinds})")
