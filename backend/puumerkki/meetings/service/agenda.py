"""The agenda: items numbered without gaps from 1."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.discussions.queries import require_subject
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import NotFound, invalid
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.meetings import queries
from puumerkki.meetings.models import AgendaItem, Meeting
from puumerkki.meetings.schemas import MAX_ITEMS, AgendaItemCreate, AgendaItemUpdate, AgendaSubject
from puumerkki.meetings.service.meetings import lock_meeting, require_not_cancelled, tell_change


async def add_item(session: AsyncSession, *, actor: Actor, meeting_id: UUID, given: AgendaItemCreate) -> AgendaItem:
    """Put an item at the end of the agenda."""
    meeting = await lock_meeting(session, actor, meeting_id)
    require_not_cancelled(meeting)
    before = await queries.agenda(session, meeting.id)
    if len(before) >= MAX_ITEMS:
        raise invalid("", "agenda_full", f"An agenda has at most {MAX_ITEMS} items.")
    made = AgendaItem(meeting_id=meeting.id, number=len(before) + 1, title=given.title, notes=given.notes)
    await _set_subject(session, actor, made, given.subject)
    session.add(made)
    await _changed(session, actor, meeting)
    return made


async def update_item(
    session: AsyncSession,
    *,
    actor: Actor,
    meeting_id: UUID,
    item_id: UUID,
    if_version: int | None,
    given: AgendaItemUpdate,
) -> AgendaItem:
    """Change an item's title, notes or what it is about."""
    meeting = await lock_meeting(session, actor, meeting_id)
    found = await _item(session, meeting, item_id)
    require_version(found, if_version)
    require_not_cancelled(meeting)
    if "title" in given.model_fields_set and given.title is not None:
        found.title = given.title
    if "notes" in given.model_fields_set:
        found.notes = given.notes
    if "subject" in given.model_fields_set:
        await _set_subject(session, actor, found, given.subject)
    await _changed(session, actor, meeting)
    return found


async def remove_item(
    session: AsyncSession, *, actor: Actor, meeting_id: UUID, item_id: UUID, if_version: int | None
) -> None:
    """Take an item off; those after it move up."""
    meeting = await lock_meeting(session, actor, meeting_id)
    found = await _item(session, meeting, item_id)
    require_version(found, if_version)
    require_not_cancelled(meeting)
    remaining = [item for item in await queries.agenda(session, meeting.id) if item.id != found.id]
    await session.delete(found)
    _number(remaining)
    await _changed(session, actor, meeting)


async def order_items(
    session: AsyncSession, *, actor: Actor, meeting_id: UUID, if_version: int | None, item_ids: list[UUID]
) -> Meeting:
    """Put the items in a new order, which names every item once."""
    meeting = await lock_meeting(session, actor, meeting_id)
    require_version(meeting, if_version)
    require_not_cancelled(meeting)
    items = {item.id: item for item in await queries.agenda(session, meeting.id)}
    if len(item_ids) != len(items) or set(item_ids) != set(items):
        raise invalid("/item_ids", "items_differ", "Name every item of the agenda once.")
    _number([items[item_id] for item_id in item_ids])
    await _changed(session, actor, meeting)
    return meeting


def _number(items: list[AgendaItem]) -> None:
    for number, item in enumerate(items, start=1):
        item.number = number


async def _item(session: AsyncSession, meeting: Meeting, item_id: UUID) -> AgendaItem:
    found = await session.get(AgendaItem, item_id)
    if found is None or found.meeting_id != meeting.id:
        raise NotFound()
    return found


async def _set_subject(session: AsyncSession, actor: Actor, item: AgendaItem, given: AgendaSubject | None) -> None:
    if given is not None:
        await require_subject(session, actor, Ref(given.kind, given.id), pointer="/subject")
    item.subject_kind = given.kind if given else None
    item.subject_id = given.id if given else None


async def _changed(session: AsyncSession, actor: Actor, meeting: Meeting) -> None:
    touch(meeting)
    await tell_change(session, actor, meeting, "agenda_items")
