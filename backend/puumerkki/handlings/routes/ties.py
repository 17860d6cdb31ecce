"""Ties in dispute in a network's handling, and who leads instead of somebody who is tied."""

from typing import Any
from uuid import UUID

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep, AnyActorDep
from puumerkki.disqualification.schemas.ties import HandlingTiesPublic, LeadGiven, TieRaised
from puumerkki.disqualification.service import tie_questions
from puumerkki.disqualification.service.tie_views import show_ties
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.service import leads
from puumerkki.handlings.service.lead_views import show_lead
from puumerkki.handlings.ties import TIES
from puumerkki.kernel.http import SessionDep, api_router

handlings = api_router("handlings", tag="ties")

ROUTERS = (handlings,)


async def _of_handling(session: SessionDep, actor: Actor, handling_id: UUID) -> HandlingTiesPublic:
    await session.flush()
    handling = await queries.handling(session, actor, handling_id)
    shown: dict[str, Any] = await show_ties(session, actor, queries.tie_case(handling))
    return HandlingTiesPublic.model_validate(shown | {"lead": await show_lead(session, actor, handling)})


@handlings.get(
    "/{handling_id}/ties",
    operation_id="ties_get_of_handling",
    summary="Who is tied in a network's handling, or said to be",
)
async def get_of_handling(session: SessionDep, actor: AnyActorDep, handling_id: UUID) -> HandlingTiesPublic:
    return await _of_handling(session, actor, handling_id)


@handlings.post(
    "/{handling_id}/ties",
    operation_id="ties_raise_in_handling",
    summary="Say that somebody is tied to an applicant, or dispute a tie of your own",
)
async def raise_in_handling(
    session: SessionDep, actor: ActorDep, handling_id: UUID, given: TieRaised
) -> HandlingTiesPublic:
    await tie_questions.raise_in(session, actor=actor, kind=TIES, case_id=handling_id, given=given)
    return await _of_handling(session, actor, handling_id)


@handlings.post(
    "/{handling_id}/lead",
    operation_id="ties_choose_lead",
    summary="Choose who leads, where everybody in office is tied; two representatives do",
)
async def choose_lead(session: SessionDep, actor: ActorDep, handling_id: UUID, given: LeadGiven) -> HandlingTiesPublic:
    await leads.choose(session, actor=actor, handling_id=handling_id, given=given)
    return await _of_handling(session, actor, handling_id)
