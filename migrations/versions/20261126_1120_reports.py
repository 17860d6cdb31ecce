"""Reports and evaluations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("goals_met", sa.Integer(), nullable=False),
        sa.Column("cooperation", sa.Integer(), nullable=False),
        sa.Column("went_well", sa.Text(), nullable=True),
        sa.Column("to_improve", sa.Text(), nullable=True),
        sa.Column(
            "goes_on",
            sa.Enum("yes", "changed", "no", name="goes_on", native_enum=False, create_constraint=True, length=60),
            nullable=False,
        ),
        sa.CheckConstraint(
            "goals_met between 1 and 5 and cooperation between 1 and 5", name=op.f("ck_evaluation_grades")
        ),
        sa.CheckConstraint("year between 1990 and 2200", name=op.f("ck_evaluation_year")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_evaluation_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("subject_id", "organisation_id", "year", name="uq_evaluation_year"),
    )
    op.create_index("ix_evaluation_organisation", "evaluation", ["organisation_id"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("subject_title", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "accepted",
                "returned",
                name="report_state",
                native_enum=False,
                create_constraint=True,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("content", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("submitted", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_reason", sa.Text(), nullable=True),
        sa.Column("answered_for_organisation_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("state <> 'accepted' or accepted_at is not null", name=op.f("ck_report_accepted")),
        sa.CheckConstraint("state <> 'returned' or returned_reason is not null", name=op.f("ck_report_returned")),
        sa.CheckConstraint(
            "state = 'draft' or (submitted is not null and submitted_at is not null)", name=op.f("ck_report_submitted")
        ),
        sa.CheckConstraint("year between 1990 and 2200", name=op.f("ck_report_year")),
        sa.ForeignKeyConstraint(
            ["answered_for_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_report_answered_for_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_report_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("subject_id", "organisation_id", "year", name="uq_report_year"),
    )
    op.create_index("ix_report_created", "report", ["created_at", "id"], unique=False)
    op.create_index("ix_report_organisation", "report", ["organisation_id", "created_at", "id"], unique=False)
    op.create_index("ix_report_state", "report", ["state"], unique=False)
    op.create_index("ix_report_year", "report", ["year", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_report_year", table_name="report")
    op.drop_index("ix_report_state", table_name="report")
    op.drop_index("ix_report_organisation", table_name="report")
    op.drop_index("ix_report_created", table_name="report")
    op.drop_table("report")
    op.drop_index("ix_evaluation_organisation", table_name="evaluation")
    op.drop_table("evaluation")
