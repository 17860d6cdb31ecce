"""One's calendar."""

from typing import Annotated

from fastapi import Query, Response

from puumerkki.access.http import ActorDep
from puumerkki.interop import calendars
from puumerkki.interop.schemas import CalendarAddress, CalendarPublic, CalendarQuery
from puumerkki.kernel.http import SECRET, ReadsDep, SessionDep, api_router

MEDIA_TYPE = "text/calendar"
router = api_router("calendar", tag="calendars")

ROUTERS = (router,)


@router.get("", operation_id="calendars_get", summary="Whether one's calendar can be subscribed to")
async def get_calendar(session: SessionDep, actor: ActorDep) -> CalendarPublic:
    found = await calendars.key_of(session, actor)
    return CalendarPublic(made_at=None if found is None else found.created_at)


@router.post(
    "",
    operation_id="calendars_create",
    summary="Make an address to subscribe to one's calendar; the one before opens nothing any more",
    status_code=201,
    openapi_extra=SECRET,
)
async def make_calendar(session: SessionDep, actor: ActorDep) -> CalendarAddress:
    return CalendarAddress(url=await calendars.make_key(session, actor=actor))


@router.delete(
    "",
    operation_id="calendars_end",
    summary="Let the address of one's calendar open nothing any more",
    status_code=204,
)
async def end_calendar(session: SessionDep, actor: ActorDep) -> None:
    await calendars.end_key(session, actor=actor)


@router.get(
    "/feed.ics",
    operation_id="calendars_read",
    summary="A calendar, for whoever has its address (RFC 5545)",
    response_class=Response,
    responses={200: {"description": "The calendar", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}},
)
async def read_calendar(session: SessionDep, pool: ReadsDep, query: Annotated[CalendarQuery, Query()]) -> Response:
    body = await calendars.calendar(session, pool, query.key)
    return Response(body, media_type=MEDIA_TYPE, headers={"Cache-Control": "private, max-age=3600"})
