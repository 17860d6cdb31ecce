"""Ties in dispute in an authority's case."""

from uuid import UUID

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep, AnyActorDep
from puumerkki.disqualification.schemas.ties import TieRaised, TiesPublic
from puumerkki.disqualification.service import tie_questions
from puumerkki.disqualification.service.tie_views import show_ties
from puumerkki.kernel.http import SessionDep, api_router
from puumerkki.partnerships.ties import TIES

requests = api_router("partner-requests", tag="ties")

ROUTERS = (requests,)


async def _of_request(session: SessionDep, actor: Actor, request_id: UUID) -> TiesPublic:
    await session.flush()
    case = await TIES.readable(session, actor, request_id)
    return TiesPublic.model_validate(await show_ties(session, actor, case))


@requests.get(
    "/{request_id}/ties",
    operation_id="ties_get_of_request",
    summary="Who is tied in an authority's case, or said to be",
)
async def get_of_request(session: SessionDep, actor: AnyActorDep, request_id: UUID) -> TiesPublic:
    return await _of_request(session, actor, request_id)


@requests.post(
    "/{request_id}/ties",
    operation_id="ties_raise_in_request",
    summary="Say that an officer or decider is tied to an applicant, or dispute a tie of your own",
)
async def raise_in_request(session: SessionDep, actor: ActorDep, request_id: UUID, given: TieRaised) -> TiesPublic:
    await tie_questions.raise_in(session, actor=actor, kind=TIES, case_id=request_id, given=given)
    return await _of_request(session, actor, request_id)
