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
    SuccessorAnswerPut,
    SuccessorName,
)
from puumerkki.organisations.queries.archivings import ARCHIVINGS
from puumerkki.organisations.queries.seeing import known
from puumerkki.organisations.routes.shown import shown
from puumerkki.organisations.schemas import OrganisationPublic
from puumerkki.organisations.service import archiving as service
from puumerkki.organisations.service import succession

router = api_router("organisations")


@router.get(
    "/{organisation_id}/archivings",
    operation_id="organisations_list_archivings",
    summary="Why and by which source the organisation is to be archived, or was; newest first",
    response_model=ArchivingPage,
)
async def list_archivings(
    request: Request,
    session: SessionDep,
    pool: ReadsDep,
    viewer: ViewerDep,
    organisation_id: UUID,
    query: Annotated[ArchivingQuery, Query()],
) -> Response:
    await known(session, viewer, organisation_id)
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
    "/{organisation_id}/archiving/successor",
    operation_id="organisations_name_successor",
    summary="Name another successor of an archived organisation",
    response_model=OrganisationPublic,
)
async def name_successor(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    organisation_id: UUID,
    if_match: IfMatch,
    given: SuccessorName,
) -> dict[str, Any]:
    found = await succession.name_successor(
        session, actor=actor, organisation_id=organisation_id, if_version=if_match, successor_id=given.successor_id
    )
    return await shown(session, response, found)


@router.put(
    "/{organisation_id}/archiving/successor/answer",
    operation_id="organisations_answer_as_successor",
    summary="Say for the named successor whether it takes the organisation's place",
    status_code=204,
)
async def answer_as_successor(
    session: SessionDep, actor: ActorDep, organisation_id: UUID, given: SuccessorAnswerPut
) -> None:
    await succession.answer(session, actor=actor, organisation_id=organisation_id, given=given.answer)


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
