"""When a member was told of a condition's answer; which versions a network refused."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("vote", sa.Column("condition_told_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("update vote set condition_told_at = condition_answered_at where not condition_taken")
    op.create_table(
        "refusal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handling_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["handling_id"], ["handling.id"], name=op.f("fk_refusal_handling_id_handling")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusal")),
        sa.UniqueConstraint("handling_id", "version_number", name=op.f("uq_refusal_handling_id_version_number")),
    )
    # what is declined now, and what meetings refused before a newer version came
    op.execute(
        """
        insert into refusal (id, created_at, handling_id, version_number, reason, refused_at)
        select gen_random_uuid(), now(), id, version_number, reason, coalesce(decided_at, now())
        from handling where state = 'declined'
        on conflict do nothing
        """
    )
    op.execute(
        """
        insert into refusal (id, created_at, handling_id, version_number, reason, refused_at)
        select gen_random_uuid(), now(), handling_id, version_number, wording, confirmed_at
        from recorded_decision where not endorses and confirmed_at is not null order by confirmed_at desc
        on conflict do nothing
        """
    )


def downgrade() -> None:
    op.drop_table("refusal")
    op.drop_column("vote", "condition_told_at")
