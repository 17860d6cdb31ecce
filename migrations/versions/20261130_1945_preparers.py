"""Who prepares an authority's case and by when it is decided; the days of a filing's decision and report."""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("partner_request", sa.Column("preparer_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_partner_request_preparer_id_principal"), "partner_request", "principal", ["preparer_id"], ["id"]
    )
    op.add_column("partner_request", sa.Column("decide_by", sa.Date(), nullable=True))
    op.add_column("filing", sa.Column("expected_on", sa.Date(), nullable=True))
    op.add_column("filing", sa.Column("report_by", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("filing", "report_by")
    op.drop_column("filing", "expected_on")
    op.drop_column("partner_request", "decide_by")
    op.drop_constraint(op.f("fk_partner_request_preparer_id_principal"), "partner_request")
    op.drop_column("partner_request", "preparer_id")
