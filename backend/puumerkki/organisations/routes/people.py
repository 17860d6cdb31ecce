"""Who has which role in an organisation. New people are invited elsewhere."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.http import ActorDep
from puumerkki.kernel import reads
from puumerkki.kernel.errors import Forbidden
from puumerkki.kernel.http import ReadsDep, SessionDep, api_router, page_response
from puumerkki.organisations import queries
from puumerkki.organisations.queries.people import PEOPLE, ROLE_OFFERS
from puumerkki.organisations.queries.seeing import known
from puumerkki.organisations.schemas import PersonPage, PersonQuery, RoleOfferPage, RoleOfferQuery, RolesPut
from puumerkki.organisations.service import people as service

router = api_router("organisations")


@router.get(
    "/{organisation_id}/people",
    operation_id="organisations_list_people",
    summary="People and service accounts with roles in the organisation",
    response_model=PersonPage,
)
async def list_people(
    request: Request,
    session: SessionDep,
    pool: ReadsDep,
    actor: ActorDep,
    organisation_id: UUID,
    query: Annotated[PersonQuery, Query()],
) -> Response:
    await known(session, actor, organisation_id)
    if not queries.may_see_people(actor, organisation_id):
        raise Forbidden()
    page = await reads.page(
        pool,
        PEOPLE,
        viewer=actor,
        filters={"organisation": organisation_id},
        sort="name",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@router.get(
    "/{organisation_id}/role-offers",
    operation_id="organisations_list_role_offers",
    summary="Roles that were offered and not accepted yet",
    response_model=RoleOfferPage,
)
async def list_role_offers(
    request: Request,
    session: SessionDep,
    pool: ReadsDep,
    actor: ActorDep,
    organisation_id: UUID,
    query: Annotated[RoleOfferQuery, Query()],
) -> Response:
    await known(session, actor, organisation_id)
    if not queries.may_see_people(actor, organisation_id):
        raise Forbidden()
    page = await reads.page(
        pool,
        ROLE_OFFERS,
        viewer=actor,
        filters={"organisation": organisation_id},
        sort="created_at",
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@router.delete(
    "/{organisation_id}/role-offers/{offer_id}",
    operation_id="organisations_withdraw_role_offer",
    summary="Withdraw an offer that was not accepted yet",
    status_code=204,
)
async def withdraw_role_offer(session: SessionDep, actor: ActorDep, organisation_id: UUID, offer_id: UUID) -> None:
    await service.take_offer_back(session, actor=actor, organisation_id=organisation_id, offer_id=offer_id)


@router.put(
    "/{organisation_id}/people/{principal_id}",
    operation_id="organisations_put_person",
    summary="Give somebody exactly these roles, or offer them to who has none here",
    status_code=204,
)
async def put_person(
    session: SessionDep, actor: ActorDep, organisation_id: UUID, principal_id: UUID, given: RolesPut
) -> None:
    await service.put_person(
        session, actor=actor, organisation_id=organisation_id, principal_id=principal_id, roles=given.roles
    )


@router.delete(
    "/{organisation_id}/people/{principal_id}",
    operation_id="organisations_remove_person",
    summary="Take all roles from somebody, or leave",
    status_code=204,
)
async def remove_person(session: SessionDep, actor: ActorDep, organisation_id: UUID, principal_id: UUID) -> None:
    await service.remove_person(session, actor=actor, organisation_id=organisation_id, principal_id=principal_id)
