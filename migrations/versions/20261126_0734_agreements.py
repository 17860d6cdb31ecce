"""Agreements, their parties, versions and signatures."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

VERSION_KEYS = (
    ("fk_agreement_current_version", "current_version"),
    ("fk_agreement_version_in_force", "version_in_force"),
)
# what was proposed and signed stays as it was
GUARDS = """
create trigger {table}_append_only before update or delete on {table}
    for each row execute function refuse_change();
create trigger {table}_no_truncate before truncate on {table}
    for each statement execute function refuse_change()
"""


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "cooperation",
                "partnership",
                "service_purchase",
                name="agreement_kind",
                native_enum=False,
                create_constraint=True,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "proposed",
                "in_force",
                "ended",
                "terminated",
                "cancelled",
                name="agreement_state",
                native_enum=False,
                create_constraint=True,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("content", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("private", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("drafted_by_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("current_version", sa.Integer(), nullable=True),
        sa.Column("version_in_force", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ending_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("state <> 'in_force' or version_in_force is not null", name=op.f("ck_agreement_in_force")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_agreement_period")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_agreement_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_agreement_drafted_by_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_application_id"), "agreement", ["application_id"], unique=False)
    op.create_index("ix_agreement_created", "agreement", ["created_at", "id"], unique=False)
    op.create_index(
        "ix_agreement_drafter", "agreement", ["drafted_by_organisation_id", "created_at", "id"], unique=False
    )
    op.create_index("ix_agreement_state", "agreement", ["state"], unique=False)
    op.create_index("ix_agreement_sort", "agreement", ["sort_key", "id"], unique=False)
    op.create_table(
        "agreement_party",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_party_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_agreement_party_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("agreement_id", "organisation_id", name=op.f("pk_agreement_party")),
    )
    op.create_index(op.f("ix_agreement_party_organisation_id"), "agreement_party", ["organisation_id"], unique=False)
    op.create_table(
        "agreement_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("content", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_for_organisation_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("digest = sha256(snapshot)", name=op.f("ck_agreement_version_digest")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_version_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["principal.id"], name=op.f("fk_agreement_version_proposed_by_principal")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_for_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_agreement_version_proposed_for_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_version")),
        sa.UniqueConstraint("agreement_id", "number", name=op.f("uq_agreement_version_agreement_id_number")),
    )
    op.create_table(
        "agreement_signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("signed_by", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
            name="fk_agreement_signature_party",
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id", "version_number"],
            ["agreement_version.agreement_id", "agreement_version.number"],
            name="fk_agreement_signature_version",
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["principal.id"], name=op.f("fk_agreement_signature_signed_by_principal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_signature")),
        sa.UniqueConstraint("agreement_id", "version_number", "organisation_id", name="uq_agreement_signature"),
    )
    for name, column in VERSION_KEYS:
        op.create_foreign_key(name, "agreement", "agreement_version", ["id", column], ["agreement_id", "number"])
    for table in ("agreement_version", "agreement_signature"):
        op.execute(GUARDS.format(table=table))


def downgrade() -> None:
    for name, _ in VERSION_KEYS:
        op.drop_constraint(name, "agreement", type_="foreignkey")
    op.drop_table("agreement_signature")
    op.drop_table("agreement_version")
    op.drop_index(op.f("ix_agreement_party_organisation_id"), table_name="agreement_party")
    op.drop_table("agreement_party")
    op.drop_index("ix_agreement_sort", table_name="agreement")
    op.drop_index("ix_agreement_state", table_name="agreement")
    op.drop_index("ix_agreement_drafter", table_name="agreement")
    op.drop_index("ix_agreement_created", table_name="agreement")
    op.drop_index(op.f("ix_agreement_application_id"), table_name="agreement")
    op.drop_table("agreement")
