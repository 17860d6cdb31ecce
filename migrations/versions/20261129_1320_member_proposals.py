"""Members are removed, and lose their vote, by two persons after they were heard."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

STATES = ("invited", "requested", "active", "refused", "left", "removed")

def _enum(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=60)


def _states(*values):
    listed = ", ".join(f"'{one}'" for one in values)
    op.drop_constraint(op.f("ck_network_member_member_state"), "network_member", type_="check")
    op.create_check_constraint(op.f("ck_network_member_member_state"), "network_member", f"state in ({listed})")


def upgrade() -> None:
    _states(*STATES, "leaving")
    op.add_column("recusal", sa.Column("elsewhere", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("recusal", "elsewhere", server_default=None)
    op.create_table(
        "member_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _enum("proposal_kind", "remove", "take_vote"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", _enum("proposal_state", "open", "carried", "dropped"), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("heard_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("view", sa.Text(), nullable=True),
        sa.Column("view_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("view_by", sa.Uuid(), nullable=True),
        sa.Column("asked_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'open') = (ended_at is null)", name=op.f("ck_member_proposal_ended")),
        sa.CheckConstraint(
            "state <> 'carried' or (confirmed_by is not null and confirmed_by <> proposed_by and ended_at >= heard_until)",
            name=op.f("ck_member_proposal_second_person"),
        ),
        sa.CheckConstraint("(view is null) = (view_at is null)", name=op.f("ck_member_proposal_view")),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["principal.id"], name=op.f("fk_member_proposal_confirmed_by_principal")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["network_member.id"], name=op.f("fk_member_proposal_member_id_network_member")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["principal.id"], name=op.f("fk_member_proposal_proposed_by_principal")
        ),
        sa.ForeignKeyConstraint(["view_by"], ["principal.id"], name=op.f("fk_member_proposal_view_by_principal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_proposal")),
    )
    op.create_index("ix_member_proposal_member", "member_proposal", ["member_id", "created_at"])
    op.create_index(
        "uq_member_proposal_open",
        "member_proposal",
        ["member_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )


def downgrade() -> None:
    op.drop_column("recusal", "elsewhere")
    op.drop_table("member_proposal")
    # the version before knows no state between: these are removed
    op.execute("update network_member set state = 'removed' where state = 'leaving'")
    _states(*STATES)
