"""What a network decides about itself."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.http import ActorDep, ViewerDep
from puumerkki.kernel import reads
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.networks.decision_models import NetworkDecision
from puumerkki.networks.queries import decisions as queries
from puumerkki.networks.queries.known import require_network
from puumerkki.networks.schemas.decisions import (
    DecisionPage,
    DecisionPropose,
    DecisionQuery,
    DecisionVoteGiven,
    NetworkDecisionPublic,
    ObjectionGiven,
)
from puumerkki.networks.service import decision_votes
from puumerkki.networks.service import decisions as service
from puumerkki.networks.service.decision_views import decision_public

decisions = api_router("networks")


async def _shown(
    session: SessionDep, actor: ActorDep, response: Response, found: NetworkDecision
) -> NetworkDecisionPublic:
    await session.flush()
    set_etag(response, found)
    return await decision_public(session, actor=actor, of=found)


@decisions.get(
    "/{network_id}/decisions",
    operation_id="networks_list_decisions",
    summary="What a network decides about itself, the newest first",
    response_model=DecisionPage,
)
async def list_decisions(
    request: Request, pool: ReadsDep, viewer: ViewerDep, network_id: UUID, query: Annotated[DecisionQuery, Query()]
) -> Response:
    await require_network(pool, viewer=viewer, network_id=network_id)
    page = await reads.page(
        pool,
        queries.DECISIONS,
        viewer=viewer,
        filters={"network": network_id, "state": query.state},
        sort="-opened_at",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@decisions.post(
    "/{network_id}/decisions",
    operation_id="networks_propose_decision",
    summary="Propose to the network: a rulebook, a chair, a secretary, to rest, to close, to stop deciding",
    status_code=201,
    dependencies=[Creating],
)
async def propose_decision(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, given: DecisionPropose
) -> NetworkDecisionPublic:
    made = await service.propose(session, actor=actor, network_id=network_id, given=given)
    response.headers["Location"] = f"/api/v1/networks/{network_id}/decisions/{made.id}"
    return await _shown(session, actor, response, made)


@decisions.get(
    "/{network_id}/decisions/{decision_id}",
    operation_id="networks_get_decision",
    summary="One decision of a network about itself",
)
async def get_decision(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, decision_id: UUID
) -> NetworkDecisionPublic:
    found = await queries.decision(session, actor=actor, network_id=network_id, decision_id=decision_id)
    return await _shown(session, actor, response, found)


@decisions.put(
    "/{network_id}/decisions/{decision_id}/votes/{member_id}",
    operation_id="networks_vote_on_decision",
    summary="Vote on it for a member",
)
async def vote_on_decision(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    decision_id: UUID,
    member_id: UUID,
    given: DecisionVoteGiven,
) -> NetworkDecisionPublic:
    found = await decision_votes.vote(
        session, actor=actor, network_id=network_id, decision_id=decision_id, member_id=member_id, given=given
    )
    return await _shown(session, actor, response, found)


@decisions.post(
    "/{network_id}/decisions/{decision_id}/confirm",
    operation_id="networks_confirm_decision",
    summary="Confirm it as the second person",
)
async def confirm_decision(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, decision_id: UUID, if_match: IfMatch
) -> NetworkDecisionPublic:
    found = await service.confirm(
        session, actor=actor, network_id=network_id, decision_id=decision_id, if_version=if_match
    )
    return await _shown(session, actor, response, found)


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
    return await _shown(session, actor, response, found)


@decisions.post(
    "/{network_id}/decisions/{decision_id}/drop",
    operation_id="networks_drop_decision",
    summary="Withdraw a proposal",
)
async def drop_decision(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, decision_id: UUID, if_match: IfMatch
) -> NetworkDecisionPublic:
    found = await service.drop(
        session, actor=actor, network_id=network_id, decision_id=decision_id, if_version=if_match
    )
    return await _shown(session, actor, response, found)
