"""Ties of erased people, by a code of the address, while a case that they concern is open."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_tie",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "role", "declared", "family", name="tie_kind", native_enum=False, create_constraint=True, length=60
            ),
            nullable=False,
        ),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until_at >= from_at", name=op.f("ck_kept_tie_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_tie")),
    )
    op.create_index("ix_kept_tie_address", "kept_tie", ["address_hash"])


def downgrade() -> None:
    op.drop_table("kept_tie")
