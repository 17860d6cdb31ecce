"""A decision is proposed before it is made: who proposed what, on which version, and what became of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

KINDS = "'organisations', 'members', 'needs', 'applications', 'agreements'"
WHOLE = (
    "(proposal is null) = (proposed_by is null) and (proposal is null) = (proposed_at is null)"
    " and (proposal is null) = (proposed_version is null)"
)
STANDS = "proposal is null or (state in ('in_preparation', 'decided') and proposed_version = version_number)"
OF_A_DECISION = (
    (
        "decision_reason, appeal, decided_by, grounds)",
        "decision_reason, appeal, decided_by, grounds, proposed_by, proposed_at, proposal)",
    ),
    ("old.decided_by, old.grounds);", "old.decided_by, old.grounds, old.proposed_by, old.proposed_at, old.proposal);"),
    (
        "new.decided_by, new.grounds)",
        "new.decided_by, new.grounds, new.proposed_by, new.proposed_at, new.proposal)",
    ),
    (
        "old.decided_by, old.grounds) then",
        "old.decided_by, old.grounds, old.proposed_by, old.proposed_at, old.proposal) then",
    ),
)
"""What the guard of a case keeps of a decision: before, and with what was proposed."""


def upgrade() -> None:
    for table in ("partner_request", "former_decision"):
        op.add_column(table, sa.Column("proposed_by", sa.Uuid(), nullable=True))
        op.create_foreign_key(op.f(f"fk_{table}_proposed_by_principal"), table, "principal", ["proposed_by"], ["id"])
        op.add_column(table, sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True))
        op.add_column(table, sa.Column("proposal", postgresql.JSONB(), nullable=True))
    op.add_column("partner_request", sa.Column("proposed_version", sa.Integer(), nullable=True))
    op.add_column("partner_request", sa.Column("former_proposal", postgresql.JSONB(), nullable=True))
    op.create_check_constraint(op.f("ck_partner_request_proposal"), "partner_request", WHOLE)
    op.create_check_constraint(op.f("ck_partner_request_proposal_stands"), "partner_request", STANDS)
    _guard(OF_A_DECISION)
    _kinds(f"{KINDS}, 'proposals'")


def downgrade() -> None:
    op.execute("delete from import_job where kind = 'proposals'")
    op.execute("update service_account set scopes = array_remove(scopes, 'partner_requests:propose')")
    _kinds(KINDS)
    _guard(tuple((new, old) for old, new in OF_A_DECISION))
    op.drop_constraint(op.f("ck_partner_request_proposal_stands"), "partner_request", type_="check")
    op.drop_constraint(op.f("ck_partner_request_proposal"), "partner_request", type_="check")
    op.drop_column("partner_request", "former_proposal")
    op.drop_column("partner_request", "proposed_version")
    for table in ("former_decision", "partner_request"):
        for column in ("proposal", "proposed_at", "proposed_by"):
            op.drop_column(table, column)


def _guard(changes: tuple[tuple[str, str], ...]) -> None:
    """The function as it stands, with its owner, path and rights, but for some words."""
    connection = op.get_bind().connection.driver_connection
    found = connection.execute("select pg_get_functiondef('guard_partner_request'::regproc)").fetchone()
    text: str = found[0]
    for old, new in changes:
        if text.count(old) != 1:
            raise RuntimeError(f"guard_partner_request is not as expected: {old}")
        text = text.replace(old, new)
    connection.execute(text.encode())


def _kinds(kinds: str) -> None:
    op.drop_constraint(op.f("ck_import_job_import_kind"), "import_job", type_="check")
    op.create_check_constraint(op.f("ck_import_job_import_kind"), "import_job", f"kind in ({kinds})")
