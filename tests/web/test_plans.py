"""On a filled database each hot read goes by an index, and its plan for any caller is as good as one for this caller.

No plan scans a big table from end to end. PostgreSQL plans a statement anew for each call as long as that is cheaper
than the one plan for all: planning costs more than running, so the one plan must not be worse.
"""

import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from psycopg import AsyncConnection, AsyncRawCursor
from psycopg.sql import Literal
from sqlalchemy import Select
from sqlmodel import col, select

from puumerkki.access.models import PrincipalKind
from puumerkki.identity.models import User
from puumerkki.identity.tokens import TokenReader, issue_access_token
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.embedded_postgres.local_postgres import LocalServer
from puumerkki.kernel.reads.read_pool import ReadPool
from tests.bench.data import fill
from tests.conftest import owner_url
from tests.factories import Client
from tests.web.declared import listings

ORGANISATIONS = 11_000
BIG = 1_500
"""Rows from which on a table is big."""
OFFICER, COORDINATOR, EDITOR, NOBODY = (
    "valmistelija.kaupunki@demo.example",
    "coordinator.elamankaari@demo.example",
    "hakija01@demo.example",
    "",
)
OPERATOR = "operaattori@demo.example"
READS = (
    (NOBODY, "/organisations"),
    (NOBODY, "/organisations?sort=-created_at"),
    (NOBODY, "/organisations?municipality=564"),
    (NOBODY, "/organisations?q=muisti%20tupa%204711"),
    (NOBODY, "/organisations/{organisation}"),
    (NOBODY, "/networks?sort=-created_at"),
    (NOBODY, "/endorsements"),
    (NOBODY, "/endorsements?network={network}"),
    (NOBODY, "/endorsements/{number}"),
    (NOBODY, "/events"),
    (EDITOR, "/applications"),
    (EDITOR, "/applications?state=active"),
    (EDITOR, "/handlings?application={application}"),
    (EDITOR, "/partner-requests?application={application}"),
    (COORDINATOR, "/handlings?network={network}"),
    (COORDINATOR, "/handlings?network={network}&state=received"),
    (COORDINATOR, "/networks/{network}/members"),
    (OFFICER, "/partner-requests?authority={authority}"),
    (OFFICER, "/partner-requests?authority={authority}&state=arrived"),
    (OFFICER, "/tasks"),
    (COORDINATOR, "/tasks"),
    (NOBODY, "/agreements/public"),
    (NOBODY, "/agreements/public?organisation={authority}"),
    (OFFICER, "/agreements"),
    (OFFICER, "/agreements?organisation={authority}"),
    (OFFICER, "/agreements?organisation={authority}&sort=title"),
    (EDITOR, "/reports"),
    (OFFICER, "/reports?year=2025"),
    (OPERATOR, "/audit-events"),
    (OPERATOR, "/audit-events?actor={actor}"),
)
"""Each list's default, the shapes of the inboxes, and the public single objects."""
BY = {"/audit-events?actor={actor}": "(actor_id = "}
"""What an index has to narrow down, where another index would do for the order alone."""
AS_DEAR = 2.0
"""So many times what the plan for one call is thought to cost may the one for all calls."""
BY_WHAT_IS_ASKED = {
    "/organisations?q=muisti%20tupa%204711",
    "/endorsements?network={network}",
    "/handlings?network={network}",
    "/handlings?network={network}&state=received",
}
"""How much a network has, or how rare a word is, decides what such a list costs: one plan for all cannot know it."""
SOME = """
select (select id from organisation where association_register_number = '1004711'),
       (select n.id from network n where n.prefix = 'ELAMANKAARI'),
       (select number from endorsement where number like 'ELAMANKAARI-%' order by number limit 1),
       (select a.id from application a join role_grant g on g.scope_id = a.applicant_id
        join app_user u on u.id = g.principal_id where u.email = 'hakija01@demo.example' limit 1),
       (select authority_id from partner_request r join role_grant g on g.scope_id = r.authority_id
        join app_user u on u.id = g.principal_id where u.email = 'valmistelija.kaupunki@demo.example' limit 1),
       (select id from app_user where email = 'hakija01@demo.example')
"""


class PlannedReads(ReadPool):
    """Keeps the plan of each statement before it runs, and of a list how much dearer its plan for any caller is."""

    def __init__(self, url: str) -> None:
        super().__init__(url, size=1)
        self.plans: list[dict[str, Any]] = []
        self.dearness: list[float] = []
        self.lists = {one.name for one in listings()}

    async def fetch(
        self, shape: Any, build: Callable[[], Select[Any]], params: Mapping[str, Any], *, anonymous: bool
    ) -> tuple[Any, ...] | None:
        compiled = self._statements.get(shape, build)
        async with self.connection() as connection:
            self.plans.append(await explained(connection, compiled.sql, compiled.values(params)))
            if shape[0] in self.lists:
                once = await cost(connection, compiled.sql, compiled.values(params), how="custom")
                ever = await cost(connection, compiled.sql, compiled.values(params), how="generic")
                self.dearness.append(ever / once)
        return await super().fetch(shape, build, params, anonymous=anonymous)


