"""Whether the database is one that we can work with."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy.exc import SQLAlchemyError

from puumerkki.doctor.findings import Finding, Installation, fault, ok, warning
from puumerkki.kernel import clock, migrate
from puumerkki.kernel.db import libpq_url
from puumerkki.kernel.embedded_postgres.server_binaries import EXTENSIONS, OLDEST_MAJOR

Connection = psycopg.AsyncConnection[Any]
NEW_CLUSTER = "Dump it and load it into a cluster made with `initdb -E UTF8 --locale=C.UTF-8`."
HEARD_SECONDS = 3.0
SKEW_WARNS, SKEW_FAILS = timedelta(seconds=2), timedelta(seconds=30)
LAG_BYTES = 64 * 1024 * 1024
AHEAD = timedelta(days=60)


async def query_value(connection: Connection, query: str) -> Any:
    """The one value of a query, or None."""
    row = await (await connection.execute(query.encode())).fetchone()
    return row[0] if row else None


async def version(connection: Connection, _: Installation) -> Finding:
    """PostgreSQL itself, new enough."""
    number = int(await query_value(connection, "show server_version_num"))
    if number // 10_000 < OLDEST_MAJOR:
        return fault(
            "database_version",
            f"The server is PostgreSQL {number // 10_000}.",
            f"Upgrade it to PostgreSQL {OLDEST_MAJOR} or newer.",
        )
    return ok("database_version", f"The server is PostgreSQL {await query_value(connection, 'show server_version')}.")


async def encoding(connection: Connection, _: Installation) -> Finding:
    """UTF-8, for names in all languages."""
    found = await query_value(connection, "show server_encoding")
    if found != "UTF8":
        return fault("database_encoding", f"The database's encoding is {found}.", NEW_CLUSTER)
    return ok("database_encoding", "The database's encoding is UTF8.")


async def ctype(connection: Connection, _: Installation) -> Finding:
    """Whether it knows letters: under a C ctype names with Ä are not found."""
    lowered = await query_value(connection, "select lower('Ä')")
    if lowered != "ä":
        found = await query_value(connection, "select datctype from pg_database where datname = current_database()")
        return fault(
            "database_ctype",
            f"The database's ctype is {found}: it cannot lower Ä, so names are not found.",
            NEW_CLUSTER,
        )
    return ok("database_ctype", "The database lowers Ä.")


async def extensions(connection: Connection, _: Installation) -> Finding:
    """Those that searches and constraints need."""
    rows = await (await connection.execute("select extname from pg_extension")).fetchall()
    missing = [name for name in EXTENSIONS if (name,) not in rows]
    if missing:
        return fault(
            "database_extensions",
            f"The database lacks {', '.join(missing)}.",
            "Install PostgreSQL's contrib package; as a superuser: "
            + " ".join(f"create extension {name};" for name in missing),
        )
    return ok("database_extensions", f"The extensions {', '.join(EXTENSIONS)} are there.")


async def options(connection: Connection, _: Installation) -> Finding:
    """Whether what we ask for at connecting arrives: a pooler may drop it."""
    idle = await query_value(connection, "show idle_in_transaction_session_timeout")
    zone = await query_value(connection, "show timezone")
    if idle == "0" or zone != "UTC":
        return warning(
            "connection_options",
            "Our connection options do not arrive: a transaction that is left open would hold up the feed for ever.",
            "Let the pooler pass `options` on, or set timezone=UTC and idle_in_transaction_session_timeout=30s for the "
            "role.",
        )
    return ok("connection_options", f"A transaction that is left open ends after {idle}.")


async def listening(connection: Connection, installation: Installation) -> Finding:
    """Whether LISTEN hears NOTIFY, which live pages and jobs wait for."""
    channel = f"puumerkki_doctor_{uuid4().hex[:12]}"
    told_pid = connection.info.backend_pid
    pooled = told_pid != await query_value(connection, "select pg_backend_pid()")
    heard = False
    async with await psycopg.AsyncConnection.connect(
        libpq_url(installation.url), autocommit=True, connect_timeout=5
    ) as ear:
        await ear.execute(sql.SQL("listen {}").format(sql.Identifier(channel)))
        await connection.execute("select pg_notify(%s, '')", (channel,))
        async for _ in ear.notifies(timeout=HEARD_SECONDS, stop_after=1):
            heard = True
    if not heard:
        pooler = " There is a pooler between, in transaction mode." if pooled else ""
        return fault(
            "listen",
            f"LISTEN does not hear NOTIFY: live pages stand still and jobs wait.{pooler}",
            "Set DATABASE_URL to the server itself, or to a pool in session mode.",
        )
    return ok("listen", "LISTEN hears NOTIFY" + (", through a pooler." if pooled else "."))


async def replica(connection: Connection, installation: Installation) -> Finding:
    """Whether the replica is one, and how far behind."""
    url = installation.settings.database_read_url
    if url is None:
        return ok("replica", "Reads use the same server.")
    mend = "Look at the replica's log and its primary_conninfo; unset DATABASE_READ_URL until it is fixed."
    try:
        async with await psycopg.AsyncConnection.connect(libpq_url(url), autocommit=True, connect_timeout=5) as other:
            if not await query_value(other, "select pg_is_in_recovery()"):
                return warning(
                    "replica", "DATABASE_READ_URL names no replica.", "Set it to a replica's URL, or unset it."
                )
            here = await query_value(connection, "select pg_current_wal_lsn()::text")
            row = await (
                await other.execute("select pg_wal_lsn_diff(%s::pg_lsn, pg_last_wal_replay_lsn())", (here,))
            ).fetchone()
    except psycopg.Error as error:
        return fault("replica", f"The replica does not let us in: {str(error).splitlines()[0]}", mend)
    behind = int(row[0]) if row and row[0] is not None else 0
    if behind > LAG_BYTES:
        return warning("replica", f"The replica is {behind // 1_000_000} MB behind.", mend)
    return ok("replica", f"The replica is {max(behind, 0) // 1000} kB behind.")


async def clocks(connection: Connection, _: Installation) -> Finding:
    """Whether this machine and the server agree on the time."""
    before = clock.now()
    there = await query_value(connection, "select clock_timestamp()")
    skew = abs(there - (before + (clock.now() - before) / 2))
    if skew > SKEW_WARNS:
        made = fault if skew > SKEW_FAILS else warning
        return made(
            "clock",
            f"This machine's clock and the database's differ by {skew.total_seconds():.0f} s.",
            "Let both take the time from the network (chrony or systemd-timesyncd).",
        )
    return ok("clock", "This machine's clock and the database's agree.")


def migrations(installation: Installation) -> Finding:
    """Whether the tables are those of this program."""
    try:
        current = migrate.is_current(installation.owner_url)
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", error)).splitlines()[0]
        return fault(
            "migrations",
            f"The database's owner is not let in: {said}",
            "Correct PUUMERKKI_MIGRATION_DATABASE_URL.",
        )
    if not current:
        return fault("migrations", "The database's tables are not those of this program.", "Run `puumerkki migrate`.")
    return ok("migrations", "The tables are those of this program.")


async def partitions(connection: Connection, _: Installation) -> Finding:
    """Whether events of the coming weeks have a partition of their own."""
    rows = await (
        await connection.execute(
            "select pg_get_expr(relpartbound, oid) from pg_class join pg_inherits on inhrelid = oid"
            " where inhparent = 'event'::regclass"
        )
    ).fetchall()
    ends = [
        datetime.fromisoformat(end).replace(tzinfo=UTC)
        for (bound,) in rows
        for end in re.findall(r"TO \('([\d-]{10})", bound)
    ]
    mend = "Start `puumerkki worker`, which makes them every hour, or run `puumerkki audit partitions`."
    last = max(ends, default=datetime.fromtimestamp(0, UTC))
    if last < clock.now() + AHEAD:
        return warning("partitions", f"The event table's partitions end on {last:%Y-%m-%d}.", mend)
    if await query_value(connection, "select exists (select from event_pdefault)"):
        return warning(
            "partitions",
            "There are events outside the partitions, in event_pdefault.",
            "Give them a partition of their own, as docs/event-log.md says under “Partitions”.",
        )
    return ok("partitions", f"The event table's partitions last until {last:%Y-%m-%d}.")
