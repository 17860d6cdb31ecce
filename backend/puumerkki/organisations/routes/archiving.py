"""Archiving an organisation: proposed with a reason and a source, answered by its people, undone by the operator."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep
from puumerkki.kernel.http import IfMatch, SessionDep, api_router
from puumerkki.organisations.queries.archivings import ARCHIVINGS
from puumerkki.organisations.routes.responses import organisation_response
from puumerkki.organisations.routes.within import of_organisation
from puumerkki.organisations.schemas.archivings import (
    ArchivingObjection,
    ArchivingPage,
    ArchivingQuery,
    SuccessorAnswerPut,
    SuccessorName,
)
from puumerkki.organisations.schemas.organisations import OrganisationPublic
from puumerkki.organisations.service import archiving as service
from puumerkki.organisations.service import succession

router = api_router("organisations")


listing(
    router,
    "/{organisation_id}/archivings",
    "organisations_list_archivings",
    "Why and by which source the organisation is to be archived, or was; newest first",
    ARCHIVINGS,
    ArchivingPage,
    ArchivingQuery,
    within=of_organisation,
)

action(
    router,
    "/{organisation_id}/archive",
    "organisations_archive_organisation",
    "Archive an organisation, or propose it to its people, who have 14 days to object",
    service.archive,
    organisation_response,
)

action(
    router,
    "/{organisation_id}/archiving/agree",
    "organisations_agree_to_archiving",
    "Agree for the organisation that it is archived, at once",
    service.agree,
    organisation_response,
)


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
) -> OrganisationPublic:
    found = await service.object_to(
        session, actor=actor, organisation_id=organisation_id, if_version=if_match, objection=given.objection
    )
    return await organisation_response(session, actor, response, found)


action(
    router,
    "/{organisation_id}/archiving/drop",
    "organisations_drop_archiving",
    "Drop the proposal to archive the organisation",
    service.drop,
    organisation_response,
)


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
) -> OrganisationPublic:
    found = await succession.name_successor(
        session, actor=actor, organisation_id=organisation_id, if_version=if_match, successor_id=given.successor_id
    )
    return await organisation_response(session, actor, response, found)


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


action(
    router,
    "/{organisation_id}/restore",
    "organisations_restore_organisation",
    "Bring an archived organisation back",
    service.restore,
    organisation_response,
)
