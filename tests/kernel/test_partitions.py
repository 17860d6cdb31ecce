"""The event log's partitions: there before they are needed, and closed to whoever would change them."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import AsyncConnection

from puumerkki.kernel import clock, jobs
from puumerkki.kernel.db import libpq_url, make_engine, make_sessions
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.worker.partitions import keep_partitions
from tests.conftest import owner_url
from tests.kernel.test_sequencer import connect, tell

PARTITIONS = "select inhrelid::regclass::text from pg_inherits where inhparent = 'event'::regclass order by 1"


@pytest.fixture
async def app(committed_database: str) -> AsyncIterator[AsyncConnection]:
    """The application's role; its jobs run on the same database."""
    engine = make_engine(committed_database, pool_size=2)
    jobs.use_sessions(make_sessions(engine))
    async with connect(committed_database, autocommit=True) as connection:
        yield connection
    await engine.dispose()


async def names(connection: AsyncConnection) -> list[str]:
    return [name for (name,) in await (await connection.execute(PARTITIONS)).fetchall()]


async def test_the_worker_makes_the_next_years_before_they_come(app: AsyncConnection) -> None:
    before = await names(app)
    await keep_partitions(timestamp=0)
    assert await names(app) == before, "those of the coming year are there"
    with clock.fixed(datetime(2031, 6, 1, tzinfo=UTC)):
        await keep_partitions(timestamp=0)
        await keep_partitions(timestamp=0)
    assert set(await names(app)) - set(before) == {"event_p2031", "event_p2032"}
    with clock.fixed(datetime(2032, 12, 31, 23, 59, 59, tzinfo=UTC)):
        await tell(app)
    where = await (await app.execute("select tableoid::regclass::text from event")).fetchall()
    assert where == [("event_p2032",)]


async def test_nobody_has_more_than_twenty_years_made(app: AsyncConnection) -> None:
    await app.execute("select make_event_partitions('9999-01-01')")
    last = max(int(found[1]) for name in await names(app) if (found := re.fullmatch(r"event_p(\d{4})", name)))
    assert last <= datetime.now(UTC).year + 20


async def test_events_beside_the_partitions_get_their_own_as_the_guide_says(
    server: local_postgres.LocalServer, app: AsyncConnection
) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "event-log.md").read_text()
    statements = re.findall(r"```sql\n(begin;.*?commit;)\n```", guide, re.DOTALL)
    for year in (2031, 2035):
        with clock.fixed(datetime(year, 6, 1, tzinfo=UTC)):
            await tell(app)
    where = "select tableoid::regclass::text from event order by occurred_at"
    assert await (await app.execute(where)).fetchall() == [("event_pdefault",)] * 2
    url = server.url(str(app.info.dbname))
    async with await AsyncConnection.connect(libpq_url(url), autocommit=True) as owner:
        await owner.execute(statements[0].encode())
    assert await (await app.execute(where)).fetchall() == [("event_p2031",), ("event_pdefault",)]
    for name in ("event_p2031", "event_pdefault"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await app.execute(f"delete from {name}".encode())


@pytest.mark.parametrize(
    "statement",
    ["update {} set type = 'x'", "delete from {}", "truncate {}", "drop table {}", "alter table {} add x int"],
)
async def test_the_application_changes_no_partition(app: AsyncConnection, statement: str) -> None:
    with clock.fixed(datetime(2031, 6, 1, tzinfo=UTC)):
        await keep_partitions(timestamp=0)
    for name in ("event_p2026", "event_p2031", "event_pdefault"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await app.execute(statement.format(name).encode())


async def test_only_the_application_and_the_owner_may_have_them_made(
    server: local_postgres.LocalServer, committed_database: str
) -> None:
    url = owner_url(server, committed_database)
    async with await AsyncConnection.connect(libpq_url(url), autocommit=True) as owner:
        row = await (
            await owner.execute(
                "select prosecdef, proconfig, proacl::text from pg_proc where proname = 'make_event_partitions'"
            )
        ).fetchone()
    assert row is not None
    definer, config, rights = row
    assert definer and "search_path=pg_catalog, pg_temp" in config
    assert "puumerkki_app=X" in rights and not re.search(r"[{,]=X", rights), "not everybody"
