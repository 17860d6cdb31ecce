"""Migrations over a database with data: from the last release to the newest, back, and up again."""

from collections.abc import Sequence
from typing import Any

import psycopg
import pytest
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


CLAIM = """
insert into conditions_claim (id, created_at, handling_id, endorsement_id, version_number, met, claimed_by, claimed_at,
    asked_member_ids, effective_at, asked_ids, state, ended_at, end_reason)
select gen_random_uuid(), now(), h.id, gen_random_uuid(), 1, '{0}', gen_random_uuid(), now(), '{}', now(), '{}', 'fell',
    now(), reason
from unnest(%s::text[]) reason, (select id from handling limit 1) h
"""
ACCOUNT = """
insert into service_account (id, created_at, updated_at, version, organisation_id, name, secret_hash, scopes, state,
    maker_ids)
select p.id, now(), now(), 1, p.id, 'Skripti', '', string_to_array(scopes, ' '), 'active', '{}'
from unnest(%s::text[]) with ordinality given(scopes, number)
join (select id, row_number() over () number from principal) p using (number)
"""
CHANGES = [
    pytest.param(
        "0062",
        "0063",
        CLAIM,
        "select end_reason from conditions_claim",
        {
            "mark_ended": ("endorsement_ended", "mark_ended"),
            "no_mark": ("no_endorsement", "no_mark"),
            "refused": ("refused", "refused"),
            "new_version": ("new_version", "new_version"),
        },
        id="why a claim fell",
    ),
    pytest.param(
        "0063",
        "0064",
        ACCOUNT,
        "select array_to_string(scopes, ' ') from service_account",
        {
            "threads:write": ("discussions:write", "threads:write"),
            "needs:raise networks:speak": ("needs:raise networks:contribute", "needs:raise networks:speak"),
            "networks:speak partner_requests:register threads:write": (
                "networks:contribute discussions:write",
                "networks:speak threads:write",
            ),
            "applications:read": ("applications:read", "applications:read"),
            # what nothing asked for is gone for good
            "partner_requests:register": ("", ""),
        },
        id="scopes of service accounts",
    ),
]
"""A migration that changes values: from which revision to which, how rows come in, how they are read, and of each value
what it is after the upgrade and after the way back."""


@pytest.mark.parametrize(("before", "after", "fill", "read", "values"), CHANGES)
def test_values_change_forth_and_back(
    server: local_postgres.LocalServer,
    demo_world: str,
    before: str,
    after: str,
    fill: str,
    read: str,
    values: dict[str, tuple[str, str]],
) -> None:
    lively = owner_url(server, demo_world)

    def held() -> Sequence[Any]:
        with psycopg.connect(lively) as connection:
            return sorted(value for (value,) in connection.execute(read.encode()).fetchall())

    migrate.downgrade(lively, before)
    with psycopg.connect(lively) as connection:
        table = fill.split()[2]
        connection.execute(f"set session_replication_role = replica; delete from {table}".encode())
        connection.execute(fill.encode(), (list(values),))
    assert held() == sorted(values)
    migrate.upgrade(lively, after)
    assert held() == sorted(up for up, _ in values.values())
    migrate.downgrade(lively, before)
    assert held() == sorted(down for _, down in values.values())
