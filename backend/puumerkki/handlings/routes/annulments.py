"""Annulling a ballot, by two persons."""

from puumerkki.access.declare import action
from puumerkki.handlings.routes.responses import answer
from puumerkki.handlings.service import annulments
from puumerkki.kernel.http import api_router

router = api_router("handlings")

ROUTERS = (router,)


action(
    router,
    "/{handling_id}/annul_ballot",
    "handlings_annul_ballot",
    "Propose to annul a ballot that went wrong; a second person confirms it",
    annulments.propose,
    answer,
)

action(
    router,
    "/{handling_id}/annulment/confirm",
    "handlings_confirm_annulment",
    "Confirm, as a second person, that a ballot is annulled",
    annulments.confirm,
    answer,
)

action(
    router,
    "/{handling_id}/annulment/drop",
    "handlings_drop_annulment",
    "Drop the proposal to annul a ballot",
    annulments.drop,
    answer,
)
