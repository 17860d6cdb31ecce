"""Taking an endorsement back, hearing its applicant, and making it last longer."""

from puumerkki.access.declare import action
from puumerkki.handlings.routes.responses import answer
from puumerkki.handlings.service import asking_again, prolongations, revocations
from puumerkki.kernel.http import api_router

powers = api_router("handlings")

ROUTERS = (powers,)


action(
    powers,
    "/{handling_id}/revocations",
    "handlings_propose_revocation",
    "Propose to revoke the puumerkki: by ballot, by a meeting's decision, or for cause",
    revocations.propose,
    answer,
    location="/{id}",
)

action(
    powers,
    "/{handling_id}/ask_again",
    "handlings_ask_again",
    "Ask the network again about the same version, after a call that had ended was prolonged",
    asking_again.ask_again,
    answer,
)

action(
    powers,
    "/{handling_id}/revocation/view",
    "handlings_state_view",
    "Say, as the applicant, what you think of revoking the puumerkki",
    revocations.state_view,
    answer,
    method="PUT",
)

action(
    powers,
    "/{handling_id}/revocation/confirm",
    "handlings_confirm_revocation",
    "Revoke the puumerkki, as the second person",
    revocations.confirm,
    answer,
)

action(
    powers,
    "/{handling_id}/revocation/drop",
    "handlings_drop_revocation",
    "Leave the puumerkki as it is",
    revocations.drop,
    answer,
)

action(
    powers,
    "/{handling_id}/prolongations",
    "handlings_propose_prolongation",
    "Propose a later last day for the puumerkki",
    prolongations.propose,
    answer,
    location="/{id}",
)

action(
    powers,
    "/{handling_id}/prolongation/confirm",
    "handlings_confirm_prolongation",
    "Give the puumerkki its later last day, as the second person",
    prolongations.confirm,
    answer,
)

action(
    powers,
    "/{handling_id}/prolongation/drop",
    "handlings_drop_prolongation",
    "Leave the puumerkki's last day as it is",
    prolongations.drop,
    answer,
)
