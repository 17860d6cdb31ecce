"""The first tables."""

from alembic import op
from procrastinate.schema import SchemaManager

from puumerkki.wiring.models import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A later version may come under a policy; a mark once asked for stays asked for, of the same networks.
KEPT_POLICY = """
create trigger partner_request_policy_frozen before update on partner_request for each row
    when (old.asks_mark and (not new.asks_mark or new.network_ids is distinct from old.network_ids))
    execute function refuse_change()
"""

EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")
YEARS = range(2026, 2031)

REFUSE = """
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% of % is not allowed: it is append-only or frozen', tg_op, tg_table_name
        using errcode = 'integrity_constraint_violation';
end $$
"""
FROZEN = {
    "application_version": "application_id, number, title, content, submitted_by, submitted_for_organisation_id",
    "endorsement": "number, network_id, application_id, handling_id, version_number, snapshot, digest, credential,"
    " kid, status_index, issued_at, valid_from, valid_until",
    "partner_request": "application_id, authority_id, case_number",
    "ballot_elector": "ballot_id, member_id",
}


def _run(sql: str) -> None:
    """Past the parsing of parameters: the text goes to the driver as it is."""
    op.get_bind().connection.driver_connection.execute(sql.encode())


def upgrade() -> None:
    for extension in EXTENSIONS:
        _run(f"create extension if not exists {extension}")
    metadata.create_all(op.get_bind())
    _run("create table event_pdefault partition of event default")
    for year in YEARS:
        _run(
            f"create table event_p{year} partition of event"
            f" for values from ('{year}-01-01 00:00+00') to ('{year + 1}-01-01 00:00+00')"
        )
    _run("insert into event_sequence (id, horizon, last_position) values (1, pg_current_xact_id(), 0)")
    _run(REFUSE)
    for table in ("event", "event_position"):
        _run(f"create trigger {table}_append_only before update or delete on {table} for each row execute function refuse_change()")
        _run(f"create trigger {table}_no_truncate before truncate on {table} for each statement execute function refuse_change()")
    for table, columns in FROZEN.items():
        same = " and ".join(f"new.{column} is not distinct from old.{column}" for column in columns.replace(" ", "").split(","))
        _run(
            f"create trigger {table}_frozen before update on {table} for each row"
            f" when (not ({same})) execute function refuse_change()"
        )
        _run(f"create trigger {table}_kept before delete on {table} for each row execute function refuse_change()")
        _run(f"create trigger {table}_no_truncate before truncate on {table} for each statement execute function refuse_change()")
    _run(KEPT_POLICY)
    _run(ENDED_MARK)
    _run(SchemaManager.get_schema())
    _run(GRANTS)


ENDED_MARK = """
create trigger endorsement_ended before update on endorsement for each row
    when (old.state <> 'valid' and new.state is distinct from old.state) execute function refuse_change()
"""
"""A mark that was superseded or revoked never comes back into force."""

GRANTS = """
do $$
begin
    if exists (select from pg_roles where rolname = 'puumerkki_app') then
        grant usage on schema public to puumerkki_app;
        grant select, insert, update, delete on all tables in schema public to puumerkki_app;
        grant usage, select, update on all sequences in schema public to puumerkki_app;
        grant execute on all functions in schema public to puumerkki_app;
        revoke update, delete on event, event_position from puumerkki_app;
        alter default privileges in schema public grant select, insert, update, delete on tables to puumerkki_app;
        alter default privileges in schema public grant usage, select, update on sequences to puumerkki_app;
    end if;
end $$
"""


def downgrade() -> None:
    _run(
        "do $$ declare one record; begin"
        " for one in select oid::regclass as name from pg_class where relnamespace = 'public'::regnamespace"
        " and relkind = 'r' and relname like 'procrastinate\\_%' loop execute 'drop table ' || one.name || ' cascade'; end loop;"
        " for one in select oid::regprocedure as name from pg_proc where pronamespace = 'public'::regnamespace"
        " and proname like 'procrastinate\\_%' loop execute 'drop function ' || one.name || ' cascade'; end loop;"
        " for one in select typname as name from pg_type where typnamespace = 'public'::regnamespace"
        " and typname like 'procrastinate\\_%' and typtype in ('e', 'c') loop execute 'drop type ' || one.name || ' cascade'; end loop;"
        " end $$"
    )
    metadata.drop_all(op.get_bind())
    _run("drop function refuse_change()")
