"""Members of a network."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.http import ActorDep, AnyActorDep, ViewerDep
from puumerkki.kernel import reads
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.networks import queries
from puumerkki.networks.models import NetworkMember
from puumerkki.networks.queries.known import require_network
from puumerkki.networks.queries.listings import MEMBERS
from puumerkki.networks.schemas.members import (
    MemberCreate,
    MemberDetail,
    MemberPage,
    MemberQuery,
    MemberUpdate,
)
from puumerkki.networks.service import members as service
from puumerkki.networks.service.member_sheet import members_sheet
from puumerkki.networks.service.views import member_detail

members = api_router("networks")


async def shown(session: SessionDep, actor: AnyActorDep, response: Response, member: NetworkMember) -> MemberDetail:
    await session.flush()
    set_etag(response, member)
    return await member_detail(session, actor=actor, member=member)


@members.get(
    "/{network_id}/members",
    operation_id="networks_list_members",
    summary="Members of a network",
    response_model=MemberPage,
)
async def list_members(
    request: Request, pool: ReadsDep, viewer: ViewerDep, network_id: UUID, query: Annotated[MemberQuery, Query()]
) -> Response:
    await require_network(pool, viewer=viewer, network_id=network_id)
    page = await reads.page(
        pool,
        MEMBERS,
        viewer=viewer,
        filters={"network": network_id, "state": query.state},
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@members.get(
    "/{network_id}/members.csv",
    operation_id="networks_export_members",
    summary="The active members as a table",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def export_members(session: SessionDep, network_id: UUID) -> Response:
    sheet = await members_sheet(session, network_id=network_id)
    headers = {"Content-Disposition": 'attachment; filename="members.csv"'}
    return Response(sheet, media_type="text/csv; charset=utf-8", headers=headers)


@members.get("/{network_id}/members/{member_id}", operation_id="networks_get_member", summary="One member")
async def get_member(
    session: SessionDep, actor: AnyActorDep, response: Response, network_id: UUID, member_id: UUID
) -> MemberDetail:
    found = await queries.member(session, actor=actor, network_id=network_id, member_id=member_id)
    return await shown(session, actor, response, found)


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
    return await shown(session, actor, response, made)


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
    return await shown(session, actor, response, found)


@members.post(
    "/{network_id}/members/{member_id}/accept",
    operation_id="networks_accept_invitation",
    summary="An invited organisation joins",
)
async def accept_invitation(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, member_id: UUID, if_match: IfMatch
) -> MemberDetail:
    return await _act(session, actor, response, network_id, member_id, "accept", if_match)


@members.post(
    "/{network_id}/members/{member_id}/approve",
    operation_id="networks_approve_member",
    summary="The network admits an organisation that asked",
)
async def approve_member(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, member_id: UUID, if_match: IfMatch
) -> MemberDetail:
    return await _act(session, actor, response, network_id, member_id, "approve", if_match)


@members.post(
    "/{network_id}/members/{member_id}/refuse",
    operation_id="networks_refuse_member",
    summary="Refuse an invitation, or a request",
)
async def refuse_member(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, member_id: UUID, if_match: IfMatch
) -> MemberDetail:
    return await _act(session, actor, response, network_id, member_id, "refuse", if_match)


@members.post(
    "/{network_id}/members/{member_id}/object",
    operation_id="networks_object_to_membership",
    summary="An organisation that a list brought in does not want to be a member",
)
async def object_to_membership(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, member_id: UUID, if_match: IfMatch
) -> MemberDetail:
    return await _act(session, actor, response, network_id, member_id, "object", if_match)


@members.post(
    "/{network_id}/members/{member_id}/leave",
    operation_id="networks_leave_network",
    summary="An organisation leaves, or withdraws its request",
)
async def leave_network(
    session: SessionDep, actor: ActorDep, response: Response, network_id: UUID, member_id: UUID, if_match: IfMatch
) -> MemberDetail:
    return await _act(session, actor, response, network_id, member_id, "leave", if_match)


async def _act(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    member_id: UUID,
    action: str,
    if_match: int | None,
) -> MemberDetail:
    found = await service.act_on_member(
        session,
        actor=actor,
        network_id=network_id,
        member_id=member_id,
        action=action,
        if_version=if_match,
    )
    return await shown(session, actor, response, found)
