"""Who invited a member is kept, and by which list one was brought in; a second person admits."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

KINDS = ("remove", "take_vote")


def _kinds(*values):
    listed = ", ".join(f"'{one}'" for one in values)
    op.drop_constraint(op.f("ck_member_proposal_proposal_kind"), "member_proposal", type_="check")
    op.create_check_constraint(op.f("ck_member_proposal_proposal_kind"), "member_proposal", f"kind in ({listed})")


def upgrade() -> None:
    _kinds("admit", *KINDS)
    op.alter_column("member_proposal", "reason", nullable=True)
    op.create_check_constraint(
        op.f("ck_member_proposal_reason"), "member_proposal", "kind = 'admit' or reason is not null"
    )
    op.add_column("network_member", sa.Column("invited_by", sa.Uuid(), nullable=True))
    op.add_column("network_member", sa.Column("source", sa.Text(), nullable=True))
    op.add_column("network_member", sa.Column("objection_until", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(
        op.f("fk_network_member_invited_by_principal"), "network_member", "principal", ["invited_by"], ["id"]
    )
    op.create_check_constraint(
        op.f("ck_network_member_brought_in"), "network_member", "(source is null) = (objection_until is null)"
    )
    # who invited those that have not answered yet stands in the log
    op.execute(
        "update network_member m set invited_by = ("
        "select e.actor_id from event e join principal p on p.id = e.actor_id"
        " where e.subject_id = m.id and e.type = 'member.invited' order by e.occurred_at desc, e.id desc limit 1)"
        " where m.state = 'invited'"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_network_member_brought_in"), "network_member", type_="check")
    op.drop_constraint(op.f("fk_network_member_invited_by_principal"), "network_member", type_="foreignkey")
    for name in ("objection_until", "source", "invited_by"):
        op.drop_column("network_member", name)
    op.drop_constraint(op.f("ck_member_proposal_reason"), "member_proposal", type_="check")
    # the version before knows no admission by two: the request is there still
    op.execute("delete from member_proposal where kind = 'admit'")
    op.alter_column("member_proposal", "reason", nullable=False)
    _kinds(*KINDS)
