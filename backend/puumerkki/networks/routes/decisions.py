"""What a network decides about itself."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep
from puumerkki.kernel.http import IfMatch, SessionDep, api_router, set_etag
from puumerkki.networks.models.decisions import NetworkDecision
from puumerkki.networks.queries import decisions as queries
from puumerkki.networks.routes.within import of_network
from puumerkki.networks.schemas.decisions import (
    DecisionPage,
    DecisionQuery,
    NetworkDecisionPublic,
    ObjectionGiven,
)
from puumerkki.networks.service import decision_votes
from puumerkki.networks.service import decisions as service
from puumerkki.networks.service.decision_views import decision_public

decisions = api_router("networks")


async def decision_response(
    session: SessionDep, actor: ActorDep, response: Response, found: NetworkDecision
) -> NetworkDecisionPublic:
    await session.flush()
    set_etag(response, found)
    return await decision_public(session, actor=actor, of=found)


listing(
    decisions,
    "/{network_id}/decisions",
    "networks_list_decisions",
    "What a network decides about itself, the newest first",
    queries.DECISIONS,
    DecisionPage,
    DecisionQuery,
    within=of_network,
)

action(
    decisions,
    "/{network_id}/decisions",
    "networks_propose_decision",
    "Propose to the network: a rulebook, a chair, a secretary, to rest, to close, to stop deciding",
    service.propose,
    decision_response,
    location="/{network_id}/decisions/{id}",
)


@decisions.get(
    "/{network_id}/decisions/{decision_id}",
    operation_id="networks_get_decision",
    summary="One decision of a network about itself",
)
async def get_decision(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, decision_id: UUID
) -> NetworkDecisionPublic:
    found = await queries.decision(session, actor=actor, network_id=network_id, decision_id=decision_id)
    return await decision_response(session, actor, response, found)


action(
    decisions,
    "/{network_id}/decisions/{decision_id}/votes/{member_id}",
    "networks_vote_on_decision",
    "Vote on it for a member",
    decision_votes.vote,
    decision_response,
    method="PUT",
)

action(
    decisions,
    "/{network_id}/decisions/{decision_id}/confirm",
    "networks_confirm_decision",
    "Confirm it as the second person",
    service.confirm,
    decision_response,
)


@decisions.post(
    "/{network_id}/decisions/{decision_id}/object",
    operation_id="networks_object_to_decision",
    summary="Say that the meeting did not decide so, or that it should not be",
)
async def object_to_decision(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    decision_id: UUID,
    if_match: IfMatch,
    given: ObjectionGiven,
) -> NetworkDecisionPublic:
    found = await service.object_to(
        session,
        actor=actor,
        network_id=network_id,
        decision_id=decision_id,
        if_version=if_match,
        reason=given.reason,
    )
    return await decision_response(session, actor, response, found)


action(
    decisions,
    "/{network_id}/decisions/{decision_id}/drop",
    "networks_drop_decision",
    "Withdraw a proposal",
    service.drop,
    decision_response,
)
