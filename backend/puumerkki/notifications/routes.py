"""Notices, how many are new, and how somebody wants to be told."""

from typing import Any
from uuid import UUID

from fastapi import Response
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep, CallerDep
from puumerkki.kernel.http import ReadsDep, SessionDep, api_router, item_response
from puumerkki.notifications import queries
from puumerkki.notifications.schemas import NoticeChoices, NoticeCount, NoticeList
from puumerkki.notifications.service.reader import choose, see_notices

notices = api_router("notices")
choices = api_router("notice-choices")
ROUTERS = (notices, choices)


@notices.get(
    "",
    operation_id="notices_list",
    summary="What you were told of, the latest first, at most 100",
    response_model=NoticeList,
)
async def list_notices(pool: ReadsDep, caller: CallerDep) -> Response:
    return item_response((await queries.notices(pool, caller=caller), None))


@notices.get(
    "/unseen",
    operation_id="notices_count",
    summary="How many things wait that you have not seen yet",
    response_model=NoticeCount,
)
async def count_notices(pool: ReadsDep, caller: CallerDep) -> Response:
    return item_response((await queries.unseen(pool, caller=caller), None))


action(notices, "/seen", "notices_see", "Note that you have seen what you were told", see_notices, None)


@choices.get(
    "",
    operation_id="notice_choices_list",
    summary="How you are told of what waits",
    response_model=NoticeChoices,
)
async def list_notice_choices(session: SessionDep, actor: ActorDep) -> Any:
    return await queries.choices_of(session, actor.person_id())


async def _shown(session: AsyncSession, actor: Actor, response: Response, found: UUID) -> NoticeChoices:
    return await queries.choices_of(session, found)


action(choices, "/{row}", "notice_choices_set", "Choose how you are told", choose, _shown, method="PUT")
