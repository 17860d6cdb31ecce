"""A host is asked: a relation of the kind host counts once the host has accepted it; those there are count as accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STANDING = "update organisation_relation set accepted_at = case when kind = 'host' then now() else created_at end"


def upgrade() -> None:
    op.add_column("organisation_relation", sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("organisation_relation", sa.Column("accepted_by", sa.Uuid(), nullable=True))
    op.execute(STANDING)
    op.create_foreign_key(
        op.f("fk_organisation_relation_accepted_by_principal"),
        "organisation_relation",
        "principal",
        ["accepted_by"],
        ["id"],
    )
    op.create_check_constraint(
        op.f("ck_organisation_relation_accepted"),
        "organisation_relation",
        "accepted_at is not null or (kind = 'host' and accepted_by is null)",
    )
    op.create_index(
        "ix_organisation_relation_asked",
        "organisation_relation",
        ["other_id"],
        postgresql_where=sa.text("accepted_at is null"),
    )


def downgrade() -> None:
    # without the column each row binds its host, which whoever has not accepted never agreed to
    op.execute("delete from organisation_relation where accepted_at is null")
    op.drop_index("ix_organisation_relation_asked", table_name="organisation_relation")
    op.drop_constraint(op.f("ck_organisation_relation_accepted"), "organisation_relation", type_="check")
    op.drop_constraint(
        op.f("fk_organisation_relation_accepted_by_principal"), "organisation_relation", type_="foreignkey"
    )
    op.drop_column("organisation_relation", "accepted_by")
    op.drop_column("organisation_relation", "accepted_at")
