"""Removing a member and taking its vote, by two persons and after the member was heard."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep
from puumerkki.kernel.http import IfMatch, SessionDep, api_router
from puumerkki.networks.models.proposals import ProposalKind
from puumerkki.networks.routes.members import member_response
from puumerkki.networks.schemas.members import MemberDetail
from puumerkki.networks.schemas.proposals import MemberView, ProposalDrop, ProposalMade
from puumerkki.networks.service import proposals as service

proposals = api_router("networks")


@proposals.post(
    "/{network_id}/members/{member_id}/remove",
    operation_id="networks_remove_member",
    summary="Propose to remove a member, or withdraw an invitation",
)
async def remove_member(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    member_id: UUID,
    if_match: IfMatch,
    given: ProposalMade,
) -> MemberDetail:
    return await _propose(session, actor, response, network_id, member_id, ProposalKind.remove, if_match, given.reason)


@proposals.post(
    "/{network_id}/members/{member_id}/take_vote",
    operation_id="networks_take_vote",
    summary="Propose to take a member's vote",
)
async def take_vote(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    member_id: UUID,
    if_match: IfMatch,
    given: ProposalMade,
) -> MemberDetail:
    return await _propose(
        session, actor, response, network_id, member_id, ProposalKind.take_vote, if_match, given.reason
    )


async def _propose(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    member_id: UUID,
    kind: ProposalKind,
    if_match: int | None,
    reason: str,
) -> MemberDetail:
    found = await service.propose(
        session,
        actor=actor,
        network_id=network_id,
        member_id=member_id,
        kind=kind,
        if_version=if_match,
        reason=reason,
    )
    return await member_response(session, actor, response, found)


@proposals.put(
    "/{network_id}/members/{member_id}/proposal/view",
    operation_id="networks_state_member_view",
    summary="State the member's view of what is proposed about it",
)
async def state_view(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, member_id: UUID, given: MemberView
) -> MemberDetail:
    found = await service.state_view(session, actor=actor, network_id=network_id, member_id=member_id, view=given.view)
    return await member_response(session, actor, response, found)


action(
    proposals,
    "/{network_id}/members/{member_id}/proposal/confirm",
    "networks_confirm_member_proposal",
    "Confirm as the second person what is proposed about a member",
    service.confirm,
    member_response,
)


@proposals.post(
    "/{network_id}/members/{member_id}/proposal/drop",
    operation_id="networks_drop_member_proposal",
    summary="Drop what is proposed about a member",
)
async def drop_proposal(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    member_id: UUID,
    if_match: IfMatch,
    given: ProposalDrop,
) -> MemberDetail:
    found = await service.drop(
        session,
        actor=actor,
        network_id=network_id,
        member_id=member_id,
        if_version=if_match,
        reason=given.reason,
    )
    return await member_response(session, actor, response, found)
