"""What it costs that people are told: all tasks compared, and one event to two hundred people."""

import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import psycopg
from rich.console import Console
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import Role
from puumerkki.demo.api_driver import Person, Stage
from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.eventlog.sequencer import sequence_events
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.notifications.service.following import follow
from puumerkki.notifications.service.reconciling import reconcile
from puumerkki.web.app import create_app
from tests.bench.workloads import COORDINATOR

PEOPLE = 200
"""So many more speak for the members of one network."""
ROUNDS = 5


async def measure(server: local_postgres.LocalServer, template: str, console: Console) -> dict[str, Any]:
    """Seconds, in a copy of `template`: its rows of tasks are written, compared again, and an event is told."""
    name = "bench_telling"
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f'drop database if exists "{name}"')
        connection.execute(f'create database "{name}" template "{template}"')
    url = server.url(name)
    engine = make_engine(url, pool_size=3)
    sessions = make_sessions(engine)
    app = create_app()
    app.state.sessions, app.state.reads, app.state.token_reader = sessions, ReadPool(url, size=2), TokenReader(sessions)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench") as client:
        found = await _measured(Stage(client, sessions), sessions, url)
    await app.state.reads.close()
    await engine.dispose()
    console.print(
        f"{found['tasks']} tasks written in {found['first_seconds']:.1f} s, compared in {found['again_seconds']:.1f} s;"
        f" an event to {found['notices']} people in {found['told_seconds'] * 1000:.0f} ms:"
        f" {found['notices'] / found['told_seconds']:.0f} people a second"
    )
    return {key: round(value, 3) for key, value in found.items()}


async def _measured(stage: Stage, sessions: async_sessionmaker[AsyncSession], url: str) -> dict[str, float]:
    lead, network = await _crowd(stage, url)
    tasks, first = await _timed(sessions, _written)
    # as the server does by itself soon after
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum analyze task")
    _, again = await _timed(sessions, _written)
    told = []
    notices = 0
    # the first of them learns where the feed ends
    for number in range(ROUNDS + 1):
        starts_at = stage.moment(20, "12:00")
        given = {"network_id": str(network), "title": f"Kokous {number}", "place": "Tuira", "starts_at": starts_at}
        await stage.post(lead, "/meetings", given)
        await _sequence(url)
        before = _notices(url)
        _, seconds = await _timed(sessions, follow)
        if number:
            told.append(seconds)
            notices = _notices(url) - before
    return {
        "tasks": tasks,
        "first_seconds": first,
        "again_seconds": again,
        "notices": notices,
        "told_seconds": sorted(told)[ROUNDS // 2],
    }


async def _crowd(stage: Stage, url: str) -> tuple[Person, UUID]:
    with psycopg.connect(url) as connection:
        [(lead, network)] = connection.execute(
            "select g.principal_id, g.scope_id from role_grant g join app_user u on u.id = g.principal_id"
            " join network n on n.id = g.scope_id and n.prefix = 'ELAMANKAARI' where u.email = %s",
            [COORDINATOR],
        ).fetchall()
        members = connection.execute(
            "select organisation_id from network_member where network_id = %s and state = 'active' order by id",
            [network],
        ).fetchall()
    for number in range(PEOPLE):
        one = await stage.person(f"Edustaja {number}", "representative", f"bench{number}@demo.example")
        member = str(members[number % len(members)][0])
        await stage.grant(one, Role.representative, str(network), network=True, represents=member)
    return Person(lead, COORDINATOR, "", ""), network


async def _written(session: AsyncSession) -> int:
    return sum(map(len, (await reconcile(session, silent=True)).values()))


async def _timed(
    sessions: async_sessionmaker[AsyncSession], act: Callable[[AsyncSession], Awaitable[int]]
) -> tuple[int, float]:
    started = time.perf_counter()
    async with sessions() as session:
        count = await act(session)
        await session.commit()
    return count, time.perf_counter() - started


async def _sequence(url: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        while not await sequence_events(connection):
            pass


def _notices(url: str) -> int:
    with psycopg.connect(url) as connection:
        [(count,)] = connection.execute("select count(*) from notice where position is not null").fetchall()
    return int(count)
