"""Funders' calls."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep, AnyActorDep, ViewerDep
from puumerkki.funding.models.calls import FundingCall
from puumerkki.funding.queries import calls as queries
from puumerkki.funding.schemas.calls import CallCreate, CallPage, CallPublic, CallQuery, CallUpdate
from puumerkki.funding.service import calls as service
from puumerkki.kernel import reads
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.organisations.queries import organisation

calls = api_router("calls")

ROUTERS = (calls,)


async def _answer(session: SessionDep, response: Response, call: FundingCall, actor: Actor) -> CallPublic:
    set_etag(response, call)
    funder = await organisation(session, call.funder_id)
    shown = call.model_dump(exclude={"published_at"}) | {"funder_names": funder.names}
    return CallPublic(**shown, available_actions=service.available(call, actor))


@calls.get("", operation_id="calls_list_calls", summary="Calls, those that close first", response_model=CallPage)
async def list_calls(
    request: Request, pool: ReadsDep, viewer: ViewerDep, query: Annotated[CallQuery, Query()]
) -> Response:
    page = await reads.page(
        pool,
        queries.CALLS,
        viewer=viewer,
        filters={
            "q": query.q or None,
            "funder": query.funder,
            "phase": query.phase,
            "state": query.state,
            "legal_form": query.legal_form,
            **queries.open_on(query.open_on),
        },
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@calls.get("/{call_id}", operation_id="calls_get_call", summary="One call", response_model=CallPublic)
async def get_call(session: SessionDep, actor: AnyActorDep, response: Response, call_id: UUID) -> CallPublic:
    return await _answer(session, response, await queries.call(session, actor, call_id), actor)


@calls.post(
    "",
    operation_id="calls_create_call",
    summary="Draft a call",
    status_code=201,
    response_model=CallPublic,
    dependencies=[Creating],
)
async def create_call(session: SessionDep, actor: ActorDep, response: Response, given: CallCreate) -> CallPublic:
    made = await service.create_call(session, actor=actor, given=given)
    response.headers["Location"] = f"/api/v1/calls/{made.id}"
    return await _answer(session, response, made, actor)


@calls.patch(
    "/{call_id}",
    operation_id="calls_update_call",
    summary="Change a draft, or a published call's texts and later closing",
    response_model=CallPublic,
)
async def update_call(
    session: SessionDep, actor: ActorDep, response: Response, call_id: UUID, if_match: IfMatch, given: CallUpdate
) -> CallPublic:
    found = await service.update_call(session, actor=actor, call_id=call_id, if_version=if_match, given=given)
    await session.flush()
    return await _answer(session, response, found, actor)


@calls.post(
    "/{call_id}/publish", operation_id="calls_publish_call", summary="Publish a call", response_model=CallPublic
)
async def publish_call(
    session: SessionDep, actor: ActorDep, response: Response, call_id: UUID, if_match: IfMatch
) -> CallPublic:
    found = await service.publish_call(session, actor=actor, call_id=call_id, if_version=if_match)
    await session.flush()
    return await _answer(session, response, found, actor)


@calls.post("/{call_id}/cancel", operation_id="calls_cancel_call", summary="Cancel a call", response_model=CallPublic)
async def cancel_call(
    session: SessionDep, actor: ActorDep, response: Response, call_id: UUID, if_match: IfMatch
) -> CallPublic:
    found = await service.cancel_call(session, actor=actor, call_id=call_id, if_version=if_match)
    await session.flush()
    return await _answer(session, response, found, actor)
