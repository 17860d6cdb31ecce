"""Who submitted a report, so that another person accepts it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("submitted_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_report_submitted_by_principal"), "report", "principal", ["submitted_by"], ["id"])
    # of those that wait for an answer the event log knows it
    op.execute(
        "update report set submitted_by = (select e.actor_id from event e where e.subject_id = report.id"
        " and e.type = 'report.submitted' order by e.occurred_at desc limit 1) where state = 'submitted'"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("fk_report_submitted_by_principal"), "report", type_="foreignkey")
    op.drop_column("report", "submitted_by")
