"""Migrations over a database with data: from the last release to the newest, back, and up again."""

import psycopg
from psycopg import sql

from puumerkki.kernel import migrate
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.wiring import metadata
from tests.conftest import owner_url

LAST_RELEASE = "0001"


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


def test_data_survive_the_way_back_and_up_again(server: local_postgres.LocalServer, demo_world: str) -> None:
    lively = owner_url(server, demo_world)
    newest = rows(lively)
    migrate.downgrade(lively, LAST_RELEASE)
    released = rows(lively)
    assert released["event"] > 500
    assert released == {name: count for name, count in newest.items() if name in released}
    migrate.upgrade(lively)
    again = rows(lively)
    assert {name: again[name] for name in released} == released
    assert migrate.drift(lively, metadata) == []
