"""Ties in dispute, in a network's and in an authority's case, and who leads instead of somebody who is tied."""

from typing import Any
from uuid import UUID

from puumerkki.access.actor import Actor
from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep, AnyActorDep
from puumerkki.funding.queries import handlings as handling_queries
from puumerkki.funding.queries.partner_requests import readable_request
from puumerkki.funding.queries.tie_questions import TieCase
from puumerkki.funding.schemas.ties import HandlingTiesPublic, LeadGiven, TieRaised, TiesPublic
from puumerkki.funding.service import leads, tie_questions
from puumerkki.funding.service.tie_views import show_lead, show_ties
from puumerkki.kernel.http import SessionDep, api_router

handlings = api_router("handlings", tag="ties")
requests = api_router("partner-requests", tag="ties")
questions = api_router("tie-questions", tag="ties")

ROUTERS = (handlings, requests, questions)


async def _of_handling(session: SessionDep, actor: Actor, handling_id: UUID) -> HandlingTiesPublic:
    await session.flush()
    handling = await handling_queries.handling(session, actor, handling_id)
    shown: dict[str, Any] = await show_ties(session, actor, TieCase(handling))
    return HandlingTiesPublic.model_validate(shown | {"lead": await show_lead(session, actor, handling)})


async def _of_request(session: SessionDep, actor: Actor, request_id: UUID) -> TiesPublic:
    await session.flush()
    request = await readable_request(session, actor, request_id)
    return TiesPublic.model_validate(await show_ties(session, actor, TieCase(request)))


@handlings.get(
    "/{handling_id}/ties",
    operation_id="ties_get_of_handling",
    summary="Who is tied in a network's case, or said to be",
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
    await tie_questions.raise_in_handling(session, actor=actor, handling_id=handling_id, given=given)
    return await _of_handling(session, actor, handling_id)


@handlings.post(
    "/{handling_id}/lead",
    operation_id="ties_choose_lead",
    summary="Choose who leads, where everybody in office is tied; two representatives do",
)
async def choose_lead(session: SessionDep, actor: ActorDep, handling_id: UUID, given: LeadGiven) -> HandlingTiesPublic:
    await leads.choose(session, actor=actor, handling_id=handling_id, given=given)
    return await _of_handling(session, actor, handling_id)


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
    await tie_questions.raise_in_request(session, actor=actor, request_id=request_id, given=given)
    return await _of_request(session, actor, request_id)


action(
    questions,
    "/{question_id}/settlement",
    "ties_settle",
    "Settle, as a second person, whether somebody is tied",
    tie_questions.settle,
    None,
    method="PUT",
)

action(
    questions,
    "/{question_id}/answer",
    "ties_answer",
    "Answer what is said about a tie of your own",
    tie_questions.answer,
    None,
    method="PUT",
)
