"""How organisations stand to each other."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.http import ActorDep, ViewerDep
from puumerkki.kernel import reads
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.organisations import queries
from puumerkki.organisations.models import OrganisationRelation
from puumerkki.organisations.queries.people import RELATIONS
from puumerkki.organisations.queries.seeing import known
from puumerkki.organisations.relation_schemas import (
    RelationCreate,
    RelationPage,
    RelationPublic,
    RelationQuery,
    RelationUpdate,
)
from puumerkki.organisations.schemas import OrganisationName
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


@router.get(
    "/{organisation_id}/relations",
    operation_id="organisations_list_relations",
    summary="Relations from and to the organisation",
    response_model=RelationPage,
)
async def list_relations(
    request: Request,
    session: SessionDep,
    pool: ReadsDep,
    viewer: ViewerDep,
    organisation_id: UUID,
    query: Annotated[RelationQuery, Query()],
) -> Response:
    await known(session, viewer, organisation_id)
    page = await reads.page(
        pool,
        RELATIONS,
        viewer=viewer,
        filters={"organisation": organisation_id},
        sort="created_at",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


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


@router.delete(
    "/{organisation_id}/relations/{relation_id}",
    operation_id="organisations_delete_relation",
    summary="Remove a relation that was not accepted or has not begun, or end it today",
    status_code=204,
)
async def delete_relation(
    session: SessionDep, actor: ActorDep, organisation_id: UUID, relation_id: UUID, if_match: IfMatch
) -> None:
    await service.delete_relation(
        session, actor=actor, organisation_id=organisation_id, relation_id=relation_id, if_version=if_match
    )
