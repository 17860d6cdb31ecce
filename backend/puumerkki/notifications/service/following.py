"""Follows the feed: what its events touch is compared and told; what the clock opens, in the next sweep."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventSequence
from puumerkki.notifications.models import TaskPosition
from puumerkki.notifications.service.audiences import Happened, happened
from puumerkki.notifications.service.happenings import tell_happened
from puumerkki.notifications.service.mailing import drop_unsent
from puumerkki.notifications.service.reconciling import reconcile
from puumerkki.notifications.service.telling import Doers, tell_opened

AT_ONCE = 500
SWEEP = timedelta(minutes=1)
"""So often everything is compared: what opens and closes by the clock, and what an event touches from afar."""
_MOST = 100_000
_LOCK = text("select pg_try_advisory_xact_lock(1886745972)")


async def follow(session: AsyncSession) -> int:
    """Take the next events of the feed, and tell of them and of the tasks that they opened; how many events.

    One worker at a time: who does not get the lock does nothing. The rows, the notices and the new position are
    written together, so a worker that is killed doubles nothing.
    """
    place = await _place(session)
    if place is None:
        return 0
    events = await happened(session, after=place.position, limit=AT_ONCE)
    if not events:
        return 0
    touched = {one for event in events for one in (event.subject_id, *event.related)}
    opened = await reconcile(session, touched=touched)
    asked = await tell_opened(session, opened, _doers(events))
    await tell_happened(session, events, asked)
    place.position = events[-1].position
    return len(events)


async def show_lately(session: AsyncSession, *, days: int) -> int:
    """Show people in the service what happened in the last days, and mail nobody: for a world that was just made."""
    place = await _place(session)
    if place is None:
        return 0
    since = clock.now() - timedelta(days=days)
    events = [one for one in await happened(session, after=0, limit=_MOST) if one.occurred_at > since]
    return await tell_happened(session, events, shown_only=True)


async def sweep(session: AsyncSession) -> bool:
    """Compare everything, if that was not done in the last minute; whether it was done now."""
    place = await _place(session)
    if place is None or (place.swept_at is not None and place.swept_at > clock.now() - SWEEP):
        return False
    opened = await reconcile(session, silent=place.swept_at is None)
    if place.swept_at is not None:
        await tell_opened(session, opened, {})
    place.swept_at = clock.now()
    return True


async def rebuild(session: AsyncSession) -> int:
    """Compare everything and go on from the feed's end, but tell nobody: after a restore. How many tasks opened.

    What was still to be mailed when the backup was made may have been mailed since, so it is not mailed again.
    """
    place = await _place(session)
    if place is None:
        return 0
    opened = await reconcile(session, silent=True)
    await drop_unsent(session)
    place.position, place.swept_at = await _end(session), clock.now()
    return sum(len(one) for one in opened.values())


async def _place(session: AsyncSession) -> TaskPosition | None:
    """How far we have come, locked; from the feed's end where nobody has followed it. None where another does."""
    row = (await (await session.connection()).execute(_LOCK)).first()
    if row is None or not row[0]:
        return None
    found = await session.get(TaskPosition, 1, populate_existing=True)
    if found is None:
        found = TaskPosition(id=1, position=await _end(session))
        session.add(found)
        await session.flush()
    return found


async def _end(session: AsyncSession) -> int:
    found = await session.exec(select(EventSequence.last_position))
    return found.first() or 0


def _doers(events: Iterable[Happened]) -> Doers:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for event in events:
        if event.actor_id is not None:
            for one in (event.subject_id, *event.related):
                found[one].add(event.actor_id)
    return {one: frozenset(who) for one, who in found.items()}
