"""Merges beside other work at the same moment, on real connections: nothing is lost, and nothing is done twice."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.applications.models.applications import Application
from puumerkki.kernel.db import make_engine, make_sessions, transaction
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.organisations.models.merges import OrganisationMerge
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.organisations.schemas.merges import MergeCreate
from puumerkki.organisations.service import merging, unmerging
from tests.factories import World
from tests.waiting import until

Sessions = async_sessionmaker[AsyncSession]
ROUNDS = 4


@pytest.fixture
async def committed(committed_database: str) -> AsyncIterator[Sessions]:
    engine = make_engine(committed_database, pool_size=8)
    yield make_sessions(engine)
    await engine.dispose()


async def merge(sessions: Sessions, person: UUID, organisation: UUID, into: UUID) -> str:
    """The code of what came of it; done again as long as the database says that somebody else is at it."""
    while True:
        try:
            async with transaction(sessions) as session:
                actor = await load_actor(session, Caller(id=person, kind=PrincipalKind.user))
                version = (await session.get_one(Organisation, organisation)).version
                given = MergeCreate(into=into, reason="Sama.")
                await merging.merge(session, actor=actor, organisation_id=organisation, if_version=version, given=given)
        except PuumerkkiError as error:
            return error.code
        except DBAPIError as error:
            if "deadlock" not in str(error):
                raise
            continue
        return "done"


async def begin(sessions: Sessions, applicant: UUID) -> str:
    """A draft, written by whoever was let in before the merge."""
    try:
        async with transaction(sessions) as session, httpx.AsyncClient() as client:
            found = await session.get_one(Organisation, applicant)
            await World(session, client).application(found)
    except DBAPIError as error:
        return "refused" if "merged with another one" in str(error) else str(error)
    return "done"


async def somebody_waits(sessions: Sessions) -> bool:
    async with sessions() as session:
        waiting = "select exists (select from pg_stat_activity"
        waiting += " where wait_event_type = 'Lock' and datname = current_database())"
        return bool((await (await session.connection()).execute(text(waiting))).scalar_one())


async def test_two_go_into_each_other_once(committed: Sessions) -> None:
    for _ in range(ROUNDS):
        async with transaction(committed) as session, httpx.AsyncClient() as client:
            world = World(session, client)
            one, other = [(await world.organisation("Sama ry")).id for _ in range(2)]
            operator = (await world.operator()).person_id
        both = await asyncio.gather(merge(committed, operator, one, other), merge(committed, operator, other, one))
        assert min(both) == "done" and sorted(both)[1] in ("invalid", "organisation_merged"), both
        async with committed() as session:
            standing = select(OrganisationMerge.id).where(col(OrganisationMerge.organisation_id).in_([one, other]))
            assert len((await session.exec(standing)).all()) == 1


async def test_what_is_begun_while_they_are_merged_is_with_the_one_that_remains(committed: Sessions) -> None:
    for _ in range(ROUNDS):
        async with transaction(committed) as session, httpx.AsyncClient() as client:
            world = World(session, client)
            twin, into = [(await world.organisation("Sama ry")).id for _ in range(2)]
            operator = (await world.operator()).person_id
        done = await asyncio.gather(
            begin(committed, twin), merge(committed, operator, twin, into), begin(committed, twin)
        )
        assert done[1] == "done" and {done[0], done[2]} <= {"done", "refused"}, done
        async with committed() as session:
            of = select(Application.applicant_id).where(col(Application.applicant_id).in_([twin, into]))
            assert (await session.exec(of)).all() == [into] * [done[0], done[2]].count("done")


async def test_what_is_written_at_that_moment_is_no_part_of_the_merge(committed: Sessions) -> None:
    """Else undoing the merge would take it back."""
    async with transaction(committed) as session, httpx.AsyncClient() as client:
        world = World(session, client)
        twin, into = await world.organisation("Sama ry"), await world.organisation("Sama ry")
        draft, ids = (await world.application(twin)).id, (twin.id, into.id)
        operator = (await world.operator()).person_id
    async with transaction(committed) as session:
        row = await session.get_one(Application, draft, with_for_update=True)
        at_once = asyncio.create_task(merge(committed, operator, *ids))
        await until(lambda: somebody_waits(committed))
        row.title = "Uusi nimi"
    assert await at_once == "done"
    async with transaction(committed) as session:
        actor = await load_actor(session, Caller(id=operator, kind=PrincipalKind.user))
        version = (await session.get_one(Organisation, ids[0])).version
        await unmerging.undo(session, actor=actor, organisation_id=ids[0], if_version=version)
    async with committed() as session:
        row = await session.get_one(Application, draft)
        assert (row.applicant_id, row.title) == (ids[0], "Uusi nimi")
