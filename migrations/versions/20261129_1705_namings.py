"""Operators' namings; roles that an operator gave act in nothing that was open before."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def _enum(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=60)


def _person(column):
    return sa.ForeignKeyConstraint([column], ["principal.id"], name=op.f(f"fk_naming_{column}_principal"))


def upgrade() -> None:
    for table in ("role_grant", "role_offer"):
        op.add_column(table, sa.Column("acts_from", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "naming",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scope_kind", _enum("scope_kind", "organisation", "network", "platform"), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            _enum(
                "role",
                "viewer",
                "editor",
                "owner",
                "signatory",
                "officer",
                "decider",
                "registry",
                "representative",
                "deputy",
                "coordinator",
                "chair",
                "secretary",
                "observer",
                "operator",
                "inspector",
            ),
            nullable=False,
        ),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            _enum("naming_state", "waiting", "done", "objected", "withdrawn", "lapsed"),
            nullable=False,
        ),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objected_by", sa.Uuid(), nullable=True),
        sa.Column("objection", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'waiting') = (ended_at is null)", name=op.f("ck_naming_ended")),
        sa.CheckConstraint("(confirmed_by is null) = (confirmed_at is null)", name=op.f("ck_naming_confirmed")),
        sa.CheckConstraint(
            "confirmed_by is null or confirmed_by <> proposed_by", name=op.f("ck_naming_second_operator")
        ),
        sa.CheckConstraint("(state = 'objected') = (objected_by is not null)", name=op.f("ck_naming_objected")),
        sa.CheckConstraint("(objected_by is null) = (objection is null)", name=op.f("ck_naming_objection")),
        _person("proposed_by"),
        _person("confirmed_by"),
        _person("objected_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_naming")),
    )
    op.create_index("ix_naming_scope", "naming", ["scope_id", "created_at", "id"])
    op.create_index(
        "uq_naming_waiting", "naming", ["scope_id"], unique=True, postgresql_where=sa.text("state = 'waiting'")
    )


def downgrade() -> None:
    op.drop_table("naming")
    for table in ("role_offer", "role_grant"):
        op.drop_column(table, "acts_from")
