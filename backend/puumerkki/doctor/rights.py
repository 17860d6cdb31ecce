"""Whether the application's role can do what it must and no more, and what guards the tables stands."""

from typing import Any

import psycopg

from puumerkki.doctor.findings import Finding, Installation, fault, ok
from puumerkki.doctor.guards import GUARDS

Connection = psycopg.AsyncConnection[Any]
ROLE = "create role puumerkki_app login nosuperuser nocreatedb nocreaterole nobypassrls;"
APPEND_ONLY = ("event", "event_position", "event_seal", "break_glass")
OWNERS = ("event_archive", "archived_event")
"""What only the owner writes, when it archives."""


async def role(connection: Connection, _: Installation) -> Finding:
    """A superuser, or who may become one, passes the gate and the log's triggers."""
    row = await (
        await connection.execute(
            "select rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication"
            " from pg_roles where rolname = current_user"
        )
    ).fetchone()
    assert row is not None
    names = ("superuser", "createrole", "createdb", "bypassrls", "replication")
    too_much = [name for name, has in zip(names, row[1:], strict=True) if has]
    if too_much:
        return fault(
            "database_role",
            f"The role {row[0]} is {', '.join(too_much)}: what the database guards does not hold for it.",
            f"Serve as a role of its own: {ROLE} Set DATABASE_URL to it, and PUUMERKKI_MIGRATION_DATABASE_URL to the "
            "owner.",
        )
    return ok("database_role", f"The role {row[0]} has no rights over the server.")


async def tables(connection: Connection, _: Installation) -> Finding:
    """It may add to the log and read it, not change it; it owns no table, or it could switch the triggers off."""
    mend = "Set DATABASE_URL to the role puumerkki_app, and as the owner: "
    owned = await _names(
        connection,
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
        " and pg_has_role(current_user, relowner, 'member') order by 1 limit 3",
    )
    if owned:
        return fault(
            "database_rights",
            f"The role owns tables ({', '.join(owned)}, …): it could switch their guards off.",
            f"{mend}run `puumerkki migrate`.",
        )
    statements = await _names(
        connection,
        "select case when meant then format('grant %s on %s to %I;', wanted, log, current_user)"
        " else format('revoke %s on %s from %I;', wanted, log, current_user) end"
        f" from unnest(array{list(APPEND_ONLY)}) as log,"
        " (values ('insert', true), ('select', true), ('update', false), ('delete', false), ('truncate', false))"
        " as rights (wanted, meant) where has_table_privilege(log, wanted) <> meant order by 1",
    )
    # a partition can be written by its own name too
    statements += await _names(
        connection,
        "select format('revoke %s on %s from %I;', wanted, log, current_user) from"
        " (select inhrelid::regclass::text as log, true as event from pg_inherits where inhparent = 'event'::regclass"
        f" union all select owners, false from unnest(array{list(OWNERS)}) as owners) as logs,"
        " unnest(array['insert', 'update', 'delete', 'truncate']) as wanted"
        " where has_table_privilege(log, wanted) and not (event and wanted = 'insert') order by 1",
    )
    if statements:
        return fault(
            "database_rights",
            "The role has other rights on the event log than to add and to read.",
            mend + " ".join(statements),
        )
    return ok("database_rights", "The role may add to the event log and read it, not change it.")


async def triggers(connection: Connection, _: Installation) -> Finding:
    """Whether every guard is there and switched on."""
    there = await _names(connection, "select tgname from pg_trigger where not tgisinternal")
    missing = [name for name in GUARDS if name not in there]
    off = await _names(
        connection,
        "select tgname || ' on ' || tgrelid::regclass from pg_trigger where not tgisinternal"
        " and tgenabled not in ('O', 'A') order by 1",
    )
    if missing:
        return fault(
            "triggers",
            f"Guards are missing: {', '.join(missing)}.",
            "Somebody removed them. Run `puumerkki audit verify`, then restore the schema from the migrations.",
        )
    if off:
        return fault(
            "triggers",
            f"Guards are switched off: {', '.join(off)}.",
            "Run `puumerkki audit verify`, then as the owner `alter table … enable trigger …`.",
        )
    return ok("triggers", "What guards the event log, the endorsements and the gate is switched on.")


async def _names(connection: Connection, query: str) -> list[str]:
    return [str(name) for (name,) in await (await connection.execute(query.encode())).fetchall()]
