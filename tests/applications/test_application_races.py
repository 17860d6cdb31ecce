"""Two people save at the very same moment: one of them is told, and nothing is lost."""

import asyncio
from typing import cast
from uuid import UUID

import httpx
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, load_actor
from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import Application
from puumerkki.applications.schemas.applications import ApplicationUpdate
from puumerkki.applications.service.applications import update_application
from puumerkki.kernel.db import make_engine, make_sessions, transaction
from puumerkki.kernel.errors import PreconditionFailed
from tests.factories import World


async def test_of_two_saves_at_once_one_is_stale(committed_database: str) -> None:
    engine = make_engine(committed_database, pool_size=6)
    sessions = make_sessions(engine)
    try:
        async with transaction(sessions) as session:
            application_id, editor_id = await _scene(session)

        async def save(goals: str) -> str:
            async with transaction(sessions) as session:
                actor = await load_actor(session, Caller(id=editor_id))
                given = ApplicationUpdate.model_validate({"content": {"goals": goals}})
                await update_application(session, actor=actor, application_id=application_id, if_version=1, given=given)
                return goals

        outcomes = await asyncio.gather(*(save(f"Tavoite {number}") for number in range(5)), return_exceptions=True)
        saved = [one for one in outcomes if isinstance(one, str)]
        assert len(saved) == 1, outcomes
        assert all(isinstance(one, PreconditionFailed) for one in outcomes if one not in saved), outcomes
        async with transaction(sessions) as session:
            found = await session.get_one(Application, application_id)
            assert (found.version, found.content["goals"]) == (2, saved[0])
    finally:
        await engine.dispose()


async def _scene(session: AsyncSession) -> tuple[UUID, UUID]:
    world = World(session, cast(httpx.AsyncClient, None))
    association = await world.organisation("Vanhusten Ystävät ry")
    editor = await world.person((Role.editor, association.id))
    application = await world.application(association)
    assert editor.id is not None
    return application.id, editor.id
