"""Who has which role in an organisation. New people are invited elsewhere."""

from uuid import UUID

from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep
from puumerkki.kernel.http import SessionDep, api_router
from puumerkki.organisations.exports import PEOPLE_EXPORTED
from puumerkki.organisations.queries.people import PEOPLE, ROLE_OFFERS
from puumerkki.organisations.routes.within import of_its_people
from puumerkki.organisations.schemas.organisations import (
    PersonPage,
    PersonQuery,
    RoleOfferPage,
    RoleOfferQuery,
    RolesPut,
)
from puumerkki.organisations.service import people as service

router = api_router("organisations")


listing(
    router,
    "/{organisation_id}/people",
    "organisations_list_people",
    "People and service accounts with roles in the organisation",
    PEOPLE,
    PersonPage,
    PersonQuery,
    within=of_its_people,
    exported=PEOPLE_EXPORTED,
)

listing(
    router,
    "/{organisation_id}/role-offers",
    "organisations_list_role_offers",
    "Roles that were offered and not accepted yet",
    ROLE_OFFERS,
    RoleOfferPage,
    RoleOfferQuery,
    within=of_its_people,
)

action(
    router,
    "/{organisation_id}/role-offers/{offer_id}",
    "organisations_withdraw_role_offer",
    "Withdraw an offer that was not accepted yet",
    service.withdraw_role_offer,
    None,
    method="DELETE",
)

action(
    router,
    "/{organisation_id}/role-offers/{offer_id}/send-again",
    "organisations_send_role_offer_again",
    "Mail an offer that was not accepted yet once more",
    service.send_role_offer_again,
    None,
)


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


action(
    router,
    "/{organisation_id}/people/{principal_id}",
    "organisations_remove_person",
    "Take all roles from somebody, or leave",
    service.remove_person,
    None,
    method="DELETE",
)
