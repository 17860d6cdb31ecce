"""Who speaks for a member, and who leads a network."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.actor import Caller
from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep
from puumerkki.kernel.http import IfMatch, ReadsDep, SessionDep, api_router, set_etag
from puumerkki.networks.queries.listings import MEMBER_PEOPLE, OFFICERS
from puumerkki.networks.queries.lookups import member_organisation
from puumerkki.networks.routes.within import of_network
from puumerkki.networks.schemas.members import (
    RepresentativeName,
    RepresentativePublic,
    RepresentativeRole,
    SpeakerPage,
    SpeakerQuery,
)
from puumerkki.networks.schemas.networks import OfficerPage, OfficerQuery, OfficerRole
from puumerkki.networks.service import people as service

people = api_router("networks")


async def _of_member(pool: ReadsDep, caller: Caller, network_id: UUID, member_id: UUID) -> dict[str, UUID]:
    organisation_id = await member_organisation(pool, caller=caller, network_id=network_id, member_id=member_id)
    return {"network": network_id, "organisation": organisation_id}


listing(
    people,
    "/{network_id}/members/{member_id}/people",
    "networks_list_member_people",
    "Who speaks for a member",
    MEMBER_PEOPLE,
    SpeakerPage,
    SpeakerQuery,
    within=_of_member,
)


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
    given: RepresentativeName,
) -> RepresentativePublic:
    return await _name(
        session, actor, response, network_id, member_id, RepresentativeRole.representative, if_match, given
    )


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
    given: RepresentativeName,
) -> RepresentativePublic:
    return await _name(session, actor, response, network_id, member_id, RepresentativeRole.deputy, if_match, given)


async def _name(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    network_id: UUID,
    member_id: UUID,
    role: RepresentativeRole,
    if_match: int | None,
    given: RepresentativeName,
) -> RepresentativePublic:
    member, named = await service.name_representative(
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
    await service.remove_representative(
        session,
        actor=actor,
        network_id=network_id,
        member_id=member_id,
        role=RepresentativeRole.representative,
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
    await service.remove_representative(
        session,
        actor=actor,
        network_id=network_id,
        member_id=member_id,
        role=RepresentativeRole.deputy,
        if_version=if_match,
    )


listing(
    people,
    "/{network_id}/officers",
    "networks_list_officers",
    "Who leads a network's work, its meetings, its records",
    OFFICERS,
    OfficerPage,
    OfficerQuery,
    within=of_network,
)


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


action(
    people,
    "/{network_id}/officers/{role}/{principal_id}",
    "networks_remove_officer",
    "Take an office from somebody",
    service.remove_officer,
    None,
    method="DELETE",
)
