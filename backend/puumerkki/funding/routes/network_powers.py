"""Taking a mark back, hearing its applicant, and making it last longer."""

from fastapi import Response

from puumerkki.access.actor import Actor
from puumerkki.access.declare import action
from puumerkki.funding.models.handlings import Handling
from puumerkki.funding.schemas.handlings import HandlingPublic
from puumerkki.funding.service import asking_again, prolongations, revocations
from puumerkki.funding.service.shown import show_handling
from puumerkki.kernel.http import SessionDep, api_router, set_etag

powers = api_router("handlings")

ROUTERS = (powers,)


async def _answer(session: SessionDep, actor: Actor, response: Response, handling: Handling) -> HandlingPublic:
    shown = await show_handling(session, actor=actor, handling=handling)
    set_etag(response, handling)
    return HandlingPublic.model_validate(shown)


action(
    powers,
    "/{handling_id}/revocations",
    "handlings_propose_revocation",
    "Propose to revoke the puumerkki: by ballot, by a meeting's decision, or for cause",
    revocations.propose,
    _answer,
    location="/{id}",
)

action(
    powers,
    "/{handling_id}/ask_again",
    "handlings_ask_again",
    "Ask the network again about the same version, after a call that had ended was prolonged",
    asking_again.ask_again,
    _answer,
)

action(
    powers,
    "/{handling_id}/revocation/view",
    "handlings_state_view",
    "Say, as the applicant, what you think of revoking the puumerkki",
    revocations.state_view,
    _answer,
    method="PUT",
)

action(
    powers,
    "/{handling_id}/revocation/confirm",
    "handlings_confirm_revocation",
    "Revoke the puumerkki, as the second person",
    revocations.confirm,
    _answer,
)

action(
    powers,
    "/{handling_id}/revocation/drop",
    "handlings_drop_revocation",
    "Leave the puumerkki as it is",
    revocations.drop,
    _answer,
)

action(
    powers,
    "/{handling_id}/prolongations",
    "handlings_propose_prolongation",
    "Propose a later last day for the puumerkki",
    prolongations.propose,
    _answer,
    location="/{id}",
)

action(
    powers,
    "/{handling_id}/prolongation/confirm",
    "handlings_confirm_prolongation",
    "Give the puumerkki its later last day, as the second person",
    prolongations.confirm,
    _answer,
)

action(
    powers,
    "/{handling_id}/prolongation/drop",
    "handlings_drop_prolongation",
    "Leave the puumerkki's last day as it is",
    prolongations.drop,
    _answer,
)
