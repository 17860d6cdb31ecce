"""Members of a network."""

from functools import partial
from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep, AnyActorDep
from puumerkki.kernel.http import Creating, IfMatch, SessionDep, api_router, set_etag
from puumerkki.networks import queries
from puumerkki.networks.exports import MEMBERS_EXPORTED
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries.listings import MEMBERS
from puumerkki.networks.routes.within import of_network
from puumerkki.networks.schemas.members import (
    MemberCreate,
    MemberDetail,
    MemberPage,
    MemberQuery,
    MemberUpdate,
    NewcomerCreate,
)
from puumerkki.networks.service import members as service
from puumerkki.networks.service import newcomers
from puumerkki.networks.service.views import member_detail

members = api_router("networks")


async def member_response(
    session: SessionDep, actor: AnyActorDep, response: Response, member: NetworkMember
) -> MemberDetail:
    await session.flush()
    set_etag(response, member)
    return await member_detail(session, actor=actor, member=member)


listing(
    members,
    "/{network_id}/members",
    "networks_list_members",
    "Members of a network",
    MEMBERS,
    MemberPage,
    MemberQuery,
    within=of_network,
    exported=MEMBERS_EXPORTED,
)


@members.get("/{network_id}/members/{member_id}", operation_id="networks_get_member", summary="One member")
async def get_member(
    session: SessionDep, actor: AnyActorDep, response: Response, network_id: UUID, member_id: UUID
) -> MemberDetail:
    found = await queries.member(session, actor=actor, network_id=network_id, member_id=member_id)
    return await member_response(session, actor, response, found)


@members.post(
    "/{network_id}/members",
    operation_id="networks_add_member",
    summary="Invite an organisation, or ask to join",
    status_code=201,
    dependencies=[Creating],
)
async def add_member(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, given: MemberCreate
) -> MemberDetail:
    made = await service.add_member(session, actor=actor, network_id=network_id, organisation_id=given.organisation_id)
    response.headers["Location"] = f"/api/v1/networks/{network_id}/members/{made.id}"
    return await member_response(session, actor, response, made)


@members.post(
    "/{network_id}/newcomers",
    operation_id="networks_invite_newcomer",
    summary="Invite an organisation that is not here yet, by its name and its administrator's address",
    description="The organisation is added, unconfirmed, and whoever invites gets no role in it.",
    status_code=201,
    dependencies=[Creating],
)
async def invite_newcomer(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, given: NewcomerCreate
) -> MemberDetail:
    made = await newcomers.invite_newcomer(session, actor=actor, network_id=network_id, given=given)
    response.headers["Location"] = f"/api/v1/networks/{network_id}/members/{made.id}"
    return await member_response(session, actor, response, made)


@members.patch(
    "/{network_id}/members/{member_id}",
    operation_id="networks_update_member",
    summary="Give a member a voting right",
)
async def update_member(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    member_id: UUID,
    if_match: IfMatch,
    given: MemberUpdate,
) -> MemberDetail:
    found = await service.update_member(
        session, actor=actor, network_id=network_id, member_id=member_id, if_version=if_match, votes=given.votes
    )
    return await member_response(session, actor, response, found)


action(
    members,
    "/{network_id}/members/{member_id}/accept",
    "networks_accept_invitation",
    "An invited organisation joins",
    partial(service.act_on_member, action="accept"),
    member_response,
)

action(
    members,
    "/{network_id}/members/{member_id}/approve",
    "networks_approve_member",
    "The network admits an organisation that asked",
    partial(service.act_on_member, action="approve"),
    member_response,
)

action(
    members,
    "/{network_id}/members/{member_id}/refuse",
    "networks_refuse_member",
    "Refuse an invitation, or a request",
    partial(service.act_on_member, action="refuse"),
    member_response,
)

action(
    members,
    "/{network_id}/members/{member_id}/object",
    "networks_object_to_membership",
    "An organisation that a list brought in does not want to be a member",
    partial(service.act_on_member, action="object"),
    member_response,
)

action(
    members,
    "/{network_id}/members/{member_id}/leave",
    "networks_leave_network",
    "An organisation leaves, or withdraws its request",
    partial(service.act_on_member, action="leave"),
    member_response,
)
