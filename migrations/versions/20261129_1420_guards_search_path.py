"""Guards read the tables of this schema whatever a session creates; only the gate's own guard writes former decisions."""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

# A role that may create temporary tables would otherwise put one of the same name before ours.
OURS = """
do $$
declare
    guard regprocedure;
begin
    for guard in select p.oid::regprocedure from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and p.provolatile <> 'i' and {which}
        and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    loop
        execute format('alter function %s {what}', guard);
    end loop;
end $$;
"""
PATH = "search_path = pg_catalog, public, pg_temp"
SAFE = OURS.format(
    which="coalesce(array_to_string(p.proconfig, ' '), '') not like '%search_path=%'", what=f"set {PATH}"
)
UNSAFE = OURS.format(
    which="'search_path=pg_catalog, public, pg_temp' = any(coalesce(p.proconfig, '{}'))", what="reset search_path"
)

# It writes as the tables' owner, so nobody else has to be allowed to.
BY_THE_GUARD = """
alter function guard_partner_request() security definer;
revoke execute on function guard_partner_request() from public;
do $$
begin
    if exists (select from pg_roles where rolname = 'puumerkki_app') then
        revoke insert, update, delete, truncate on former_decision from puumerkki_app;
    end if;
end $$;
"""
BY_ANYBODY = """
alter function guard_partner_request() security invoker;
grant execute on function guard_partner_request() to public;
do $$
begin
    if exists (select from pg_roles where rolname = 'puumerkki_app') then
        grant insert, update, delete on former_decision to puumerkki_app;
    end if;
end $$;
"""


def _run(sql: str) -> None:
    """Past the parsing of parameters: the text goes to the driver as it is."""
    op.get_bind().connection.driver_connection.execute(sql.encode())


def upgrade() -> None:
    for step in (SAFE, BY_THE_GUARD):
        _run(step)


def downgrade() -> None:
    for step in (BY_ANYBODY, UNSAFE):
        _run(step)
