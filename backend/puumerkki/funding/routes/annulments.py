"""Annulling a ballot, by two persons."""

from fastapi import Response

from puumerkki.access.actor import Actor
from puumerkki.access.declare import action
from puumerkki.funding.models.handlings import Handling
from puumerkki.funding.schemas.handlings import HandlingPublic
from puumerkki.funding.service import annulments
from puumerkki.funding.service.shown import show_handling
from puumerkki.kernel.http import SessionDep, api_router, set_etag

router = api_router("handlings")

ROUTERS = (router,)


async def _answer(session: SessionDep, actor: Actor, response: Response, handling: Handling) -> HandlingPublic:
    shown = await show_handling(session, actor=actor, handling=handling)
    set_etag(response, handling)
    return HandlingPublic.model_validate(shown)


action(
    router,
    "/{handling_id}/annul_ballot",
    "handlings_annul_ballot",
    "Propose to annul a ballot that went wrong; a second person confirms it",
    annulments.propose,
    _answer,
)

action(
    router,
    "/{handling_id}/annulment/confirm",
    "handlings_confirm_annulment",
    "Confirm, as a second person, that a ballot is annulled",
    annulments.confirm,
    _answer,
)

action(
    router,
    "/{handling_id}/annulment/drop",
    "handlings_drop_annulment",
    "Drop the proposal to annul a ballot",
    annulments.drop,
    _answer,
)
