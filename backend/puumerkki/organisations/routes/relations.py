"""How organisations stand to each other."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep
from puumerkki.kernel.http import Creating, IfMatch, SessionDep, api_router, set_etag
from puumerkki.organisations import queries
from puumerkki.organisations.models.organisations import OrganisationRelation
from puumerkki.organisations.queries.people import RELATIONS
from puumerkki.organisations.routes.within import of_organisation
from puumerkki.organisations.schemas.organisations import OrganisationName
from puumerkki.organisations.schemas.relations import (
    RelationCreate,
    RelationPage,
    RelationPublic,
    RelationQuery,
    RelationUpdate,
)
from puumerkki.organisations.service import relations as service

router = api_router("organisations")


async def _public(session: SessionDep, response: Response, relation: OrganisationRelation) -> RelationPublic:
    await session.flush()
    set_etag(response, relation)
    first = await queries.organisation(session, relation.organisation_id)
    other = await queries.organisation(session, relation.other_id)
    return RelationPublic(
        id=relation.id,
        organisation=OrganisationName.model_validate(first),
        other=OrganisationName.model_validate(other),
        kind=relation.kind,
        starts_on=relation.starts_on,
        ends_on=relation.ends_on,
        accepted_at=relation.accepted_at,
        version=relation.version,
    )


listing(
    router,
    "/{organisation_id}/relations",
    "organisations_list_relations",
    "Relations from and to the organisation",
    RELATIONS,
    RelationPage,
    RelationQuery,
    within=of_organisation,
)


@router.post(
    "/{organisation_id}/relations",
    operation_id="organisations_create_relation",
    summary="Say to whom the organisation belongs",
    status_code=201,
    response_model=RelationPublic,
    dependencies=[Creating],
)
async def create_relation(
    session: SessionDep, actor: ActorDep, response: Response, organisation_id: UUID, given: RelationCreate
) -> RelationPublic:
    made = await service.create_relation(session, actor=actor, organisation_id=organisation_id, given=given)
    response.headers["Location"] = f"/api/v1/organisations/{organisation_id}/relations/{made.id}"
    return await _public(session, response, made)


@router.patch(
    "/{organisation_id}/relations/{relation_id}",
    operation_id="organisations_update_relation",
    summary="Say when a relation ends",
    response_model=RelationPublic,
)
async def update_relation(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    organisation_id: UUID,
    relation_id: UUID,
    if_match: IfMatch,
    given: RelationUpdate,
) -> RelationPublic:
    found = await service.update_relation(
        session,
        actor=actor,
        organisation_id=organisation_id,
        relation_id=relation_id,
        if_version=if_match,
        given=given,
    )
    return await _public(session, response, found)


@router.post(
    "/{organisation_id}/relations/{relation_id}/accept",
    operation_id="organisations_accept_relation",
    summary="Accept, as the host, to answer for an unregistered group",
    response_model=RelationPublic,
)
async def accept_relation(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    organisation_id: UUID,
    relation_id: UUID,
    if_match: IfMatch,
) -> RelationPublic:
    found = await service.accept_relation(
        session, actor=actor, organisation_id=organisation_id, relation_id=relation_id, if_version=if_match
    )
    return await _public(session, response, found)


action(
    router,
    "/{organisation_id}/relations/{relation_id}",
    "organisations_delete_relation",
    "Remove a relation that was not accepted or has not begun, or end it today",
    service.delete_relation,
    None,
    method="DELETE",
)
