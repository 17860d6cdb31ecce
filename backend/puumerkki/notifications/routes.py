"""Notices, how many are new, and how somebody wants to be told."""

from typing import Any
from uuid import UUID

from fastapi import Response
from fastapi.responses import HTMLResponse
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep, CallerDep
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.http import ReadsDep, SessionDep, api_router, item_response
from puumerkki.notifications import queries
from puumerkki.notifications.pages import unsubscribe_page, unsubscribed_page
from puumerkki.notifications.schemas import DigestPreview, FollowList, NoticeChoices, NoticeCount, NoticeList
from puumerkki.notifications.service.choosing import choices_of, choose, except_, unsubscribe
from puumerkki.notifications.service.follows import follow, followed_by, unfollow
from puumerkki.notifications.service.preview import next_digest
from puumerkki.notifications.service.reader import see_notices
from puumerkki.notifications.service.weekdays import choose_days
from puumerkki.notifications.unsubscribing import person_of

notices = api_router("notices")
choices = api_router("notice-choices")
exceptions = api_router("notice-exceptions")
follows = api_router("follows")
days = api_router("notice-days")
digest = api_router("next-digest")
unsubscribing = api_router("unsubscribe")
ROUTERS = (notices, choices, exceptions, follows, days, digest, unsubscribing)


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
    return await choices_of(session, actor.person_id())


async def _shown(session: AsyncSession, actor: Actor, response: Response, found: UUID) -> NoticeChoices:
    return await choices_of(session, found)


action(choices, "/{row}", "notice_choices_set", "Choose how you are told", choose, _shown, method="PUT")

action(
    exceptions,
    "/{kind}/{id}",
    "notice_exceptions_set",
    "Choose how you are told of one network, organisation or thing",
    except_,
    _shown,
    method="PUT",
)


@follows.get("", operation_id="follows_list", summary="What you follow", response_model=FollowList)
async def list_follows(session: SessionDep, actor: ActorDep) -> FollowList:
    return await followed_by(session, actor)


action(
    follows,
    "/{kind}/{id}",
    "follows_follow",
    "Follow a call, a need, a network or a funder",
    follow,
    None,
    method="PUT",
)
action(follows, "/{kind}/{id}", "follows_unfollow", "Follow something no longer", unfollow, None, method="DELETE")


action(
    days,
    "",
    "notice_days_set",
    "Choose whether you are written to on weekdays only",
    choose_days,
    _shown,
    method="PUT",
)


@digest.get(
    "",
    operation_id="next_digest_get",
    summary="Your next digest, as it would be if nothing else happened until then",
    response_model=DigestPreview,
)
async def get_next_digest(session: SessionDep, actor: ActorDep) -> Any:
    return await next_digest(session, actor)


@unsubscribing.get(
    "/{token}",
    operation_id="notices_show_unsubscribing",
    summary="The page of a mail's link: a button that unsubscribes. It changes nothing",
    response_class=HTMLResponse,
)
async def show_unsubscribing(token: str) -> HTMLResponse:
    if person_of(token) is None:
        raise NotFound()
    return HTMLResponse(unsubscribe_page())


@unsubscribing.post(
    "/{token}",
    operation_id="notices_unsubscribe",
    summary="Get no more mails of what happens, by a mail's link (RFC 8058)",
    response_class=HTMLResponse,
)
async def unsubscribe_by_link(session: SessionDep, token: str) -> HTMLResponse:
    await unsubscribe(session, token)
    return HTMLResponse(unsubscribed_page())
