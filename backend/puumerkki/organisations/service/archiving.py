"""Organisations are archived, with a reason and a source, after their people were told; and restored."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.open_cases import require_untied
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.preconditions import require_version
from puumerkki.organisations.errors import archivings as archiving_errors
from puumerkki.organisations.errors import organisations as errors
from puumerkki.organisations.events import archivings as archiving_events
from puumerkki.organisations.events import organisations as events
from puumerkki.organisations.models.archivings import ArchivingState, OrganisationArchiving
from puumerkki.organisations.models.organisations import Organisation, OrganisationState
from puumerkki.organisations.queries import archivings
from puumerkki.organisations.queries.namings import has_owner
from puumerkki.organisations.queries.visibility import readable_organisation
from puumerkki.organisations.schemas.archivings import ArchivingCreate
from puumerkki.organisations.service import archiving_mails as mails
from puumerkki.organisations.service import succession
from puumerkki.organisations.service.organisations import ref, tell
from puumerkki.organisations.workflow.organisations import ARCHIVING, ORGANISATION, OrganisationFacts

AT_ONCE = 100


async def archive(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, if_version: int | None, given: ArchivingCreate
) -> Organisation:
    """At once at its only administrator's wish, or where nobody has an account; else its people are told first.

    Of several administrators one alone proposes it: another agrees, or nobody objects in time.
    """
    found, facts, _ = await _locked(session, actor, organisation_id, if_version, "archive")
    if found.state != OrganisationState.active:
        raise errors.OrganisationArchived()
    wished = actor.may(P.memberships_manage, found.id)
    if wished:
        # no quicker way for an operator to archive than the people's days
        actor.require_not_lately(P.memberships_manage, on=found.id)
        at_once = not await archivings.has_other_owner(session, found.id, actor.person_id())
        await require_untied(session, organisation_id=found.id, principal_id=actor.person_id())
    else:
        # an account that was closed a few days ago leaves nobody's word out
        there = await archivings.people_of(session, found.id) or await has_owner(session, found.id)
        at_once = not there
    target = OrganisationState.archived if at_once else OrganisationState.active
    successor = None
    if given.successor_id is not None:
        successor = await succession.check_successor(session, found.id, given.successor_id)
    ORGANISATION.apply("archive", found, actor=actor, facts=facts, target=target)
    now = clock.now()
    made = OrganisationArchiving(
        organisation_id=found.id,
        reason=given.reason,
        source=given.source,
        source_url=given.source_url,
        proposed_by=actor.person_id(),
        takes_effect_at=now if at_once else clock.end_of_day(clock.day_of(now + archivings.TIME_TO_OBJECT)),
        agreed_by=actor.person_id() if wished and at_once else None,
        successor_id=given.successor_id,
        successor_asked_at=None if successor is None else now,
    )
    session.add(made)
    await session.flush()
    if successor is not None:
        await succession.ask(session, actor=actor, organisation=found, successor=successor)
    if at_once:
        await _take_effect(session, found, made, actor=actor)
        return found
    touch(found)
    await tell(session, actor, found, archiving_events.ArchivingProposed(subject=ref(found)))
    await mails.to_its_people(session, found, made, "archiving_proposed")
    return found


async def agree(session: AsyncSession, *, actor: Actor, organisation_id: UUID, if_version: int | None) -> Organisation:
    """An administrator wishes it, not whoever proposed it: it takes effect at once."""
    found, facts, archiving = await _locked(session, actor, organisation_id, if_version, "agree_to_archiving")
    ORGANISATION.apply("agree_to_archiving", found, actor=actor, facts=facts)
    assert archiving is not None
    if archiving.proposed_by == actor.person_id():
        raise archiving_errors.ArchivingByYou()
    if not await archivings.was_owner(session, found.id, actor.person_id(), archiving.created_at):
        raise archiving_errors.AdministratorSince()
    await require_untied(session, organisation_id=found.id, principal_id=actor.person_id())
    actor.require_not_lately(P.memberships_manage, on=found.id)
    archiving.agreed_by = actor.person_id()
    await _take_effect(session, found, archiving, actor=actor)
    return found


async def object_to(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, if_version: int | None, objection: str
) -> Organisation:
    """An administrator or a signatory objects: the organisation stays as it is, and whoever proposed it is told."""
    found, facts, archiving = await _locked(session, actor, organisation_id, if_version, "object_to_archiving")
    ORGANISATION.apply("object_to_archiving", found, actor=actor, facts=facts)
    assert archiving is not None
    ARCHIVING.apply("object", archiving, actor=None)
    archiving.objection, archiving.objected_by, archiving.ended_at = objection, actor.person_id(), clock.now()
    touch(found)
    await tell(session, actor, found, archiving_events.ArchivingObjected(subject=ref(found)))
    await mails.to_proposer(session, found, archiving)
    return found


async def drop(session: AsyncSession, *, actor: Actor, organisation_id: UUID, if_version: int | None) -> Organisation:
    """The operator lets the proposal drop, and its people are told."""
    found, facts, archiving = await _locked(session, actor, organisation_id, if_version, "drop_archiving")
    ORGANISATION.apply("drop_archiving", found, actor=actor, facts=facts)
    assert archiving is not None
    ARCHIVING.apply("drop", archiving, actor=None)
    archiving.ended_at = clock.now()
    touch(found)
    await tell(session, actor, found, archiving_events.ArchivingDropped(subject=ref(found)))
    await mails.to_its_people(session, found, archiving, "archiving_dropped")
    return found


async def restore(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, if_version: int | None
) -> Organisation:
    """Bring an archived organisation back."""
    found, facts, archiving = await _locked(session, actor, organisation_id, if_version, "restore")
    if found.state == OrganisationState.active:
        raise errors.OrganisationActive()
    ORGANISATION.apply("restore", found, actor=actor, facts=facts)
    if archiving is not None:
        ARCHIVING.apply("undo", archiving, actor=None)
    await succession.end(session, found.id)
    await tell(session, actor, found, events.OrganisationRestored(subject=ref(found), changed=("state",)))
    return found


async def archive_due(session: AsyncSession) -> None:
    """By the clock: what nobody has objected to in time takes effect. Read again under the organisation's lock."""
    for seen in await archivings.due(session, AT_ONCE):
        found = await session.get_one(Organisation, seen.organisation_id, with_for_update=True, populate_existing=True)
        await session.refresh(seen)
        if seen.state != ArchivingState.open or found.state != OrganisationState.active:
            continue
        ORGANISATION.apply("archive_unopposed", found, actor=None)
        await _take_effect(session, found, seen, actor=None)


