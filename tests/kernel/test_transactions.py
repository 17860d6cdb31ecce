"""What must hold whoever writes: events stay, jobs live and die with their transaction, versions count."""

import asyncio
from uuid import uuid4

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel import jobs, mail, migrate
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.embedded_postgres.local_postgres import LocalServer
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.reference.models import Area, AreaKind
from puumerkki.wiring import metadata
from tests.conftest import owner_url
from tests.factories import OULU, World


async def _area(session: AsyncSession) -> Area:
    area = Area(municipality_code=OULU, kind=AreaKind.district, names={"fi": "Tuira"}, sort_key="tuira")
    session.add(area)
    await session.flush()
    return area


@pytest.mark.parametrize(
    "statement",
    [
        "update event set type = 'x'",
        "delete from event",
        "truncate event",
        "truncate event_p2026",
        "update event_position set position = position + 1",
        "delete from event_position",
        "truncate event_position",
    ],
)
async def test_events_can_only_be_added(statement: str, world: World) -> None:
    operator = await world.operator()
    await operator.post("/areas", {"municipality_code": OULU, "kind": "village", "names": {"fi": "Jääli"}})
    rows = (await world.session.exec(select(EventRow))).all()
    assert rows
    with pytest.raises(DBAPIError):
        await world.session.exec(text(statement))


async def test_the_owner_cannot_change_events_either(committed_database: str, server: LocalServer) -> None:
    with (
        psycopg.connect(owner_url(server, committed_database)) as connection,
        pytest.raises(psycopg.errors.IntegrityConstraintViolation),
    ):
        connection.execute("truncate event")


async def test_a_version_counts_each_change_once(session: AsyncSession) -> None:
    area = await _area(session)
    assert area.version == 1
    area.names = {"fi": "Tuira", "sv": "Tuira"}
    area.kind = AreaKind.village
    await session.flush()
    assert area.version == 2
    await session.flush()
    assert area.version == 2


async def test_a_mail_exists_only_if_the_transaction_commits(committed_database: str) -> None:
    engine = make_engine(committed_database, pool_size=2)
    sessions = make_sessions(engine)
    for commits in (False, True):
        async with sessions() as session:
            session.add(mail.OutboxMessage(recipient="a@example.org", subject="Hei", body="Hei\n", language="fi"))
            await session.flush()
            row = (await session.exec(select(mail.OutboxMessage))).one()
            await jobs.defer(session, mail.deliver_mail, message_id=str(row.id))
            if commits:
                await session.commit()
            else:
                await session.rollback()
        async with sessions() as session:
            waiting = (await session.exec(text("select count(*) from procrastinate_jobs"))).scalar_one()
            mails = (await session.exec(text("select count(*) from mail_outbox"))).scalar_one()
            assert (waiting, mails) == ((1, 1) if commits else (0, 0))
    await engine.dispose()


async def test_two_requests_with_one_key_are_one(committed_database: str, app: FastAPI) -> None:
    engine = make_engine(committed_database, pool_size=4)
    app.state.sessions = make_sessions(engine)
    app.state.reads = ReadPool(committed_database)
    app.state.token_reader = TokenReader(app.state.sessions)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        async with app.state.sessions() as session:
            operator = await World(session, client).operator()
            await session.commit()
        given = {"municipality_code": OULU, "kind": "village", "names": {"fi": "Jääli"}}
        key = {"Idempotency-Key": uuid4().hex}
        answers = await asyncio.gather(*(operator.post("/areas", given, headers=key) for _ in range(4)))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        async with app.state.sessions() as session:
            assert len((await session.exec(select(col(Area.id)))).all()) == 1
    await app.state.reads.close()
    await engine.dispose()


def test_tables_and_migrations_agree(server: LocalServer, template: str) -> None:
    assert migrate.drift(server.url(template), metadata) == []
