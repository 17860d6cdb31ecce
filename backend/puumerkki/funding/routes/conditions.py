"""Conditions that are called met, and what changed since the puumerkki was given."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep
from puumerkki.funding.models.handlings import Handling
from puumerkki.funding.schemas.conditions import ClaimAnswerGiven, ClaimSettled, ConditionsMet, MarkChanges
from puumerkki.funding.schemas.handlings import HandlingPublic
from puumerkki.funding.service import claims
from puumerkki.funding.service.shown import show_changes, show_handling
from puumerkki.kernel.http import IfMatch, SessionDep, api_router, set_etag

router = api_router("handlings")

ROUTERS = (router,)


async def _answer(session: SessionDep, response: Response, actor: Actor, handling: Handling) -> HandlingPublic:
    shown = await show_handling(session, actor=actor, handling=handling)
    set_etag(response, handling)
    return HandlingPublic.model_validate(shown)


@router.get(
    "/{handling_id}/changes",
    operation_id="handlings_list_changes",
    summary="The parts that changed since the puumerkki was given, and which of them may",
)
async def list_changes(session: SessionDep, actor: ActorDep, handling_id: UUID) -> MarkChanges:
    return MarkChanges.model_validate(await show_changes(session, actor=actor, handling_id=handling_id))


@router.post(
    "/{handling_id}/confirm_conditions",
    operation_id="handlings_confirm_conditions",
    summary="Say which conditions of the puumerkki are met; the members whose conditions they are can object",
)
async def confirm_conditions(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch, given: ConditionsMet
) -> HandlingPublic:
    found = await claims.claim(session, actor=actor, handling_id=handling_id, if_version=if_match, given=given)
    return await _answer(session, response, actor, found)


@router.put(
    "/{handling_id}/conditions_claim/answers/{member_id}",
    operation_id="handlings_answer_conditions_claim",
    summary="Say for a member whether its condition is met",
)
async def answer_claim(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    handling_id: UUID,
    member_id: UUID,
    given: ClaimAnswerGiven,
) -> HandlingPublic:
    found = await claims.answer(session, actor=actor, handling_id=handling_id, member_id=member_id, given=given)
    return await _answer(session, response, actor, found)


@router.post(
    "/{handling_id}/conditions_claim/settle",
    operation_id="handlings_settle_conditions_claim",
    summary="Say, as a second person, whether conditions are met to which a member objects",
)
async def settle_claim(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch, given: ClaimSettled
) -> HandlingPublic:
    found = await claims.settle(session, actor=actor, handling_id=handling_id, if_version=if_match, given=given)
    return await _answer(session, response, actor, found)


@router.post(
    "/{handling_id}/conditions_claim/drop",
    operation_id="handlings_drop_conditions_claim",
    summary="Withdraw that conditions are met",
)
async def drop_claim(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch
) -> HandlingPublic:
    found = await claims.drop(session, actor=actor, handling_id=handling_id, if_version=if_match)
    return await _answer(session, response, actor, found)
