"""Two write the same report at once, on real connections: there is one, and a stale hand changes nothing."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki import wiring
from puumerkki.access.actor import Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.kernel.db import make_engine, make_sessions, transaction
from puumerkki.kernel.errors import PreconditionFailed
from puumerkki.kernel.workflow import StateConflict
from puumerkki.reports.errors import ReportExists
from puumerkki.reports.models import Report
from puumerkki.reports.schemas.reports import ReportCreate, ReportReturn
from puumerkki.reports.service import reports
from tests.factories import World
from tests.personas import make_cast
from tests.valid_requests.agreements import in_force
from tests.valid_requests.reports import CONTENT, YEAR

Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture
async def committed(committed_database: str) -> AsyncIterator[Sessions]:
    wiring.connect()
    engine = make_engine(committed_database, pool_size=8)
    yield make_sessions(engine)
    await engine.dispose()


async def test_one_is_made_and_one_answer_counts(committed: Sessions) -> None:
    async with transaction(committed) as session, httpx.AsyncClient() as client:
        cast = await make_cast(World(session, client))
        given = ReportCreate.model_validate(
            {
                "subject_kind": "agreement",
                "subject_id": (await in_force(cast)).id,
                "organisation_id": cast.association.id,
                "year": YEAR,
                "content": CONTENT,
            }
        )
    editor, officer, decider = (
        Caller(id=cast[role].id, kind=PrincipalKind.user) for role in ("editor", "officer", "decider")
    )

    async def draft() -> bool:
        try:
            async with transaction(committed) as session:
                await reports.draft_report(session, actor=await load_actor(session, editor), given=given)
        except ReportExists:
            return False
        return True

    assert sorted(await asyncio.gather(*(draft() for _ in range(4)))) == [False, False, False, True]
    async with transaction(committed) as session:
        [made] = (await session.exec(select(Report))).all()
        actor = await load_actor(session, editor)
        sent = await reports.submit_report(session, actor=actor, report_id=made.id, if_version=made.version)
    assert sent.version == 2

    async def answer(viewer: Caller, *, accepts: bool) -> bool:
        try:
            async with transaction(committed) as session:
                actor = await load_actor(session, viewer)
                if accepts:
                    await reports.accept_report(session, actor=actor, report_id=made.id, if_version=2)
                else:
                    reason = ReportReturn(reason="Kesken.")
                    await reports.return_report(session, actor=actor, report_id=made.id, if_version=2, given=reason)
        except (PreconditionFailed, StateConflict):
            return False
        return True

    counted = await asyncio.gather(answer(officer, accepts=True), answer(decider, accepts=False))
    assert sorted(counted) == [False, True]
