"""Funders' calls."""

from typing import Any
from uuid import UUID

from fastapi import Response

from puumerkki.access.actor import Actor
from puumerkki.access.declare import action, listing
from puumerkki.access.http import AnyActorDep
from puumerkki.calls import queries, service
from puumerkki.calls.exports import CALLS_EXPORTED
from puumerkki.calls.models import FundingCall
from puumerkki.calls.schemas import CallPage, CallPublic, CallQuery
from puumerkki.kernel.http import SessionDep, api_router, set_etag
from puumerkki.organisations.queries import organisation

calls = api_router("calls")

ROUTERS = (calls,)


async def _answer(session: SessionDep, actor: Actor, response: Response, call: FundingCall) -> CallPublic:
    await session.flush()
    set_etag(response, call)
    funder = await organisation(session, call.funder_id)
    shown = call.model_dump(exclude={"published_at"}) | {"funder_names": funder.names}
    return CallPublic(**shown, available_actions=service.available(call, actor))


def _filters(query: CallQuery) -> dict[str, Any]:
    return {
        "q": query.q or None,
        "funder": query.funder,
        "phase": query.phase,
        "state": query.state,
        "legal_form": query.legal_form,
        **queries.open_on(query.open_on),
    }


listing(
    calls,
    "",
    "calls_list_calls",
    "Calls, those that close first",
    queries.CALLS,
    CallPage,
    CallQuery,
    filters=_filters,
    exported=CALLS_EXPORTED,
)


@calls.get("/{call_id}", operation_id="calls_get_call", summary="One call", response_model=CallPublic)
async def get_call(session: SessionDep, actor: AnyActorDep, response: Response, call_id: UUID) -> CallPublic:
    return await _answer(session, actor, response, await queries.call(session, actor, call_id))


action(calls, "", "calls_create_call", "Draft a call", service.create_call, _answer, location="/{id}")

action(
    calls,
    "/{call_id}",
    "calls_update_call",
    "Change a draft, or a published call's texts and later closing",
    service.update_call,
    _answer,
    method="PATCH",
)

action(calls, "/{call_id}/publish", "calls_publish_call", "Publish a call", service.publish_call, _answer)

action(calls, "/{call_id}/cancel", "calls_cancel_call", "Cancel a call", service.cancel_call, _answer)
