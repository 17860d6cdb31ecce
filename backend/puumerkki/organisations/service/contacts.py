"""How organisations are reached."""

from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.errors import NotFound, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations.errors.organisations import HostOrContactNeeded
from puumerkki.organisations.events.organisations import ContactAdded, ContactChanged, ContactRemoved
from puumerkki.organisations.models.organisations import Contact, LegalForm, OrganisationRelation, RelationKind
from puumerkki.organisations.queries.visibility import readable_organisation
from puumerkki.organisations.schemas.organisations import ContactCreate, ContactUpdate
from puumerkki.organisations.service.rights import is_operator, require_update


async def add(session: AsyncSession, *, actor: Actor, organisation_id: UUID, given: ContactCreate) -> Contact:
    """A contact of an organisation whose rights were checked already."""
    made = Contact(organisation_id=organisation_id, **given.model_dump())
    session.add(made)
    await publish(
        session,
        ContactAdded(subject=Ref("organisation", organisation_id), contact_id=made.id),
        actor_id=actor.id,
    )
    return made


async def create_contact(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, given: ContactCreate
) -> Contact:
    """A new contact."""
    found = await readable_organisation(session, actor, organisation_id)
    require_update(actor, found.id)
    return await add(session, actor=actor, organisation_id=found.id, given=given)


async def update_contact(
    session: AsyncSession,
    *,
    actor: Actor,
    organisation_id: UUID,
    contact_id: UUID,
    if_version: int | None,
    given: ContactUpdate,
) -> Contact:
    """Change a contact."""
    found = await _contact(session, actor, organisation_id, contact_id)
    require_update(actor, organisation_id)
    require_version(found, if_version)
    changes = given.model_dump(exclude_unset=True)
    if changes.get("email", found.email) is None and changes.get("phone", found.phone) is None:
        raise invalid("/email", "unreachable", "A contact has an email address or a phone number.")
    changed = tuple(name for name, value in changes.items() if value != getattr(found, name))
    for name in changed:
        setattr(found, name, changes[name])
    if changed:
        await publish(
            session,
            ContactChanged(subject=Ref("organisation", organisation_id), contact_id=found.id, changed=changed),
            actor_id=actor.id,
        )
    return found


async def delete_contact(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, contact_id: UUID, if_version: int | None
) -> None:
    """Remove a contact; the last one of an unregistered group without a host stays."""
    organisation = await readable_organisation(session, actor, organisation_id, for_update=True)
    found = await _contact(session, actor, organisation_id, contact_id)
    require_update(actor, organisation_id)
    require_version(found, if_version)
    await session.delete(found)
    await session.flush()
    if organisation.legal_form == LegalForm.unregistered_group:
        await require_somebody(session, organisation_id=organisation_id)
    await publish(
        session,
        ContactRemoved(subject=Ref("organisation", organisation_id), contact_id=contact_id),
        actor_id=actor.id,
    )


async def require_somebody(session: AsyncSession, *, organisation_id: UUID) -> None:
    """Conflict unless the organisation has a contact, or a host that has accepted, beyond today."""
    contact = await session.exec(select(Contact.id).where(col(Contact.organisation_id) == organisation_id).limit(1))
    if contact.first() is not None:
        return
    ends_on = col(OrganisationRelation.ends_on)
    host = await session.exec(
        select(OrganisationRelation.id).where(
            col(OrganisationRelation.organisation_id) == organisation_id,
            col(OrganisationRelation.kind) == RelationKind.host,
            col(OrganisationRelation.accepted_at).is_not(None),
            or_(ends_on.is_(None), ends_on > clock.today()),
        )
    )
    if host.first() is None:
        raise HostOrContactNeeded()


async def _contact(session: AsyncSession, actor: Actor, organisation_id: UUID, contact_id: UUID) -> Contact:
    await readable_organisation(session, actor, organisation_id)
    found = await session.get(Contact, contact_id, with_for_update=True)
    if found is None or found.organisation_id != organisation_id:
        raise NotFound()
    if not (found.public or is_operator(actor) or actor.may(P.organisations_read, organisation_id)):
        raise NotFound()
    return found
