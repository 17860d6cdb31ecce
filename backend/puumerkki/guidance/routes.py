"""What comes next in a thing."""

from uuid import UUID

from puumerkki.access.http import ActorDep, AnyActorDep
from puumerkki.guidance.schemas import NextPublic
from puumerkki.guidance.schemas_of_calls import CallGuidance
from puumerkki.guidance.service.calls import call_guidance
from puumerkki.guidance.service.next_steps import Guided, next_in
from puumerkki.kernel.http import ReadsDep, SessionDep, api_router

router = api_router("next")
ROUTERS = (router,)


@router.get(
    "/calls/{call_id}",
    operation_id="next_get_for_call",
    summary="What it takes to apply to a call: which networks, by which day, for which of your organisations",
)
async def get_for_call(session: SessionDep, actor: AnyActorDep, call_id: UUID) -> CallGuidance:
    return await call_guidance(session, actor=actor, call_id=call_id)


@router.get(
    "/{kind}/{key}",
    operation_id="next_get",
    summary="What comes next in an application, a handling, a case, a filing or an agreement, and who does it",
)
async def get_next(session: SessionDep, pool: ReadsDep, actor: ActorDep, kind: Guided, key: UUID) -> NextPublic:
    return await next_in(session, pool, actor=actor, kind=kind, key=key)
