"""A coordinator invites an organisation that is not here yet: by its name, and the address of who runs it."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.service.invitations import invite
from puumerkki.networks import queries
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.schemas.members import NewcomerCreate
from puumerkki.networks.service.members import add_member
from puumerkki.organisations.models.organisations import LegalForm
from puumerkki.organisations.schemas.organisations import ContactCreate, OrganisationCreate
from puumerkki.organisations.service.organisations import create_organisation


async def invite_newcomer(
    session: AsyncSession, *, actor: Actor, network_id: UUID, given: NewcomerCreate
) -> NetworkMember:
    """Add it, unconfirmed; invite its administrator, who answers the network for it. The coordinator has no part in it.

    Somebody else confirms it: neither the coordinator nor who was invited by them.
    """
    await queries.network(session, network_id, for_update=True)
    actor.require(P.networks_lead, on=network_id)
    person = given.administrator
    alone = given.legal_form == LegalForm.unregistered_group
    asked = OrganisationCreate(
        **given.model_dump(exclude={"administrator"}),
        contact=ContactCreate(name=person.name, email=person.email) if alone else None,
    )
    made = await create_organisation(session, actor=actor, given=asked, owned=False)
    await session.flush()
    member = await add_member(session, actor=actor, network_id=network_id, organisation_id=made.id)
    await invite(
        session,
        email=person.email,
        name=person.name,
        language=person.language.value,
        scope_kind=ScopeKind.organisation,
        scope_id=made.id,
        role=Role.owner,
        for_organisation_id=None,
        actor_id=actor.id,
        acts_from=None,
        network_id=network_id,
    )
    return member
