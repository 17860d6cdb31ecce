"""The networks that invite an organisation."""

from uuid import UUID

from puumerkki.access.declare import listing
from puumerkki.kernel.http import api_router
from puumerkki.networks.queries.invitations import INVITATIONS
from puumerkki.networks.schemas.invitations import NetworkInvitationPage, NetworkInvitationQuery

invitations = api_router("organisations", tag="networks")


async def _of_organisation(organisation_id: UUID) -> dict[str, UUID]:
    return {"organisation": organisation_id}


listing(
    invitations,
    "/{organisation_id}/network-invitations",
    "networks_list_invitations",
    "The networks that invite an organisation, for its people and the networks'",
    INVITATIONS,
    NetworkInvitationPage,
    NetworkInvitationQuery,
    within=_of_organisation,
    signed_in=True,
)
