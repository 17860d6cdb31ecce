"""Needs and applications have an id in another system."""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None
TABLES = {"need": "network_id", "application": "applicant_id"}


def upgrade() -> None:
    for table, place in TABLES.items():
        op.add_column(table, sa.Column("external_scheme", sa.Text(), nullable=True))
        op.add_column(table, sa.Column("external_id", sa.Text(), nullable=True))
        known = sa.text("external_id is not null")
        op.create_index(
            f"ix_{table}_external", table, [place, "external_scheme", "external_id"], postgresql_where=known
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_external", table_name=table)
        op.drop_column(table, "external_id")
        op.drop_column(table, "external_scheme")
