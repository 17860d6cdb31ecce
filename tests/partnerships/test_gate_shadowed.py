"""Raw SQL as the application's role: what a session creates for itself hides nothing from the guards."""

from sqlalchemy import text

from tests.factories import World
from tests.partnerships.test_gate_sql import BEGIN, RELEASE, ROW, THIS, at_the_gate, decided

_UNSAFE = """
    select p.oid::regprocedure::text from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and p.provolatile <> 'i'
    and coalesce(array_to_string(p.proconfig, ' '), '') !~ 'search_path=pg_catalog,[a-z_, ]*pg_temp'
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
"""
"""A function that may read tables, and looks for them where the session says."""


async def test_every_function_that_reads_tables_says_where_they_are(world: World) -> None:
    connection = await world.session.connection()
    assert (await connection.execute(text(_UNSAFE))).scalars().all() == []


async def test_a_table_of_the_session_releases_nothing(world: World) -> None:
    found = await at_the_gate(world)
    await found.attempt(
        "create temp table gate_policy (id uuid, ends_on date, call_ids uuid[]) on commit drop;"
        " insert into pg_temp.gate_policy select policy_id, '2020-01-01' from public.gate_requirement" + ROW
    )
    await found.refuses(RELEASE.format(ground="policy_ended"))


async def test_a_table_of_the_session_meets_no_row(world: World) -> None:
    found = await at_the_gate(world)
    await found.attempt("create temp table gate_requirement (like public.gate_requirement) on commit drop")
    await found.refuses(BEGIN + THIS)


async def test_no_trigger_of_the_session_writes_a_former_decision(world: World) -> None:
    found = await decided(world)
    insert = (
        "insert into public.former_decision (id, created_at, partner_request_id, version_number, outcome,"
        " contributions, decided_on, grounds) select gen_random_uuid(), now(), id, 1, 'commitment', '[]',"
        " '2026-01-01', '[]' from public.partner_request"
    )
    connection = await world.session.connection()
    for statement in (
        "create temp table door (way int) on commit drop",
        f"create function pg_temp.walk() returns trigger language plpgsql as $$ begin {insert}; return new; end $$",
        "create trigger door before insert on pg_temp.door for each row execute function pg_temp.walk()",
    ):
        await connection.execute(text(statement))
    await found.refuses("insert into pg_temp.door values (1)")
    await found.refuses(insert)
    await found.attempt("update partner_request set state = 'arrived', outcome = null, grounds = null" + THIS)
