"""Two rows of the directory are one organisation: one goes into the other, and for thirty days back again.

The one that goes is archived, and the other stands in its place as a successor does: with its drafts, memberships and
agreements, and for ties. Besides, what names it names the other, and its people have their roles there. What is sealed
or frozen keeps the id that it was written with.
"""

from uuid import UUID

from sqlalchemy import text, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.organisations.errors import merges as errors
from puumerkki.organisations.errors import organisations as organisation_errors
from puumerkki.organisations.events import merges as events
from puumerkki.organisations.models.archivings import ArchivingReason, OrganisationArchiving, SuccessorAnswer
from puumerkki.organisations.models.merges import TIME_TO_UNDO, OrganisationMerge
from puumerkki.organisations.models.organisations import AUTHORITIES, Organisation, OrganisationState
from puumerkki.organisations.queries import archivings, confirmations, merges
from puumerkki.organisations.queries.namings import has_owner
from puumerkki.organisations.queries.visibility import readable_organisation
from puumerkki.organisations.schemas.merges import MergeCreate, MergePreview
from puumerkki.organisations.schemas.organisations import OrganisationName
from puumerkki.organisations.service import history, merge_mails, merge_record, merge_relations
from puumerkki.organisations.service.archiving import take_effect
from puumerkki.organisations.service.organisations import ref
from puumerkki.organisations.service.rights import is_operator
from puumerkki.organisations.workflow.organisations import ORGANISATION

_IDENTIFIERS = ("business_id", "association_register_number")
_ROLES = """
update role_grant g set scope_id = :into,
    acts_from = case when :others then greatest(coalesce(acts_from, :now), :now) else acts_from end
from principal p
where p.id = g.principal_id and p.kind = 'user' and g.scope_kind = 'organisation' and g.scope_id = :merged
and g.role <> 'inspector' and not exists (
    select from role_grant o where o.principal_id = g.principal_id and o.scope_kind = 'organisation'
    and o.scope_id = :into and o.role = g.role)
"""
"""The roles of people go over. Where the one that remains has an owner, whoever comes acts in nothing that was open."""


async def preview(session: AsyncSession, *, actor: Actor, organisation_id: UUID, into_id: UUID) -> MergePreview:
    """What would move and what stands against it; nothing is changed."""
    found, into = await both(session, actor, organisation_id, into_id)
    await require_may(session, actor, found, into)
    return MergePreview(
        organisation=OrganisationName(id=found.id, names=found.names),
        into=OrganisationName(id=into.id, names=into.names),
        obstacles=await merges.in_the_way(session, actor, found, into),
        moves=await merges.shares(session, found.id, into.id),
        stops=await merges.stops(session, found.id),
        identifiers=_taken(found, into),
        seats=await merges.seats_ending(session, found.id, into.id),
        people=len({*await archivings.people_of(session, found.id), *await archivings.people_of(session, into.id)}),
    )


async def merge(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, if_version: int | None, given: MergeCreate
) -> Organisation:
    """The organisation goes into another, which is the same; the people of both are told."""
    found, into = await both(session, actor, organisation_id, given.into, for_update=True)
    await require_may(session, actor, found, into)
    require_version(found, if_version)
    require_active(found)
    obstacles = await merges.in_the_way(session, actor, found, into)
    if obstacles:
        raise errors.MergeBlocked(obstacles=[one.model_dump(mode="json") for one in obstacles])
    people = await merge_mails.people_of_both(session, found, into)
    seats = await merges.seats_ending(session, found.id, into.id)
    before = await merge_record.snapshot(session, (found.id, into.id), for_update=True)
    identifiers = _taken(found, into)
    await pass_identifiers(session, found, into, identifiers)
    await _pass_roles(session, found, into)
    await merge_relations.copy(session, found, into)
    ORGANISATION.apply("merge", found, actor=None)
    found.merged_into_id = into.id
    merged = events.OrganisationMerged(subject=ref(found), related=(into.id,), into_id=into.id)
    await publish(session, merged, actor_id=actor.id)
    await _give_place(session, actor, found, into, given.reason)
    await merge_record.move(session, found.id, into.id)
    after = await merge_record.snapshot(session, (found.id, into.id))
    session.add(
        OrganisationMerge(
            organisation_id=found.id,
            into_id=into.id,
            reason=given.reason,
            merged_by=actor.person_id(),
            changes=merge_record.changes(before, after),
            identifiers=identifiers,
        )
    )
    touch(into)
    await history.remember(session, organisation=into, changed_by=actor.id)
    await merge_mails.tell(session, "organisation_merged", people, found, into, seats=seats)
    return found


