"""Needs and applications have an id in another system; what names an organisation is found by it, as its end asks."""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None
TABLES = {"need": "network_id", "application": "applicant_id"}
NAMING = {
    "application_version": "submitted_for_organisation_id",
    "agreement_version": "proposed_for_organisation_id",
    "need": "raised_for_organisation_id",
    "report": "answered_for_organisation_id",
}
"""The undo of an import deletes organisations by the thousand, and each asks all that could name it."""


def upgrade() -> None:
    for table, place in TABLES.items():
        op.add_column(table, sa.Column("external_scheme", sa.Text(), nullable=True))
        op.add_column(table, sa.Column("external_id", sa.Text(), nullable=True))
        known = sa.text("external_id is not null")
        op.create_index(
            f"ix_{table}_external", table, [place, "external_scheme", "external_id"], postgresql_where=known
        )
    for table, column in NAMING.items():
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table, column in NAMING.items():
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    for table in TABLES:
        op.drop_index(f"ix_{table}_external", table_name=table)
        op.drop_column(table, "external_id")
        op.drop_column(table, "external_scheme")