async def explained(connection: AsyncConnection[Any], statement: bytes, values: list[Any]) -> dict[str, Any]:
    async with AsyncRawCursor[tuple[Any, ...]](connection) as cursor:
        # a table of some thousand rows is read whole where that is cheaper; this asks whether there is another way
        await cursor.execute(b"set enable_seqscan = off")
        await cursor.execute(b"explain (format json) " + statement, values)
        row = await cursor.fetchone()
        await cursor.execute(b"reset enable_seqscan")
    assert row is not None
    [plan] = json.loads(row[0]) if isinstance(row[0], str) else row[0]
    found: dict[str, Any] = plan["Plan"]
    return found


async def cost(connection: AsyncConnection[Any], statement: bytes, values: list[Any], *, how: str) -> float:
    """What the planner thinks that a statement costs: planned for these values (custom), or for any (generic)."""
    given = ", ".join(Literal(value).as_string(connection) for value in values)
    async with AsyncRawCursor[tuple[Any, ...]](connection) as cursor:
        await cursor.execute(f"set plan_cache_mode = force_{how}_plan".encode())
        await cursor.execute(b"prepare asked as " + statement)
        await cursor.execute(f"explain (format json) execute asked({given})".encode())
        row = await cursor.fetchone()
        await cursor.execute(b"deallocate asked")
        await cursor.execute(b"reset plan_cache_mode")
    assert row is not None
    found: float = row[0][0]["Plan"]["Total Cost"]
    return found


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


def conditions(plan: dict[str, Any]) -> Iterator[str]:
    """What the indexes of a plan narrow down."""
    return (one["Index Cond"] for one in nodes(plan) if "Index Cond" in one)


def scanned(plan: dict[str, Any], big: set[str]) -> set[str]:
    """The big tables that a plan reads from end to end."""
    whole = ("Seq Scan", "Parallel Seq Scan")
    return {one["Relation Name"] for one in nodes(plan) if one["Node Type"] in whole} & big


@pytest.fixture
async def filled(app: FastAPI, demo_world: str, server: LocalServer) -> AsyncIterator[PlannedReads]:
    fill(owner_url(server, demo_world), ORGANISATIONS)
    engine = make_engine(demo_world, pool_size=2)
    app.state.sessions = make_sessions(engine)
    app.state.reads = PlannedReads(demo_world)
    app.state.token_reader = TokenReader(app.state.sessions)
    yield app.state.reads
    await app.state.reads.close()
    await engine.dispose()


async def test_hot_reads_go_by_indexes(app: FastAPI, filled: PlannedReads, demo_world: str) -> None:
    names = ("organisation", "network", "number", "application", "authority", "actor")
    async with await AsyncConnection.connect(demo_world) as connection:
        some = await (await connection.execute(SOME)).fetchone()
        sizes = await connection.execute("select relname from pg_class where relkind = 'r' and reltuples > %s", (BIG,))
        big = {name for (name,) in await sizes.fetchall()}
        assert some is not None
        assert {"organisation", "application", "handling", "endorsement", "partner_request"} <= big
        assert {"agreement", "agreement_version", "agreement_party", "agreement_duty", "report"} <= big
        # so the check can fail: this one has no index to go by
        assert scanned(await explained(connection, b"select * from organisation where version = 7", []), big)
    given = dict(zip(names, some, strict=True))
    found = []
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as client:
        callers = {
            email: await signed_in(app, client, email) for email in (NOBODY, EDITOR, COORDINATOR, OFFICER, OPERATOR)
        }
        for email, path in READS:
            filled.plans.clear()
            filled.dearness.clear()
            answer = await callers[email].get(path.format(**given))
            assert answer.is_success, f"{path}: {answer.text}"
            if not filled.plans:
                found.append(f"{path} is no hot read")
            if path in BY and not any(BY[path] in cond for plan in filled.plans for cond in conditions(plan)):
                found.append(f"{path} does not go by an index on {BY[path]}")
            dear = max(filled.dearness, default=0)
            if dear > AS_DEAR and path not in BY_WHAT_IS_ASKED:
                found.append(f"{path} is {dear:.1f} times as dear for any caller as for this one")
            found += [f"{path} scans {table}" for plan in filled.plans for table in sorted(scanned(plan, big))]
    assert found == [], "\n".join(found)


async def signed_in(app: FastAPI, client: httpx.AsyncClient, email: str) -> Client:
    if not email:
        return Client(client)
    async with app.state.sessions() as session:
        user = (await session.exec(select(User).where(col(User.email) == email))).one()
        token, _ = await issue_access_token(session, principal_id=user.id, kind=PrincipalKind.user)
        await session.commit()
    return Client(client, user.id, token)
