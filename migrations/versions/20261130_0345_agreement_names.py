"""Columns of parties and duties of agreements, and an index, by what they hold. Only names change."""

from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

COLUMNS = (
    ("agreement_party", "told", "informed"),
    ("agreement_duty", "told", "reminders_sent"),
    ("agreement_duty", "tell_on", "remind_on"),
    ("agreement_duty", "what", "report_name"),
)


def upgrade() -> None:
    for table, former, now in COLUMNS:
        op.execute(f"alter table {table} rename column {former} to {now}")
    op.execute("alter index ix_agreement_duty_tell rename to ix_agreement_duty_remind")


def downgrade() -> None:
    op.execute("alter index ix_agreement_duty_remind rename to ix_agreement_duty_tell")
    for table, former, now in COLUMNS:
        op.execute(f"alter table {table} rename column {now} to {former}")
