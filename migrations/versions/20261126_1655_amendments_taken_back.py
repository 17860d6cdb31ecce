"""Versions of agreements that were taken back before all had signed them."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# what was taken back stays so
GUARDS = """
create trigger agreement_withdrawal_append_only before update or delete on agreement_withdrawal
    for each row execute function refuse_change();
create trigger agreement_withdrawal_no_truncate before truncate on agreement_withdrawal
    for each statement execute function refuse_change()
"""


def upgrade() -> None:
    op.create_table(
        "agreement_withdrawal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_for_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id", "version_number"],
            ["agreement_version.agreement_id", "agreement_version.number"],
            name="fk_agreement_withdrawal_version",
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["principal.id"], name=op.f("fk_agreement_withdrawal_withdrawn_by_principal")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_for_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_agreement_withdrawal_withdrawn_for_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_withdrawal")),
        sa.UniqueConstraint("agreement_id", "version_number", name="uq_agreement_withdrawal"),
    )
    op.execute(GUARDS)


def downgrade() -> None:
    op.drop_table("agreement_withdrawal")
