"""Agreements that were signed on paper are kept as records; they are imported by the reference of the drafter's list."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

CHECK = "ck_import_job_import_kind"
KINDS = "'organisations', 'members', 'needs', 'applications'"


def upgrade() -> None:
    op.add_column("agreement", sa.Column("reference", sa.Text(), nullable=True))
    op.create_unique_constraint("uq_agreement_reference", "agreement", ["drafted_by_organisation_id", "reference"])
    op.add_column("agreement_version", sa.Column("signed_on_paper", sa.Date(), nullable=True))
    op.add_column("agreement_version", sa.Column("scan_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_agreement_version_scan_id_attachment"), "agreement_version", "attachment", ["scan_id"], ["id"]
    )
    op.alter_column("agreement_version", "proposed_by", existing_type=sa.Uuid(), nullable=True)
    op.create_check_constraint(
        op.f("ck_agreement_version_proposed_by"),
        "agreement_version",
        "proposed_by is not null or signed_on_paper is not null",
    )
    op.create_check_constraint(
        op.f("ck_agreement_version_scan"), "agreement_version", "scan_id is null or signed_on_paper is not null"
    )
    op.drop_constraint(op.f(CHECK), "import_job", type_="check")
    op.create_check_constraint(op.f(CHECK), "import_job", f"kind in ({KINDS}, 'agreements')")


def downgrade() -> None:
    op.execute("delete from import_job where kind = 'agreements'")
    op.drop_constraint(op.f(CHECK), "import_job", type_="check")
    op.create_check_constraint(op.f(CHECK), "import_job", f"kind in ({KINDS})")
    op.drop_constraint(op.f("ck_agreement_version_scan"), "agreement_version", type_="check")
    op.drop_constraint(op.f("ck_agreement_version_proposed_by"), "agreement_version", type_="check")
    op.alter_column("agreement_version", "proposed_by", existing_type=sa.Uuid(), nullable=False)
    op.drop_constraint(op.f("fk_agreement_version_scan_id_attachment"), "agreement_version", type_="foreignkey")
    op.drop_column("agreement_version", "scan_id")
    op.drop_column("agreement_version", "signed_on_paper")
    op.drop_constraint("uq_agreement_reference", "agreement", type_="unique")
    op.drop_column("agreement", "reference")
