"""Organisations are confirmed by somebody else than who added them; those that stand are. What their names look like."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from puumerkki.organisations.naming import name_keys

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

SOURCES = ("operator", "officer", "coordinator", "imported", "standing")


def upgrade() -> None:
    op.add_column("organisation", sa.Column("name_keys", postgresql.ARRAY(sa.Text()), nullable=True))
    op.add_column("organisation", sa.Column("added_by", sa.Uuid(), nullable=True))
    op.add_column("organisation", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("organisation", sa.Column("confirmed_by", sa.Uuid(), nullable=True))
    op.add_column("organisation", sa.Column("source", sa.String(length=60), nullable=True))
    op.execute("update organisation set confirmed_at = now(), source = 'standing'")
    _fold_names()
    op.alter_column("organisation", "name_keys", nullable=False)
    listed = ", ".join(f"'{one}'" for one in SOURCES)
    op.create_check_constraint(op.f("ck_organisation_confirmation_source"), "organisation", f"source in ({listed})")
    op.create_check_constraint(
        op.f("ck_organisation_confirmed"), "organisation", "(confirmed_at is null) = (source is null)"
    )
    op.create_check_constraint(
        op.f("ck_organisation_confirmed_by"), "organisation", "confirmed_by is null or confirmed_at is not null"
    )
    for name in ("added_by", "confirmed_by"):
        op.create_foreign_key(op.f(f"fk_organisation_{name}_principal"), "organisation", "principal", [name], ["id"])
    op.create_index("ix_organisation_name_keys", "organisation", ["name_keys"], postgresql_using="gin")
    op.create_index(
        "ix_organisation_unconfirmed", "organisation", ["added_by"], postgresql_where=sa.text("confirmed_at is null")
    )
    op.create_table(
        "confirmation_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("for_operator", sa.Boolean(), nullable=False),
        sa.Column("operators_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("reason is null or answered_at is not null", name=op.f("ck_confirmation_request_answered")),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_confirmation_request_{name}_{table}"))
            for name, table in (
                ("organisation_id", "organisation"),
                ("asked_by", "principal"),
                ("answered_by", "principal"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_request")),
    )
    op.create_index(op.f("ix_confirmation_request_organisation_id"), "confirmation_request", ["organisation_id"])
    op.create_index(
        "ix_confirmation_request_open",
        "confirmation_request",
        ["organisation_id"],
        unique=True,
        postgresql_where=sa.text("answered_at is null"),
    )


def downgrade() -> None:
    # the version before knows no unconfirmed organisations: archived ones act as little
    op.execute("update organisation set state = 'archived' where confirmed_at is null")
    op.drop_table("confirmation_request")
    op.drop_index("ix_organisation_unconfirmed", table_name="organisation")
    op.drop_index("ix_organisation_name_keys", table_name="organisation")
    for name in ("source", "confirmed_by", "confirmed_at", "added_by", "name_keys"):
        op.drop_column("organisation", name)


def _fold_names() -> None:
    """Names are folded by the program; PostgreSQL does not know which letters look alike."""
    connection = op.get_bind()
    names = connection.execute(sa.text("select id, names from organisation")).all()
    write = sa.text("update organisation set name_keys = :keys where id = :id")
    if folded := [{"id": one.id, "keys": name_keys(one.names)} for one in names]:
        connection.execute(write, folded)
