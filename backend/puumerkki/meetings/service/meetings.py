"""Planning a meeting, recording it, holding or cancelling it."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import Event, publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.meetings import errors, events, queries
from puumerkki.meetings.models import Meeting, MeetingState
from puumerkki.meetings.schemas import MeetingCreate, MeetingUpdate
from puumerkki.meetings.workflow import MEETING, MeetingFacts
from puumerkki.networks.models.networks import Network, NetworkState

WHERE_AND_WHEN = frozenset({"starts_at", "ends_at", "place"})
"""What is in people's calendars."""


async def plan_meeting(session: AsyncSession, *, actor: Actor, given: MeetingCreate) -> Meeting:
    """A new meeting of a network."""
    actor.require(P.meetings_record, on=given.network_id)
    network = await session.get(Network, given.network_id)
    if network is None:
        raise invalid("/network_id", "network_unknown", "There is no such network.")
    if network.state == NetworkState.closed:
        raise errors.NetworkClosed()
    made = Meeting(**given.model_dump())
    session.add(made)
    told = events.MeetingPlanned(subject=Ref("meeting", made.id), related=(made.network_id,))
    await publish(session, told, actor_id=actor.id)
    return made


async def lock_meeting(session: AsyncSession, actor: Actor, meeting_id: UUID) -> Meeting:
    """A meeting under its lock, for somebody who records meetings of its network."""
    found = await queries.readable_meeting(session, actor, meeting_id, for_update=True)
    actor.require(P.meetings_record, on=found.network_id)
    return found


def require_not_cancelled(meeting: Meeting) -> None:
    """Conflict for a cancelled meeting."""
    if meeting.state == MeetingState.cancelled:
        raise errors.MeetingCancelled()


async def update_meeting(
    session: AsyncSession, *, actor: Actor, meeting_id: UUID, if_version: int | None, given: MeetingUpdate
) -> Meeting:
    """Change a meeting or write its minutes."""
    found = await lock_meeting(session, actor, meeting_id)
    require_version(found, if_version)
    require_not_cancelled(found)
    changes = given.model_dump(exclude_unset=True)
    ends_at = changes.get("ends_at", found.ends_at)
    if ends_at is not None and ends_at < changes.get("starts_at", found.starts_at):
        raise invalid("/ends_at", "before_beginning", "A meeting cannot end before it starts.")
    if found.state == MeetingState.held and changes.get("starts_at", found.starts_at) > clock.now():
        raise invalid("/starts_at", "in_the_future", "A meeting that was held lies in the past.")
    moved = any(getattr(found, name) != changes[name] for name in WHERE_AND_WHEN & changes.keys())
    for name, value in changes.items():
        setattr(found, name, value)
    if moved and found.state == MeetingState.planned:
        found.calendar_sequence += 1
    told = events.MeetingMoved if moved and found.state == MeetingState.planned else events.MeetingChanged
    await _tell(session, actor, found, told, changes)
    return found


async def hold_meeting(session: AsyncSession, *, actor: Actor, meeting_id: UUID, if_version: int | None) -> Meeting:
    """Record that a meeting was held."""
    return await _act(session, actor, meeting_id, if_version, "hold", events.MeetingHeld)


async def cancel_meeting(session: AsyncSession, *, actor: Actor, meeting_id: UUID, if_version: int | None) -> Meeting:
    """Record that a meeting is not held."""
    return await _act(session, actor, meeting_id, if_version, "cancel", events.MeetingCancelled)


async def _act(
    session: AsyncSession, actor: Actor, meeting_id: UUID, if_version: int | None, action: str, told: type[Event]
) -> Meeting:
    found = await lock_meeting(session, actor, meeting_id)
    require_version(found, if_version)
    MEETING.apply(action, found, actor=actor, facts=facts_of(found))
    found.calendar_sequence += action == "cancel"
    await publish(session, told(subject=Ref("meeting", found.id), related=(found.network_id,)), actor_id=actor.id)
    return found


def facts_of(meeting: Meeting) -> MeetingFacts:
    """What the guards need to know of a meeting."""
    return MeetingFacts(starts_at=meeting.starts_at, now=clock.now())


async def tell_change(session: AsyncSession, actor: Actor, meeting: Meeting, *changed: str) -> None:
    """Publish that something of a meeting changed."""
    await _tell(session, actor, meeting, events.MeetingChanged, changed)


async def _tell(
    session: AsyncSession,
    actor: Actor,
    meeting: Meeting,
    type_: type[events.MeetingChanged] | type[events.MeetingMoved],
    changed: Iterable[str],
) -> None:
    told = type_(subject=Ref("meeting", meeting.id), related=(meeting.network_id,), changed=tuple(changed))
    await publish(session, told, actor_id=actor.id)
