"""What is done with a partner request."""

from puumerkki.access.declare import action
from puumerkki.kernel.http import api_router
from puumerkki.partnerships.routes.partner_requests import answer
from puumerkki.partnerships.service import partner_actions as service
from puumerkki.partnerships.service import preparers, proposals, supplements

router = api_router("partner-requests")
ROUTERS = (router,)


action(
    router,
    "/{request_id}/refer_to_network",
    "partner_requests_refer",
    "Answer that a network's puumerkki is needed first",
    service.refer_to_network,
    answer,
)

action(
    router,
    "/{request_id}/begin",
    "partner_requests_begin",
    "Start preparing, if the gate is open",
    service.begin,
    answer,
)

action(
    router,
    "/{request_id}/name_preparer",
    "partner_requests_name_preparer",
    "Name who prepares the case, and by when it is to be decided",
    preparers.name_preparer,
    answer,
)

action(
    router,
    "/{request_id}/ask_supplement",
    "partner_requests_ask_supplement",
    "Ask the applicant for more",
    supplements.ask_supplement,
    answer,
)

action(
    router,
    "/{request_id}/answer_supplement",
    "partner_requests_answer_supplement",
    "Answer what the officer asked",
    supplements.answer_supplement,
    answer,
)

action(
    router,
    "/{request_id}/close_supplement",
    "partner_requests_close_supplement",
    "Go on without the answer to what was asked",
    supplements.close_supplement,
    answer,
)

action(
    router,
    "/{request_id}/propose",
    "partner_requests_propose_decision",
    "Propose a decision, which a decider confirms or hands back",
    proposals.propose,
    answer,
)

action(
    router,
    "/{request_id}/hand_back",
    "partner_requests_hand_back_proposal",
    "Hand a proposed decision back to its proposer, with a reason",
    proposals.hand_back,
    answer,
)

action(
    router,
    "/{request_id}/decide",
    "partner_requests_decide",
    "Become a partner, if the gate is open",
    service.decide,
    answer,
)

action(
    router,
    "/{request_id}/recall",
    "partner_requests_recall",
    "Return the case from preparation",
    service.recall,
    answer,
)

action(
    router,
    "/{request_id}/answer_none",
    "partner_requests_answer_none",
    "Answer that the authority does not become a partner",
    service.answer_none,
    answer,
)

action(
    router,
    "/{request_id}/not_take_up",
    "partner_requests_not_take_up",
    "Answer that the authority does not take the case up",
    service.not_take_up,
    answer,
)

action(
    router,
    "/{request_id}/keep",
    "partner_requests_keep_decision",
    "Keep a decision under which something has changed",
    service.keep,
    answer,
)

action(
    router,
    "/{request_id}/reopen",
    "partner_requests_reopen",
    "Take a decided case up again",
    service.reopen,
    answer,
)
