"""The coordinator's steps before and beside a decision: review, return, readings."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.queries import versions
from puumerkki.discussions.service import raise_points
from puumerkki.handlings.errors.handlings import MeetingNotHeld
from puumerkki.handlings.events.handlings import HandlingReturned, ReadingRecorded, ReviewBegun
from puumerkki.handlings.models.handlings import Handling, HandlingReading
from puumerkki.handlings.schemas.handlings import ReadingGiven, ReturnGiven
from puumerkki.handlings.service.handling_context import HandlingContext, lock_handling
from puumerkki.handlings.service.handlings import drop_pending_decision, event_fields, no_ballot_asked
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel import clock
from puumerkki.kernel.days_asked import last_day_asked
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref
from puumerkki.meetings.models import Meeting, MeetingState

LEAD = (P.handlings_lead,)
RECORD = (P.handlings_lead, P.handlings_record)
DAYS_TO_COMPLETE = 14
"""Within how many days what is returned is to come back, unless another day is given."""


async def begin_review(session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None) -> Handling:
    """Take the application up for review."""
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    HANDLING.apply("begin_review", context.handling, actor=context.actor, facts=context.facts)
    await publish(session, ReviewBegun(**event_fields(context.handling)), actor_id=actor.id)
    return context.handling


async def return_handling(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, given: ReturnGiven
) -> Handling:
    """Return the application with points to complete; the next version brings it back."""
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    HANDLING.check("return", context.handling, actor=context.actor, facts=context.facts)
    context.handling.answer_by = last_day_asked(given.answer_by, days=DAYS_TO_COMPLETE, pointer="/answer_by")
    HANDLING.apply("return", context.handling, actor=context.actor, facts=context.facts)
    await drop_pending_decision(session, context.handling)
    context.handling.returned_version = context.handling.version_number
    no_ballot_asked(context.handling)
    points = [(point.part.value if point.part else None, point.body) for point in given.points]
    await raise_points(session, subject=Ref("handling", context.handling.id), points=points, actor=actor)
    await publish(session, HandlingReturned(**event_fields(context.handling), points=len(points)), actor_id=actor.id)
    return context.handling


async def record_reading(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, given: ReadingGiven
) -> Handling:
    """Record that the network read the version at hand."""
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=RECORD)
    HANDLING.apply("record_reading", context.handling, actor=context.actor, facts=context.facts)
    await _check_reading(session, context, given)
    session.add(
        HandlingReading(
            handling_id=context.handling.id,
            version_number=context.handling.version_number,
            meeting_id=given.meeting_id,
            read_on=given.read_on,
            note=given.note,
            recorded_by=actor.person_id(),
        )
    )
    touch(context.handling)
    recorded = ReadingRecorded(
        **event_fields(context.handling), version=context.handling.version_number, meeting_id=given.meeting_id
    )
    await publish(session, recorded, actor_id=actor.id)
    return context.handling


async def _check_reading(session: AsyncSession, context: HandlingContext, given: ReadingGiven) -> None:
    version = await versions.version(session, context.application.id, context.handling.version_number)
    if given.read_on > clock.today():
        raise invalid("/read_on", "in_the_future", "A reading is recorded once it has been.")
    if given.read_on < clock.day_of(version.created_at):
        raise invalid("/read_on", "before_version", "This version was not there yet on that day.")
    if given.meeting_id is not None:
        await require_held(session, context, given.meeting_id, by=given.read_on)


async def require_held(
    session: AsyncSession, context: HandlingContext, meeting_id: UUID, *, by: date, since: datetime | None = None
) -> None:
    """MeetingNotHeld unless the network held the meeting by a day; Invalid where it is no meeting of the network.

    `since`: when the version came that it decides on; a meeting of an earlier day did not have it.
    """
    meeting = await session.get(Meeting, meeting_id)
    if meeting is None or meeting.network_id != context.network.id:
        raise invalid("/meeting_id", "meeting_unknown", "The network has no such meeting.")
    if meeting.state is not MeetingState.held or clock.day_of(meeting.starts_at) > by:
        raise MeetingNotHeld()
    if since is not None and clock.day_of(meeting.starts_at) < clock.day_of(since):
        raise invalid("/meeting_id", "before_version", "This version was not there yet on that day.")