async def delete_expired_changes(session: AsyncSession) -> None:
    """By the clock: once nothing can be undone any more, what the rows held before is forgotten."""
    late = update(OrganisationMerge).where(
        col(OrganisationMerge.changes).is_not(None), col(OrganisationMerge.created_at) < clock.now() - TIME_TO_UNDO
    )
    await session.exec(late.values(changes=None, identifiers=None))


async def both(
    session: AsyncSession, actor: Actor, organisation_id: UUID, into_id: UUID, *, for_update: bool = False
) -> tuple[Organisation, Organisation]:
    """The two, locked in one order whichever goes into which."""
    found = await readable_organisation(session, actor, organisation_id)
    if for_update:
        both = select(Organisation.id).where(col(Organisation.id).in_([organisation_id, into_id]))
        await session.exec(both.order_by(col(Organisation.id)).with_for_update())
        await session.refresh(found)
    into = await session.get(Organisation, into_id, populate_existing=for_update)
    if into is None:
        raise invalid("/into", "organisation_unknown", "There is no such organisation.")
    if into.id == found.id or into.state != OrganisationState.active or into.confirmed_at is None:
        message = "Another organisation, confirmed and not archived, is the one that remains."
        if not (for_update and found.merged_into_id == into.id):
            raise invalid("/into", "cannot_remain", message)
    return found, into


async def require_may(session: AsyncSession, actor: Actor, found: Organisation, into: Organisation) -> None:
    """An operator, or an officer of the home of both; no machine, and nobody with a tie to one of them."""
    person_id = actor.person_id()
    actor.require_person()
    if not is_operator(actor):
        officer = await is_officer(session, actor, found) or await is_officer(session, actor, into)
        if not officer:
            raise actor.refusal(P.organisations_confirm)
        if found.home_municipality_code != into.home_municipality_code or AUTHORITIES & {found.sector, into.sector}:
            raise errors.OfficerOfBoth()
    if await merges.is_tied(session, person_id, [found.id, into.id]):
        raise errors.MergesOwn()


async def is_officer(session: AsyncSession, actor: Actor, organisation: Organisation) -> bool:
    homes = await confirmations.homes(session, organisation)
    return any(actor.may(P.organisations_confirm, one.id) for one in homes)


def require_active(organisation: Organisation) -> None:
    if organisation.merged_into_id is not None:
        raise errors.OrganisationMergedAway()
    if organisation.state != OrganisationState.active:
        raise organisation_errors.OrganisationArchived()


def _taken(found: Organisation, into: Organisation) -> dict[str, str]:
    """The identifiers that only the one that goes has."""
    return {
        name: getattr(found, name)
        for name in _IDENTIFIERS
        if getattr(found, name) is not None and getattr(into, name) is None
    }


async def pass_identifiers(
    session: AsyncSession, giver: Organisation, taker: Organisation, identifiers: dict[str, str]
) -> None:
    """No two have the same at any moment."""
    for name in identifiers:
        setattr(giver, name, None)
    await session.flush()
    for name, value in identifiers.items():
        setattr(taker, name, value)
    await session.flush()


async def _pass_roles(session: AsyncSession, found: Organisation, into: Organisation) -> None:
    others = await has_owner(session, into.id)
    await (await session.connection()).execute(
        text(_ROLES), {"merged": found.id, "into": into.id, "others": others, "now": clock.now()}
    )


async def _give_place(
    session: AsyncSession, actor: Actor, found: Organisation, into: Organisation, reason: str
) -> None:
    """It is archived, and the other stands in its place from now on, by the word of who merges them."""
    now, person_id = clock.now(), actor.person_id()
    archiving = OrganisationArchiving(
        organisation_id=found.id,
        reason=ArchivingReason.duplicate,
        source=reason[:200],
        proposed_by=person_id,
        takes_effect_at=now,
        successor_id=into.id,
        successor_asked_at=now,
        successor_answer=SuccessorAnswer.accepted,
        successor_answered_by=person_id,
    )
    session.add(archiving)
    await session.flush()
    await take_effect(session, found, archiving, actor=actor)
