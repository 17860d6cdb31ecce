"""How organisations are reached."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.http import ActorDep, ViewerDep
from puumerkki.kernel import reads
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.organisations import queries
from puumerkki.organisations.models import Contact
from puumerkki.organisations.queries.seeing import known
from puumerkki.organisations.schemas import ContactCreate, ContactPage, ContactPublic, ContactQuery, ContactUpdate
from puumerkki.organisations.service import contacts as service

router = api_router("organisations")


@router.get(
    "/{organisation_id}/contacts",
    operation_id="organisations_list_contacts",
    summary="Contacts: public ones, all for the organisation's own people",
    response_model=ContactPage,
)
async def list_contacts(
    request: Request,
    session: SessionDep,
    pool: ReadsDep,
    viewer: ViewerDep,
    organisation_id: UUID,
    query: Annotated[ContactQuery, Query()],
) -> Response:
    await known(session, viewer, organisation_id)
    page = await reads.page(
        pool,
        queries.CONTACTS,
        viewer=viewer,
        filters={"organisation": organisation_id},
        sort="created_at",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


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


@router.delete(
    "/{organisation_id}/contacts/{contact_id}",
    operation_id="organisations_delete_contact",
    summary="Remove a contact",
    status_code=204,
)
async def delete_contact(
    session: SessionDep, actor: ActorDep, organisation_id: UUID, contact_id: UUID, if_match: IfMatch
) -> None:
    await service.delete_contact(
        session, actor=actor, organisation_id=organisation_id, contact_id=contact_id, if_version=if_match
    )
