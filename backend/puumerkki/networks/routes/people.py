"""Who speaks for a member, and who leads a network."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.http import ActorDep, ViewerDep
from puumerkki.kernel import reads
from puumerkki.kernel.http import IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.networks.queries.known import member_organisation, require_network
from puumerkki.networks.queries.listings import MEMBER_PEOPLE, OFFICERS
from puumerkki.networks.schemas.members import SpeakerPage, SpeakerQuery, VoiceName, VoicePublic, VoiceRole
from puumerkki.networks.schemas.networks import OfficerPage, OfficerQuery, OfficerRole
from puumerkki.networks.service import people as service

people = api_router("networks")


@people.get(
    "/{network_id}/members/{member_id}/people",
    operation_id="networks_list_member_people",
    summary="Who speaks for a member",
    response_model=SpeakerPage,
)
async def list_member_people(
    request: Request,
    pool: ReadsDep,
    viewer: ViewerDep,
    network_id: UUID,
    member_id: UUID,
    query: Annotated[SpeakerQuery, Query()],
) -> Response:
    organisation_id = await member_organisation(pool, viewer=viewer, network_id=network_id, member_id=member_id)
    page = await reads.page(
        pool,
        MEMBER_PEOPLE,
        viewer=viewer,
        filters={"network": network_id, "organisation": organisation_id},
        sort="role",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@people.put(
    "/{network_id}/members/{member_id}/representative",
    operation_id="networks_name_representative",
    summary="Name who speaks and votes for a member",
)
async def name_representative(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    member_id: UUID,
    if_match: IfMatch,
    given: VoiceName,
) -> VoicePublic:
    return await _name(session, actor, response, network_id, member_id, VoiceRole.representative, if_match, given)


@people.put(
    "/{network_id}/members/{member_id}/deputy",
    operation_id="networks_name_deputy",
    summary="Name who speaks and votes in the representative's place",
)
async def name_deputy(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    member_id: UUID,
    if_match: IfMatch,
    given: VoiceName,
) -> VoicePublic:
    return await _name(session, actor, response, network_id, member_id, VoiceRole.deputy, if_match, given)


async def _name(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    member_id: UUID,
    role: VoiceRole,
    if_match: int | None,
    given: VoiceName,
) -> VoicePublic:
    member, named = await service.name_voice(
        session,
        actor=actor,
        network_id=network_id,
        member_id=member_id,
        role=role,
        if_version=if_match,
        given=given,
    )
    await session.flush()
    set_etag(response, member)
    return named


@people.delete(
    "/{network_id}/members/{member_id}/representative",
    operation_id="networks_remove_representative",
    summary="A member has no representative any more",
    status_code=204,
)
async def remove_representative(
    session: SessionDep, actor: ActorDep, network_id: UUID, member_id: UUID, if_match: IfMatch
) -> None:
    await service.remove_voice(
        session,
        actor=actor,
        network_id=network_id,
        member_id=member_id,
        role=VoiceRole.representative,
        if_version=if_match,
    )


@people.delete(
    "/{network_id}/members/{member_id}/deputy",
    operation_id="networks_remove_deputy",
    summary="A member has no deputy any more",
    status_code=204,
)
async def remove_deputy(
    session: SessionDep, actor: ActorDep, network_id: UUID, member_id: UUID, if_match: IfMatch
) -> None:
    await service.remove_voice(
        session,
        actor=actor,
        network_id=network_id,
        member_id=member_id,
        role=VoiceRole.deputy,
        if_version=if_match,
    )


@people.get(
    "/{network_id}/officers",
    operation_id="networks_list_officers",
    summary="Who leads a network's work, its meetings, its records",
    response_model=OfficerPage,
)
async def list_officers(
    request: Request, pool: ReadsDep, viewer: ViewerDep, network_id: UUID, query: Annotated[OfficerQuery, Query()]
) -> Response:
    await require_network(pool, viewer=viewer, network_id=network_id)
    page = await reads.page(
        pool,
        OFFICERS,
        viewer=viewer,
        filters={"network": network_id},
        sort="role",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@people.put(
    "/{network_id}/officers/{role}/{principal_id}",
    operation_id="networks_name_officer",
    summary="Give somebody an office",
    status_code=204,
)
async def name_officer(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    role: OfficerRole,
    principal_id: UUID,
    if_match: IfMatch,
) -> None:
    network = await service.name_officer(
        session, actor=actor, network_id=network_id, role=role, principal_id=principal_id, if_version=if_match
    )
    set_etag(response, network)


@people.delete(
    "/{network_id}/officers/{role}/{principal_id}",
    operation_id="networks_remove_officer",
    summary="Take an office from somebody",
    status_code=204,
)
async def remove_officer(
    session: SessionDep,
    actor: ActorDep,
    network_id: UUID,
    role: OfficerRole,
    principal_id: UUID,
    if_match: IfMatch,
) -> None:
    await service.remove_officer(
        session, actor=actor, network_id=network_id, role=role, principal_id=principal_id, if_version=if_match
    )
