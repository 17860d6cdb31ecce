"""Since when and until when who was a member with a vote; members that leave an open ballot leave its base."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

STANDING = """
insert into member_right (member_id, votes, from_at)
select m.id, m.votes, least(coalesce(m.joined_at, m.created_at), min(h.received_at))
from network_member m
left join handling h on h.network_id = m.network_id and h.state in ('received', 'in_review', 'returned', 'in_ballot')
where m.state = 'active'
group by m.id
"""
"""Who is a member now is one for all that is open now."""
FOLLOW = """
create function member_right_follows() returns trigger language plpgsql as $$
declare
    since timestamptz;
begin
    if tg_op = 'UPDATE' and (new.state = 'active', new.votes) = (old.state = 'active', old.votes) then
        return null;
    end if;
    update member_right set until_at = greatest(from_at, new.updated_at)
    where member_id = new.id and until_at is null returning until_at into since;
    if new.state = 'active' then
        insert into member_right (member_id, votes, from_at)
        values (new.id, new.votes, coalesce(since, new.updated_at));
    end if;
    return null;
end $$
"""


def upgrade() -> None:
    op.create_table(
        "member_right",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("votes", sa.Boolean(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("until_at >= from_at", name=op.f("ck_member_right_days")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["network_member.id"], name=op.f("fk_member_right_member_id_network_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_right")),
    )
    op.create_index("ix_member_right_member", "member_right", ["member_id", "from_at"])
    op.create_index(
        "uq_member_right_open", "member_right", ["member_id"], unique=True, postgresql_where=sa.text("until_at is null")
    )
    op.execute(STANDING)
    op.execute(FOLLOW)
    op.execute(
        "create trigger network_member_right after insert or update on network_member for each row"
        " execute function member_right_follows()"
    )
    op.execute("create trigger member_right_kept before delete on member_right for each row execute function refuse_change()")
    op.execute(
        "create trigger member_right_frozen before update on member_right for each row"
        " when (old.until_at is not null or (new.id, new.member_id, new.votes, new.from_at)"
        " is distinct from (old.id, old.member_id, old.votes, old.from_at)) execute function refuse_change()"
    )
    op.execute(
        "create trigger member_right_no_truncate before truncate on member_right for each statement"
        " execute function refuse_change()"
    )
    op.add_column("recusal", sa.Column("gone", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("recusal", "gone", server_default=None)


def downgrade() -> None:
    op.drop_column("recusal", "gone")
    op.execute("drop trigger network_member_right on network_member")
    op.execute("drop function member_right_follows()")
    op.drop_table("member_right")
