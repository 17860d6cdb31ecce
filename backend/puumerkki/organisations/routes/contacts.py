"""How organisations are reached."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep
from puumerkki.kernel.http import Creating, IfMatch, SessionDep, api_router, set_etag
from puumerkki.organisations import queries
from puumerkki.organisations.exports import CONTACTS_EXPORTED
from puumerkki.organisations.models.organisations import Contact
from puumerkki.organisations.routes.within import of_organisation
from puumerkki.organisations.schemas.organisations import (
    ContactCreate,
    ContactPage,
    ContactPublic,
    ContactQuery,
    ContactUpdate,
)
from puumerkki.organisations.service import contacts as service

router = api_router("organisations")


listing(
    router,
    "/{organisation_id}/contacts",
    "organisations_list_contacts",
    "Contacts: public ones, all for the organisation's own people",
    queries.CONTACTS,
    ContactPage,
    ContactQuery,
    within=of_organisation,
    exported=CONTACTS_EXPORTED,
)


@router.post(
    "/{organisation_id}/contacts",
    operation_id="organisations_create_contact",
    summary="Add a contact",
    status_code=201,
    response_model=ContactPublic,
    dependencies=[Creating],
)
async def create_contact(
    session: SessionDep, actor: ActorDep, response: Response, organisation_id: UUID, given: ContactCreate
) -> Contact:
    made = await service.create_contact(session, actor=actor, organisation_id=organisation_id, given=given)
    set_etag(response, made)
    response.headers["Location"] = f"/api/v1/organisations/{organisation_id}/contacts/{made.id}"
    return made


@router.patch(
    "/{organisation_id}/contacts/{contact_id}",
    operation_id="organisations_update_contact",
    summary="Change a contact",
    response_model=ContactPublic,
)
async def update_contact(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    organisation_id: UUID,
    contact_id: UUID,
    if_match: IfMatch,
    given: ContactUpdate,
) -> Contact:
    found = await service.update_contact(
        session,
        actor=actor,
        organisation_id=organisation_id,
        contact_id=contact_id,
        if_version=if_match,
        given=given,
    )
    await session.flush()
    set_etag(response, found)
    return found


action(
    router,
    "/{organisation_id}/contacts/{contact_id}",
    "organisations_delete_contact",
    "Remove a contact",
    service.delete_contact,
    None,
    method="DELETE",
)
