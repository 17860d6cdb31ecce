"""Two organisations that were merged are two after all: looked at first, and done, for thirty days after the merge.

Each has again what was its own. What was made since goes back with those who made it, or stops the undoing where others
rely on it (`queries.merge_work`): nothing is left where nobody of its makers can open it.
"""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.links import MergedThing
from puumerkki.kernel.preconditions import require_version
from puumerkki.organisations.errors import merges as errors
from puumerkki.organisations.events import merges as events
from puumerkki.organisations.models.merges import TIME_TO_UNDO, OrganisationMerge
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.organisations.queries import archivings, merges
from puumerkki.organisations.queries.merge_things import touched_things
from puumerkki.organisations.queries.merge_work import Parting, Work, work_since, works_for
from puumerkki.organisations.queries.visibility import readable_organisation
from puumerkki.organisations.schemas.merges import MergeUndoPreview, MergeWork
from puumerkki.organisations.schemas.organisations import OrganisationName
from puumerkki.organisations.service import history, merge_mails, merge_record, merging, succession
from puumerkki.organisations.service.organisations import ref, tell
from puumerkki.organisations.service.rights import is_operator
from puumerkki.organisations.workflow.organisations import ARCHIVING, ORGANISATION


async def preview(session: AsyncSession, *, actor: Actor, organisation_id: UUID) -> MergeUndoPreview:
    """What would go back and what stands against it; nothing is changed."""
    found, standing = await _standing(session, actor, organisation_id)
    into = await session.get_one(Organisation, standing.into_id)
    await _require_may(session, actor, found, into)
    parting = _parting(standing)
    first = await merges.later(session, standing)
    obstacles, goes, changed = [], list[MergeWork](), list[MergeWork]()
    if first is None:
        merging.require_active(into)
        obstacles = await merges.against_undoing(session, actor, found, into)
        work = await work_since(session, parting)
        goes = await works_for(session, actor, work.goes)
        changed = await _changed(session, actor, standing, parting, work, into)
    return MergeUndoPreview(
        organisation=OrganisationName(id=found.id, names=found.names),
        into=OrganisationName(id=into.id, names=into.names),
        first=first,
        obstacles=obstacles,
        goes=goes,
        changed=changed,
        people=len({*await archivings.people_of(session, found.id), *await archivings.people_of(session, into.id)}),
    )


async def undo(session: AsyncSession, *, actor: Actor, organisation_id: UUID, if_version: int | None) -> Organisation:
    """They are two after all. An owner of the one that remains parts them, too; nobody while something stops it."""
    found, standing = await _standing(session, actor, organisation_id)
    found, into = await merging.both(session, actor, organisation_id, standing.into_id, for_update=True)
    await _require_may(session, actor, found, into)
    require_version(found, if_version)
    again = await merges.standing(session, found.id, for_update=True)
    if again is None:
        raise errors.NotMerged()
    parting, identifiers = _parting(again), again.identifiers or {}
    first = await merges.later(session, again)
    if first is not None:
        raise errors.MergeUndoOrder(first=first.model_dump(mode="json"))
    merging.require_active(into)
    obstacles = await merges.against_undoing(session, actor, found, into)
    if obstacles:
        raise errors.MergeBlocked(obstacles=[one.model_dump(mode="json") for one in obstacles])
    work = await work_since(session, parting)
    changed = await _changed(session, actor, again, parting, work, into)
    if changed:
        raise _touched(changed)
    archiving = await archivings.current(session, found.id)
    assert archiving is not None
    people = await merge_mails.people_of_both(session, found, into)
    found.merged_into_id = None
    ORGANISATION.apply("undo_merge", found, actor=None)
    await session.flush()
    try:
        await merge_record.undo(session, parting.changes, merged=found.id, into=into.id)
        await merge_record.let_go(session, work.goes, merged=found.id, into=into.id)
    except merge_record.BlockedError as error:
        raise _touched(await touched_things(session, actor, error.rows)) from error
    await merging.pass_identifiers(session, into, found, identifiers)
    ARCHIVING.apply("undo", archiving, actor=None)
    await succession.end_link(session, archiving)
    again.changes, again.identifiers = None, None
    again.undone_at, again.undone_by = clock.now(), actor.person_id()
    undone = events.OrganisationMergeUndone(subject=ref(found), related=(into.id,), into_id=into.id)
    await tell(session, actor, found, undone)
    touch(into)
    await history.remember(session, organisation=into, changed_by=actor.id)
    await merge_mails.tell_undone(session, people, found, into, since=archiving.takes_effect_at)
    return found


async def _standing(
    session: AsyncSession, actor: Actor, organisation_id: UUID
) -> tuple[Organisation, OrganisationMerge]:
    found = await readable_organisation(session, actor, organisation_id)
    standing = await merges.standing(session, found.id)
    if standing is None:
        actor.person_id()
        if not is_operator(actor) and not await merging.is_officer(session, actor, found):
            raise actor.refusal(P.organisations_confirm)
        raise errors.NotMerged()
    return found, standing


async def _require_may(session: AsyncSession, actor: Actor, found: Organisation, into: Organisation) -> None:
    actor.require_person()
    if not actor.may(P.memberships_manage, into.id):
        await merging.require_may(session, actor, found, into)


def _parting(standing: OrganisationMerge) -> Parting:
    """What there is to undo, as long as it is known."""
    if clock.now() > standing.created_at + TIME_TO_UNDO or standing.changes is None or standing.identifiers is None:
        raise errors.MergeUndoLate()
    return Parting(standing.organisation_id, standing.into_id, standing.created_at, standing.changes)


async def _changed(
    session: AsyncSession, actor: Actor, standing: OrganisationMerge, parting: Parting, work: Work, into: Organisation
) -> list[MergeWork]:
    """What stops it: of what was made since, and of what the merge moved. Each kind of things once."""
    rows = await merge_record.touched(session, parting.changes, into=into.id)
    found = await touched_things(session, actor, rows)
    if any(getattr(into, name) != value for name, value in (standing.identifiers or {}).items()):
        found.append(MergeWork(what=MergedThing.identifiers, count=1, things=[]))
    listed = {one.what for one in found}
    return found + [one for one in await works_for(session, actor, work.stops) if one.what not in listed]


def _touched(changed: list[MergeWork]) -> errors.MergeTouched:
    return errors.MergeTouched(changed=[one.model_dump(mode="json") for one in changed])
