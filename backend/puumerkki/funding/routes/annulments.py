"""Annulling a ballot, by two persons."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep
from puumerkki.funding.models.handlings import Handling
from puumerkki.funding.schemas.handlings import AnnulmentGiven, HandlingPublic
from puumerkki.funding.service import annulments
from puumerkki.funding.service.shown import show_handling
from puumerkki.kernel.http import IfMatch, SessionDep, api_router, set_etag

router = api_router("handlings")

ROUTERS = (router,)


async def _answer(session: SessionDep, response: Response, actor: Actor, handling: Handling) -> HandlingPublic:
    shown = await show_handling(session, actor=actor, handling=handling)
    set_etag(response, handling)
    return HandlingPublic.model_validate(shown)


@router.post(
    "/{handling_id}/annul_ballot",
    operation_id="handlings_annul_ballot",
    summary="Propose to annul a ballot that went wrong; a second person confirms it",
)
async def annul_ballot(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    handling_id: UUID,
    if_match: IfMatch,
    given: AnnulmentGiven,
) -> HandlingPublic:
    found = await annulments.propose(session, actor=actor, handling_id=handling_id, if_version=if_match, given=given)
    return await _answer(session, response, actor, found)


@router.post(
    "/{handling_id}/annulment/confirm",
    operation_id="handlings_confirm_annulment",
    summary="Confirm, as a second person, that a ballot is annulled",
)
async def confirm_annulment(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch
) -> HandlingPublic:
    found = await annulments.confirm(session, actor=actor, handling_id=handling_id, if_version=if_match)
    return await _answer(session, response, actor, found)


@router.post(
    "/{handling_id}/annulment/drop",
    operation_id="handlings_drop_annulment",
    summary="Drop the proposal to annul a ballot",
)
async def drop_annulment(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch
) -> HandlingPublic:
    found = await annulments.drop(session, actor=actor, handling_id=handling_id, if_version=if_match)
    return await _answer(session, response, actor, found)
