"""A meeting's decision holds when two more of those present say so, or nobody says "not so"."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("holds_at", "disputed_at", "effective_at", "fell_at"):
        op.add_column("recorded_decision", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("recorded_decision", sa.Column("fell_because", sa.Text(), nullable=True))
    none = sa.text("'{}'::uuid[]")
    asked = sa.Column("asked_ids", sa.ARRAY(sa.Uuid()), nullable=False, server_default=none)
    op.add_column("recorded_decision", asked)
    op.alter_column("recorded_decision", "asked_ids", server_default=None)
    op.execute(
        "update recorded_decision set holds_at = confirmed_at, effective_at = confirmed_at where confirmed_at is not null"
    )
    op.create_check_constraint(
        op.f("ck_recorded_decision_effective"),
        "recorded_decision",
        "effective_at is null or (confirmed_at is not null and fell_at is null)",
    )
    op.create_check_constraint(
        op.f("ck_recorded_decision_fell"), "recorded_decision", "(fell_at is null) = (fell_because is null)"
    )
    op.create_check_constraint(
        op.f("ck_recorded_decision_holds"), "recorded_decision", "(confirmed_at is null) = (holds_at is null)"
    )
    op.drop_index("uq_recorded_decision_pending", table_name="recorded_decision")
    op.create_index(
        "uq_recorded_decision_pending",
        "recorded_decision",
        ["handling_id"],
        unique=True,
        postgresql_where=sa.text("effective_at is null and fell_at is null"),
    )
    op.create_table(
        "recorded_decision_word",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("agrees = (reason is null)", name=op.f("ck_recorded_decision_word_reason")),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["recorded_decision.id"],
            name=op.f("fk_recorded_decision_word_decision_id_recorded_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["network_member.id"], name=op.f("fk_recorded_decision_word_member_id_network_member")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["principal.id"], name=op.f("fk_recorded_decision_word_given_by_principal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recorded_decision_word")),
        sa.UniqueConstraint("decision_id", "member_id", name=op.f("uq_recorded_decision_word_decision_id_member_id")),
    )


def downgrade() -> None:
    """What has not taken effect, or fell, was never confirmed as the version before knows it."""
    op.drop_table("recorded_decision_word")
    op.execute("delete from recorded_decision where fell_at is not null")
    op.drop_index("uq_recorded_decision_pending", table_name="recorded_decision")
    for name in ("holds", "fell", "effective"):
        op.drop_constraint(op.f(f"ck_recorded_decision_{name}"), "recorded_decision", type_="check")
    op.execute("update recorded_decision set confirmed_at = null, confirmed_by = null where effective_at is null")
    for name in ("fell_because", "fell_at", "effective_at", "asked_ids", "disputed_at", "holds_at"):
        op.drop_column("recorded_decision", name)
    op.create_index(
        "uq_recorded_decision_pending",
        "recorded_decision",
        ["handling_id"],
        unique=True,
        postgresql_where=sa.text("confirmed_at is null"),
    )
