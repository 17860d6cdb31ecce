"""What is done with the policies that concern a partner request."""

from puumerkki.access.declare import action
from puumerkki.kernel.http import api_router
from puumerkki.partnerships.routes.partner_requests import answer
from puumerkki.partnerships.service import gate_actions as service

router = api_router("partner-requests")
ROUTERS = (router,)
_REQUIREMENT = "/{request_id}/requirements/{requirement_id}"


action(
    router,
    "/{request_id}/bring",
    "partner_requests_bring_under_policy",
    "Say that a puumerkki requirement of the authority concerns a case",
    service.bring,
    answer,
)

action(
    router,
    f"{_REQUIREMENT}/release",
    "partner_requests_release_requirement",
    "Say that a puumerkki requirement need not be met in a case",
    service.release,
    answer,
)

action(
    router,
    f"{_REQUIREMENT}/undo",
    "partner_requests_undo_requirement",
    "Undo that a puumerkki requirement was added, released or waived",
    service.undo,
    answer,
)

action(
    router,
    f"{_REQUIREMENT}/waive",
    "partner_requests_waive_requirement",
    "Go on without a puumerkki that is required",
    service.waive,
    answer,
)

action(
    router,
    f"{_REQUIREMENT}/network_view",
    "partner_requests_give_network_view",
    "Say what the network thinks of a waiver",
    service.give_view,
    answer,
)
