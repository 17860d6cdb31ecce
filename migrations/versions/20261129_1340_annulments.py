"""A ballot is annulled by two persons, for what was wrong in it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    fault = sa.Enum(
        "version", "electorate", "tie", name="ballot_fault", native_enum=False, create_constraint=True, length=60
    )
    op.create_table(
        "ballot_annulment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("fault", fault, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(confirmed_by is null) = (confirmed_at is null)", name=op.f("ck_ballot_annulment_confirmed")
        ),
        sa.CheckConstraint(
            "confirmed_by is null or confirmed_by <> proposed_by", name=op.f("ck_ballot_annulment_second_person")
        ),
        sa.CheckConstraint("confirmed_at is null or dropped_at is null", name=op.f("ck_ballot_annulment_ended")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_annulment_ballot_id_ballot")),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["principal.id"], name=op.f("fk_ballot_annulment_proposed_by_principal")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["principal.id"], name=op.f("fk_ballot_annulment_confirmed_by_principal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_annulment")),
    )
    op.create_index(
        "uq_ballot_annulment_open",
        "ballot_annulment",
        ["ballot_id"],
        unique=True,
        postgresql_where=sa.text("dropped_at is null"),
    )


def downgrade() -> None:
    op.drop_table("ballot_annulment")
