"""Two rows of the directory that are one organisation are merged, and for thirty days parted again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organisation", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_organisation_merged_into_id_organisation"), "organisation", "organisation", ["merged_into_id"], ["id"]
    )
    op.create_check_constraint(
        op.f("ck_organisation_merged"), "organisation", "merged_into_id is null or state = 'archived'"
    )
    op.create_index(
        "ix_organisation_merged_into",
        "organisation",
        ["merged_into_id"],
        postgresql_where=sa.text("merged_into_id is not null"),
    )
    json = postgresql.JSONB(none_as_null=True)
    op.create_table(
        "organisation_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("merged_by", sa.Uuid(), nullable=False),
        sa.Column("changes", json, nullable=True),
        sa.Column("identifiers", json, nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("organisation_id <> into_id", name=op.f("ck_organisation_merge_not_itself")),
        sa.CheckConstraint("(undone_at is null) = (undone_by is null)", name=op.f("ck_organisation_merge_undone")),
        sa.CheckConstraint("undone_at is null or changes is null", name=op.f("ck_organisation_merge_forgotten")),
        sa.CheckConstraint("(changes is null) = (identifiers is null)", name=op.f("ck_organisation_merge_noted")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_merge_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["organisation.id"], name=op.f("fk_organisation_merge_into_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["merged_by"], ["principal.id"], name=op.f("fk_organisation_merge_merged_by_principal")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["principal.id"], name=op.f("fk_organisation_merge_undone_by_principal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_merge")),
    )
    op.create_index(
        "uq_organisation_merge_standing",
        "organisation_merge",
        ["organisation_id"],
        unique=True,
        postgresql_where=sa.text("undone_at is null"),
    )
    op.create_index("ix_organisation_merge_into", "organisation_merge", ["into_id"])
    op.create_index(
        "ix_organisation_merge_noted",
        "organisation_merge",
        ["created_at"],
        postgresql_where=sa.text("changes is not null"),
    )


def downgrade() -> None:
    """Merged organisations stay archived, with their successors."""
    op.drop_table("organisation_merge")
    op.drop_index("ix_organisation_merged_into", table_name="organisation")
    op.drop_constraint(op.f("ck_organisation_merged"), "organisation")
    op.drop_constraint(op.f("fk_organisation_merged_into_id_organisation"), "organisation")
    op.drop_column("organisation", "merged_into_id")
