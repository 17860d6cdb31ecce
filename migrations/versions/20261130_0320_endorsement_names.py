"""What the database called a mark is an endorsement: names of a constraint and two indexes, and why a claim fell."""

from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

REASONS = (("mark_ended", "endorsement_ended"), ("no_mark", "no_endorsement"))


def upgrade() -> None:
    op.execute("alter table handling rename constraint uq_handling_mark to uq_handling_endorsement")
    op.execute("alter index ix_revocation_mark_open rename to ix_revocation_endorsement_open")
    op.execute("alter index ix_conditions_claim_mark rename to ix_conditions_claim_endorsement")
    for former, now in REASONS:
        op.execute(f"update conditions_claim set end_reason = '{now}' where end_reason = '{former}'")


def downgrade() -> None:
    for former, now in REASONS:
        op.execute(f"update conditions_claim set end_reason = '{former}' where end_reason = '{now}'")
    op.execute("alter index ix_conditions_claim_endorsement rename to ix_conditions_claim_mark")
    op.execute("alter index ix_revocation_endorsement_open rename to ix_revocation_mark_open")
    op.execute("alter table handling rename constraint uq_handling_endorsement to uq_handling_mark")
