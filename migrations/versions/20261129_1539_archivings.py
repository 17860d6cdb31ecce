"""Archiving an organisation has a reason and a source, and its people are told first."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organisation_archiving",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "merged",
                "dissolved",
                "ceased",
                "duplicate",
                "other",
                name="archiving_reason",
                native_enum=False,
                create_constraint=True,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "effected",
                "objected",
                "dropped",
                "undone",
                name="archiving_state",
                native_enum=False,
                create_constraint=True,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("takes_effect_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by", sa.Uuid(), nullable=True),
        sa.Column("objection", sa.Text(), nullable=True),
        sa.Column("objected_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'objected') = (objection is not null)", name=op.f("ck_organisation_archiving_objection")
        ),
        sa.CheckConstraint("(state = 'open') = (ended_at is null)", name=op.f("ck_organisation_archiving_ended")),
        sa.CheckConstraint(
            "state not in ('effected', 'undone') or agreed_by is not null or ended_at >= takes_effect_at",
            name=op.f("ck_organisation_archiving_told_first"),
        ),
        sa.CheckConstraint(
            "(objection is null) = (objected_by is null)", name=op.f("ck_organisation_archiving_objected_by")
        ),
        sa.ForeignKeyConstraint(
            ["agreed_by"], ["principal.id"], name=op.f("fk_organisation_archiving_agreed_by_principal")
        ),
        sa.ForeignKeyConstraint(
            ["objected_by"], ["principal.id"], name=op.f("fk_organisation_archiving_objected_by_principal")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_archiving_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["principal.id"], name=op.f("fk_organisation_archiving_proposed_by_principal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_archiving")),
    )
    op.create_index(
        "ix_organisation_archiving_due",
        "organisation_archiving",
        ["takes_effect_at"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "ix_organisation_archiving_organisation",
        "organisation_archiving",
        ["organisation_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_organisation_archiving_open",
        "organisation_archiving",
        ["organisation_id"],
        unique=True,
        postgresql_where=sa.text("state in ('open', 'effected')"),
    )


def downgrade() -> None:
    op.drop_table("organisation_archiving")
