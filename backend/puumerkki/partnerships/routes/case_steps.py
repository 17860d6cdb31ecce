"""What is done with a partner request."""

from puumerkki.access.declare import action
from puumerkki.kernel.http import api_router
from puumerkki.partnerships.routes.partner_requests import answer
from puumerkki.partnerships.service import partner_actions as service
from puumerkki.partnerships.service import proposals

router = api_router("partner-requests")
ROUTERS = (router,)


action(
    router,
    "/{request_id}/refer_to_network",
    "funding_refer_partner_request",
    "Answer that a network's puumerkki is needed first",
    service.refer_to_network,
    answer,
)

action(
    router,
    "/{request_id}/begin",
    "funding_begin_partner_request",
    "Start preparing, if the gate is open",
    service.begin,
    answer,
)

action(
    router,
    "/{request_id}/ask_supplement",
    "funding_ask_supplement",
    "Ask the applicant for more",
    service.ask_supplement,
    answer,
)

action(
    router,
    "/{request_id}/answer_supplement",
    "funding_answer_supplement",
    "Answer what the officer asked",
    service.answer_supplement,
    answer,
)

action(
    router,
    "/{request_id}/close_supplement",
    "funding_close_supplement",
    "Go on without the answer to what was asked",
    service.close_supplement,
    answer,
)

action(
    router,
    "/{request_id}/propose",
    "funding_propose_decision",
    "Propose a decision, which a decider confirms or hands back",
    proposals.propose,
    answer,
)

action(
    router,
    "/{request_id}/hand_back",
    "funding_hand_back_proposal",
    "Hand a proposed decision back to its proposer, with a reason",
    proposals.hand_back,
    answer,
)

action(
    router,
    "/{request_id}/decide",
    "funding_decide_partner_request",
    "Become a partner, if the gate is open",
    service.decide,
    answer,
)

action(
    router,
    "/{request_id}/recall",
    "funding_recall_partner_request",
    "Return the case from preparation",
    service.recall,
    answer,
)

action(
    router,
    "/{request_id}/answer_none",
    "funding_answer_none",
    "Answer that the authority does not become a partner",
    service.answer_none,
    answer,
)

action(
    router,
    "/{request_id}/not_take_up",
    "funding_not_take_up",
    "Answer that the authority does not take the case up",
    service.not_take_up,
    answer,
)

action(
    router,
    "/{request_id}/keep",
    "funding_keep_decision",
    "Keep a decision under which something has changed",
    service.keep,
    answer,
)

action(
    router,
    "/{request_id}/reopen",
    "funding_reopen_partner_request",
    "Take a decided case up again",
    service.reopen,
    answer,
)
