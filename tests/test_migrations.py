"""Migrations over a database with data: from the last release to the newest, back, and up again."""

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from psycopg import sql

from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel import local_postgres, migrate
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.reads import ReadPool
from puumerkki.wiring.demo import Stage, build_world
from puumerkki.wiring.models import metadata

LAST_RELEASE = "0001"


@pytest.fixture
async def lively(app: FastAPI, server: local_postgres.LocalServer, committed_database: str) -> str:
    """The owner's URL of a database in which the demo world stands."""
    engine = make_engine(committed_database, pool_size=3)
    app.state.sessions = make_sessions(engine)
    app.state.reads = ReadPool(committed_database, size=2)
    app.state.token_reader = TokenReader(app.state.sessions)
    await app.state.reads.open()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as client:
        await build_world(Stage(client, app.state.sessions))
    await app.state.reads.close()
    await engine.dispose()
    return server.url(str(psycopg.conninfo.conninfo_to_dict(committed_database)["dbname"]))


def rows(url: str) -> dict[str, int]:
    """How many rows each table holds."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
            " and not relispartition and relname not like 'alembic_%'"
        ).fetchall()
        counts = {}
        for (name,) in tables:
            counted = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(name))).fetchone()
            assert counted is not None
            counts[name] = counted[0]
    return counts


def test_data_survive_the_way_back_and_up_again(lively: str) -> None:
    newest = rows(lively)
    migrate.downgrade(lively, LAST_RELEASE)
    released = rows(lively)
    assert released["event"] > 500
    assert released == {name: count for name, count in newest.items() if name in released}
    migrate.upgrade(lively)
    again = rows(lively)
    assert {name: again[name] for name in released} == released
    assert migrate.drift(lively, metadata) == []