async def _take_effect(
    session: AsyncSession, organisation: Organisation, archiving: OrganisationArchiving, *, actor: Actor | None
) -> None:
    await mails.to_its_people(session, organisation, archiving, "archived")
    await take_effect(session, organisation, archiving, actor=actor)


async def take_effect(
    session: AsyncSession, organisation: Organisation, archiving: OrganisationArchiving, *, actor: Actor | None
) -> None:
    """The organisation, archived by its workflow, acts no more; a successor that has said yes takes its place."""
    ARCHIVING.apply("take_effect", archiving, actor=None)
    archiving.ended_at = clock.now()
    await session.flush()
    told = events.OrganisationArchived(subject=ref(organisation), changed=("state",))
    await tell(session, actor, organisation, told)
    await succession.lapse_words_of(session, organisation)
    await succession.take_over(session, organisation, archiving)


async def _locked(
    session: AsyncSession, actor: Actor, organisation_id: UUID, if_version: int | None, action: str
) -> tuple[Organisation, OrganisationFacts, OrganisationArchiving | None]:
    """The organisation, locked, after the checks of who may and of its version; what is proposed or took effect."""
    found = await readable_organisation(session, actor, organisation_id, for_update=True)
    ORGANISATION.require_may(action, found, actor=actor)
    require_version(found, if_version)
    archiving = await archivings.current(session, found.id)
    is_open = archiving is not None and archiving.state == ArchivingState.open
    return found, OrganisationFacts(archiving_open=is_open, merged=found.merged_into_id is not None), archiving
