"""Tasks, the change feed, and the seals of the event log."""

from datetime import timedelta
from typing import Annotated

from fastapi import Header, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from puumerkki.access.declare import listing
from puumerkki.access.http import CallerDep
from puumerkki.activity import audit, deadlines, feed, seals, tasks
from puumerkki.activity.schemas import (
    AuditPage,
    AuditQuery,
    DeadlineList,
    DeadlineQuery,
    Feed,
    FeedQuery,
    SealPublic,
    SealQuery,
    StreamQuery,
    TaskList,
    TaskQuery,
)
from puumerkki.kernel import clock, reads
from puumerkki.kernel.field_types import MAX_INT
from puumerkki.kernel.http import ReadsDep, api_router, item_response
from puumerkki.kernel.reads.pagination import Page
from puumerkki.kernel.settings import get_settings

STREAM = "text/event-stream"
task_router = api_router("tasks")
deadline_router = api_router("deadlines")
events = api_router("events")
event_seals = api_router("event-seals")
audit_events = api_router("audit-events")
ROUTERS = (task_router, deadline_router, events, event_seals, audit_events)


@task_router.get(
    "",
    operation_id="tasks_list",
    summary="What waits for you in all your organisations and networks, at most 200",
    response_model=TaskList,
)
async def list_tasks(pool: ReadsDep, caller: CallerDep, query: Annotated[TaskQuery, Query()]) -> Response:
    body = await tasks.tasks(pool, caller=caller, kind=query.kind, sort=query.sort)
    return item_response((body, None))


@deadline_router.get(
    "",
    operation_id="deadlines_list",
    summary="The days that concern you: of your tasks, ballots, meetings, agreements and calls, at most 500",
    response_model=DeadlineList,
)
async def list_deadlines(pool: ReadsDep, caller: CallerDep, query: Annotated[DeadlineQuery, Query()]) -> Response:
    since, until = query.days()
    return item_response((await deadlines.deadlines(pool, caller=caller, since=since, until=until), None))


@events.get(
    "",
    operation_id="events_list",
    summary="What has happened since a position, as far as you may see it",
    response_model=Feed,
)
async def list_events(pool: ReadsDep, caller: CallerDep, query: Annotated[FeedQuery, Query()]) -> Response:
    page = await feed.read_feed(
        pool,
        caller=caller,
        after=query.after,
        limit=query.limit,
        type_=query.type,
        subject_kind=query.subject_kind,
    )
    return item_response((page.body(), None))


@events.get(
    "/stream",
    operation_id="events_stream",
    summary="The same live, as server-sent events, until your token expires",
    response_class=StreamingResponse,
    responses={200: {"content": {STREAM: {"schema": {"type": "string"}}}, "description": "Events, each with its id"}},
)
async def stream_events(
    request: Request,
    pool: ReadsDep,
    caller: CallerDep,
    query: Annotated[StreamQuery, Query()],
    last_event_id: Annotated[str | None, Header(max_length=100, description="Where to go on.")] = None,
) -> Response:
    headers = {"X-Accel-Buffering": "no"}
    if request.scope.get("without_body"):
        return StreamingResponse(iter(()), media_type=STREAM, headers=headers)
    after = query.after
    if last_event_id is not None:
        after = int(last_event_id) if last_event_id.isascii() and last_event_id.isdigit() else -1
    until = clock.now() + timedelta(minutes=get_settings().access_token_minutes)
    if not caller.anonymous:
        until = request.app.state.token_reader.expires_at(request.headers["authorization"].split(" ", 1)[1].strip())
    stream = feed.stream_feed(
        pool,
        request.app.state.feed,
        caller=caller,
        after=after,
        until=until,
        type_=query.type,
        subject_kind=query.subject_kind,
    )
    return StreamingResponse(stream, media_type=STREAM, headers=headers)


listing(
    event_seals,
    "",
    "event_seals_list",
    "The seals of the event log, with their signed heads; keep one to check the log by later",
    seals.SEALS,
    Page[SealPublic],
    SealQuery,
)


@event_seals.get(
    "/{number}",
    operation_id="event_seals_get",
    summary="One seal of the event log",
    response_model=SealPublic,
)
async def get_event_seal(pool: ReadsDep, caller: CallerDep, number: Annotated[int, Path(ge=1, le=MAX_INT)]) -> Response:
    return item_response(await reads.one(pool, seals.SEAL, caller=caller, key=number))


listing(
    audit_events,
    "",
    "audit_events_list",
    "Who did what and when, the latest first, for operators",
    audit.AUDIT,
    AuditPage,
    AuditQuery,
)
