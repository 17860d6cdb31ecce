"""The doctor knows every trigger that the migrations make."""

import psycopg

from puumerkki.doctor.guards import GUARDS
from puumerkki.kernel.embedded_postgres.local_postgres import LocalServer
from tests.conftest import owner_url

TRIGGERS = """
select tgname from pg_trigger
where not tgisinternal and tgparentid = 0 and tgrelid::regclass::text not like 'procrastinate%'
"""


def test_every_trigger_is_known(committed_database: str, server: LocalServer) -> None:
    with psycopg.connect(owner_url(server, committed_database)) as connection:
        there = [name for (name,) in connection.execute(TRIGGERS).fetchall()]
    assert sorted(there) == sorted(GUARDS)
