"""Who held an office of a network, from when and until when; a network decides that it gives marks again."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

KINDS = "'rulebook', 'chair', 'secretary', 'rest', 'close', 'stop_deciding'"
WAY = "way = 'vote' or kind in ('rest', 'close', 'stop_deciding'{}) or (way = 'meeting' and kind = 'rulebook')"
OFFICES = "'coordinator', 'chair', 'secretary'"
FOLLOW = f"""
create function office_term_follows() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        if new.role in ({OFFICES}) and new.scope_id is not null then
            insert into office_term (network_id, principal_id, role, from_at)
            values (new.scope_id, new.principal_id, new.role, new.created_at) on conflict do nothing;
        end if;
        return null;
    end if;
    update office_term set until_at = greatest(from_at, clock_timestamp())
    where network_id = old.scope_id and principal_id = old.principal_id and role = old.role and until_at is null;
    return null;
end $$
"""
ANOTHER = """
create function {name}() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    if exists (select from {table} r where {first}) then
        raise exception '{words}' using errcode = 'check_violation';
    end if;
    return new;
end $$
"""
RECORDED = {
    "name": "recorded_needs_another",
    "table": "vote",
    "first": "r.ballot_id = new.id and r.recorded and r.cast_by = new.recorded_confirmed_by",
    "words": "who wrote votes down does not confirm them",
}
CHOSEN = {
    "name": "choice_needs_another",
    "table": "role_choice",
    "first": "r.id = new.choice_id and new.confirmed_by in (r.recorded_by, r.principal_id)",
    "words": "who recorded a choice, or was chosen, does not confirm it",
}


def upgrade() -> None:
    op.create_table(
        "office_term",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("until_at >= from_at", name=op.f("ck_office_term_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_term")),
    )
    op.create_index("ix_office_term_network", "office_term", ["network_id", "role", "from_at"])
    op.create_index(
        "uq_office_term_open",
        "office_term",
        ["network_id", "principal_id", "role"],
        unique=True,
        postgresql_where=sa.text("until_at is null"),
    )
    op.execute(
        "insert into office_term (network_id, principal_id, role, from_at)"
        f" select scope_id, principal_id, role, min(created_at) from role_grant where role in ({OFFICES})"
        " and scope_id is not null group by scope_id, principal_id, role"
    )
    op.execute(FOLLOW)
    op.execute(
        "create trigger role_grant_office_term after insert or delete on role_grant for each row"
        " execute function office_term_follows()"
    )
    op.execute(
        "create trigger office_term_kept before delete on office_term for each row execute function refuse_change()"
    )
    op.execute(
        "create trigger office_term_frozen before update on office_term for each row"
        " when (old.until_at is not null or (new.id, new.network_id, new.principal_id, new.role, new.from_at)"
        " is distinct from (old.id, old.network_id, old.principal_id, old.role, old.from_at))"
        " execute function refuse_change()"
    )
    op.execute(ANOTHER.format(**RECORDED))
    op.execute(
        "create trigger ballot_recorded_needs_another before update of recorded_confirmed_by on ballot for each row"
        " when (new.recorded_confirmed_by is not null) execute function recorded_needs_another()"
    )
    op.execute(ANOTHER.format(**CHOSEN))
    op.execute(
        "create trigger role_choice_needs_another before insert or update on role_choice_confirmation for each row"
        " execute function choice_needs_another()"
    )
    _kinds(f"{KINDS}, 'begin_deciding'", WAY.format(", 'begin_deciding'"))


def downgrade() -> None:
    for table in ("network_decision_vote", "network_decision_elector"):
        op.execute(
            f"delete from {table} where decision_id in (select id from network_decision where kind = 'begin_deciding')"
        )
    op.execute("delete from network_decision where kind = 'begin_deciding'")
    _kinds(KINDS, WAY.format(""))
    op.execute("drop trigger role_choice_needs_another on role_choice_confirmation")
    op.execute("drop function choice_needs_another()")
    op.execute("drop trigger ballot_recorded_needs_another on ballot")
    op.execute("drop function recorded_needs_another()")
    op.execute("drop trigger role_grant_office_term on role_grant")
    op.execute("drop function office_term_follows()")
    op.drop_table("office_term")


def _kinds(kinds: str, way: str) -> None:
    op.drop_constraint(op.f("ck_network_decision_decision_kind"), "network_decision", type_="check")
    op.create_check_constraint(op.f("ck_network_decision_decision_kind"), "network_decision", f"kind in ({kinds})")
    op.drop_constraint(op.f("ck_network_decision_way"), "network_decision", type_="check")
    op.create_check_constraint(op.f("ck_network_decision_way"), "network_decision", way)
