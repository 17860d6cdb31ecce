"""A successor is named in an archiving, says yes, and takes over: drafts, agreements, ties and memberships."""

from uuid import UUID

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.open_cases import require_untied
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import Forbidden, NotFound, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations import queries, succession_mails
from puumerkki.organisations.errors import archivings as errors
from puumerkki.organisations.events import successions as events
from puumerkki.organisations.models.archivings import (
    ArchivingState,
    OrganisationArchiving,
    OrganisationSuccession,
    SuccessorAnswer,
)
from puumerkki.organisations.models.organisations import Organisation, OrganisationState
from puumerkki.organisations.queries import archivings
from puumerkki.organisations.service.organisations import ref
from puumerkki.organisations.workflow.organisations import ORGANISATION, OrganisationFacts


async def check_successor(session: AsyncSession, organisation_id: UUID, successor_id: UUID) -> Organisation:
    """Invalid unless another organisation that acts can be named."""
    found = await session.get(Organisation, successor_id)
    if found is None:
        raise invalid("/successor_id", "organisation_unknown", "There is no such organisation.")
    if found.id == organisation_id or found.state != OrganisationState.active or found.confirmed_at is None:
        raise invalid(
            "/successor_id", "cannot_succeed", "Another organisation, confirmed and not archived, can take over."
        )
    return found


async def ask(session: AsyncSession, *, actor: Actor, organisation: Organisation, successor: Organisation) -> None:
    """The named successor has a task, and its administrators are written to."""
    asked = events.SuccessorAsked(
        subject=ref(organisation), related=(organisation.id, successor.id), successor_id=successor.id
    )
    await publish(session, asked, actor_id=actor.id)
    await succession_mails.ask(session, organisation, successor, asked_by=actor.person_id())


async def name_successor(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, if_version: int | None, successor_id: UUID
) -> Organisation:
    """Another successor of what is archived, where none stands in its place.

    Its administrator names one; the operator does where nobody has an account, and else restores it and proposes anew.
    """
    found = await queries.organisation(session, organisation_id, for_update=True)
    ORGANISATION.require_may("name_successor", found, actor=actor)
    require_version(found, if_version)
    archiving = await archivings.current(session, found.id)
    facts = OrganisationFacts(
        successor_open=archiving is not None and archiving.succeeded_at is None,
        has_people=not actor.may(P.memberships_manage, found.id)
        and bool(await archivings.people_of(session, found.id)),
    )
    actor.require_not_lately(P.memberships_manage, on=found.id)
    ORGANISATION.apply("name_successor", found, actor=actor, facts=facts)
    assert archiving is not None
    successor = await check_successor(session, found.id, successor_id)
    archiving.successor_id, archiving.successor_asked_at = successor.id, clock.now()
    archiving.successor_answer = archiving.successor_answered_by = None
    touch(found)
    await ask(session, actor=actor, organisation=found, successor=successor)
    return found


async def answer(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, given: SuccessorAnswer
) -> OrganisationArchiving:
    """An administrator of the named successor says yes or no; a yes holds. The same answer again changes nothing."""
    found = await queries.organisation(session, organisation_id, for_update=True)
    archiving = await archivings.current(session, found.id)
    successor_id = archiving.successor_id if archiving is not None else None
    if archiving is None or successor_id is None:
        actor.person_id()
        raise NotFound()
    if not actor.may(P.memberships_manage, successor_id):
        actor.person_id()
        raise actor.refusal(P.memberships_manage) if actor.may(P.organisations_read, successor_id) else Forbidden()
    if archiving.successor_answer == given:
        return archiving
    if archiving.successor_answer is not None:
        raise errors.SuccessorAnswered()
    successor = await queries.organisation(session, successor_id, for_update=True)
    if given == SuccessorAnswer.accepted:
        # it becomes tied to what the archived one is tied to, in what is open, too
        actor.require_not_lately(P.memberships_manage, on=successor.id)
        await require_untied(session, organisation_id=successor.id, principal_id=actor.person_id())
    if given == SuccessorAnswer.accepted and successor.state != OrganisationState.active:
        raise errors.SuccessorArchived()
    archiving.successor_answer, archiving.successor_answered_by = given, actor.person_id()
    touch(found)
    kind = events.SuccessorAccepted if given == SuccessorAnswer.accepted else events.SuccessorDeclined
    told = kind(subject=ref(found), related=(found.id, successor.id), successor_id=successor.id)
    await publish(session, told, actor_id=actor.id)
    await succession_mails.tell_people(session, "successor_answered", archiving, found, successor)
    await take_over(session, found, archiving)
    return archiving


