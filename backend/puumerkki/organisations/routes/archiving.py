"""Archiving an organisation: proposed with a reason and a source, answered by its people, undone by the operator."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.http import ActorDep, ViewerDep
from puumerkki.kernel import reads
from puumerkki.kernel.http import IfMatch, ReadsDep, SessionDep, api_router, page_response
from puumerkki.organisations.archiving_schemas import (
    ArchivingCreate,
    ArchivingObjection,
    ArchivingPage,
    ArchivingQuery,
)
from puumerkki.organisations.queries.archivings import ARCHIVINGS
from puumerkki.organisations.routes.organisations import shown
from puumerkki.organisations.schemas import OrganisationPublic
from puumerkki.organisations.service import archiving as service

router = api_router("organisations")


@router.get(
    "/{organisation_id}/archivings",
    operation_id="organisations_list_archivings",
    summary="Why and by which source the organisation is to be archived, or was; newest first",
    response_model=ArchivingPage,
)
async def list_archivings(
    request: Request,
    pool: ReadsDep,
    viewer: ViewerDep,
    organisation_id: UUID,
    query: Annotated[ArchivingQuery, Query()],
) -> Response:
    page = await reads.page(
        pool,
        ARCHIVINGS,
        viewer=viewer,
        filters={"organisation": organisation_id},
        sort="-created_at",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@router.post(
    "/{organisation_id}/archive",
    operation_id="organisations_archive_organisation",
    summary="Archive an organisation, or propose it to its people, who have 14 days to object",
    response_model=OrganisationPublic,
)
async def archive_organisation(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    organisation_id: UUID,
    if_match: IfMatch,
    given: ArchivingCreate,
) -> dict[str, Any]:
    found = await service.archive(
        session, actor=actor, organisation_id=organisation_id, if_version=if_match, given=given
    )
    return await shown(session, response, found)


@router.post(
    "/{organisation_id}/archiving/agree",
    operation_id="organisations_agree_to_archiving",
    summary="Agree for the organisation that it is archived, at once",
    response_model=OrganisationPublic,
)
async def agree_to_archiving(
    session: SessionDep, actor: ActorDep, response: Response, organisation_id: UUID, if_match: IfMatch
) -> dict[str, Any]:
    found = await service.agree(session, actor=actor, organisation_id=organisation_id, if_version=if_match)
    return await shown(session, response, found)


@router.post(
    "/{organisation_id}/archiving/object",
    operation_id="organisations_object_to_archiving",
    summary="Object for the organisation, so that it is not archived",
    response_model=OrganisationPublic,
)
async def object_to_archiving(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    organisation_id: UUID,
    if_match: IfMatch,
    given: ArchivingObjection,
) -> dict[str, Any]:
    found = await service.object_to(
        session, actor=actor, organisation_id=organisation_id, if_version=if_match, objection=given.objection
    )
    return await shown(session, response, found)


@router.post(
    "/{organisation_id}/archiving/drop",
    operation_id="organisations_drop_archiving",
    summary="Drop the proposal to archive the organisation",
    response_model=OrganisationPublic,
)
async def drop_archiving(
    session: SessionDep, actor: ActorDep, response: Response, organisation_id: UUID, if_match: IfMatch
) -> dict[str, Any]:
    found = await service.drop(session, actor=actor, organisation_id=organisation_id, if_version=if_match)
    return await shown(session, response, found)


@router.post(
    "/{organisation_id}/restore",
    operation_id="organisations_restore_organisation",
    summary="Bring an archived organisation back",
    response_model=OrganisationPublic,
)
async def restore_organisation(
    session: SessionDep, actor: ActorDep, response: Response, organisation_id: UUID, if_match: IfMatch
) -> dict[str, Any]:
    found = await service.restore(session, actor=actor, organisation_id=organisation_id, if_version=if_match)
    return await shown(session, response, found)
