"""When whoever is called an umbrella or a parish union was written to about it, and by whose word."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("told_at", "tell_at"):
        op.add_column("organisation_relation", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("organisation_relation", sa.Column("said_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_organisation_relation_said_by_principal"), "organisation_relation", "principal", ["said_by"], ["id"]
    )
    # what stood before is as settled as it was
    op.execute("update organisation_relation set told_at = created_at where kind <> 'host'")
    op.create_index(
        "ix_organisation_relation_waits",
        "organisation_relation",
        ["tell_at"],
        postgresql_where=sa.text("tell_at is not null"),
    )


def downgrade() -> None:
    op.drop_index("ix_organisation_relation_waits", table_name="organisation_relation")
    op.drop_constraint(
        op.f("fk_organisation_relation_said_by_principal"), "organisation_relation", type_="foreignkey"
    )
    for name in ("said_by", "tell_at", "told_at"):
        op.drop_column("organisation_relation", name)