async def take_over(session: AsyncSession, organisation: Organisation, archiving: OrganisationArchiving) -> None:
    """Once it is archived and its successor has said yes; one that is archived itself by then takes nothing over."""
    if archiving.state != ArchivingState.effected or archiving.successor_answer != SuccessorAnswer.accepted:
        return
    assert archiving.successor_id is not None and archiving.successor_answered_by is not None
    successor = await session.get_one(
        Organisation, archiving.successor_id, with_for_update=True, populate_existing=True
    )
    if successor.state != OrganisationState.active:
        await _lapse(session, archiving, organisation, successor)
        return
    archiving.succeeded_at = clock.now()
    link = OrganisationSuccession
    before = await session.exec(
        select(link.predecessor_id).where(col(link.successor_id) == organisation.id, col(link.until_at).is_(None))
    )
    session.add_all(
        OrganisationSuccession(predecessor_id=one, successor_id=successor.id, from_at=archiving.succeeded_at)
        for one in {organisation.id, *before.all()} - {successor.id}
    )
    await session.flush()
    succeeded = events.OrganisationSucceeded(
        subject=Ref("organisation", organisation.id),
        related=(organisation.id, successor.id),
        successor_id=successor.id,
        accepted_by=archiving.successor_answered_by,
    )
    await publish(session, succeeded, actor_id=None)


async def lapse_words_of(session: AsyncSession, successor: Organisation) -> None:
    """It is archived itself: where it said yes and has not taken over yet, its word is void. Others can be named."""
    statement = (
        select(OrganisationArchiving, Organisation)
        .join(Organisation, col(Organisation.id) == col(OrganisationArchiving.organisation_id))
        .where(
            col(OrganisationArchiving.successor_id) == successor.id,
            col(OrganisationArchiving.successor_answer) == SuccessorAnswer.accepted,
            col(OrganisationArchiving.succeeded_at).is_(None),
            col(OrganisationArchiving.state).in_((ArchivingState.open, ArchivingState.effected)),
        )
        .order_by(col(OrganisationArchiving.id))
        # whoever holds a row goes on to take over, finds the successor archived, and lets the word lapse itself
        .with_for_update(of=OrganisationArchiving, skip_locked=True)
    )
    for archiving, organisation in (await session.exec(statement)).all():
        await _lapse(session, archiving, organisation, successor)


async def _lapse(
    session: AsyncSession, archiving: OrganisationArchiving, organisation: Organisation, successor: Organisation
) -> None:
    archiving.successor_answer = archiving.successor_answered_by = None
    await session.flush()
    gone = events.SuccessorGone(
        subject=ref(organisation), related=(organisation.id, successor.id), successor_id=successor.id
    )
    await publish(session, gone, actor_id=None)
    await succession_mails.tell_people(session, "successor_gone", archiving, organisation, successor)


async def end_link(session: AsyncSession, archiving: OrganisationArchiving) -> None:
    """What began when this archived one gave its place to its successor ends, of those before it, too."""
    link = OrganisationSuccession
    ended = update(link).where(
        col(link.successor_id) == archiving.successor_id,
        col(link.from_at) == archiving.succeeded_at,
        col(link.until_at).is_(None),
    )
    await session.exec(ended.values(until_at=clock.now()))


async def end(session: AsyncSession, organisation_id: UUID) -> None:
    """A restored organisation acts for itself again: nobody stands in its place any more."""
    link = OrganisationSuccession
    ended = update(link).where(col(link.predecessor_id) == organisation_id, col(link.until_at).is_(None))
    await session.exec(ended.values(until_at=clock.now()))
