"""Meetings as calendars take them from a mail: planned or moved they are asked for, cancelled they are called off.

One mail a meeting, for an object of RFC 5546 holds one thing. Whoever chose a digest reads of it there and has the
calendar that one subscribes to.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from email.utils import parseaddr
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity.models import User
from puumerkki.kernel import clock, mail
from puumerkki.kernel.settings import get_settings
from puumerkki.meetings.models import Meeting, MeetingState
from puumerkki.notifications.service.news import News

MOST = 6
"""So many invitations somebody gets at once; of further meetings the mail of all the rest tells."""
_PLANNED = "meeting.planned"
_KINDS = frozenset({_PLANNED, "meeting.moved", "meeting.cancelled"})


@dataclass(frozen=True)
class Invitation:
    """A meeting with what happened to it."""

    meeting: Meeting
    news: Sequence[News]


async def apart(session: AsyncSession, news: Sequence[News]) -> tuple[list[News], list[Invitation]]:
    """What is told in one mail, and the meetings that have one each.

    What was planned and called off before anybody was told of it is dropped.
    """
    of: dict[UUID, list[News]] = defaultdict(list)
    for one in news:
        if one.event.type in _KINDS and one.notice.digest is None:
            of[one.event.subject_id].append(one)
    found = await session.exec(select(Meeting).where(col(Meeting.id).in_(list(of))).order_by(col(Meeting.starts_at)))
    invitations = []
    dropped = set()
    for meeting in found.all() if of else ():
        told = of[meeting.id]
        if meeting.state == MeetingState.cancelled and any(one.event.type == _PLANNED for one in told):
            dropped |= {one.notice.id for one in told}
            for one in told:
                one.notice.dropped_at = clock.now()
        else:
            invitations.append(Invitation(meeting, told))
    invitations = invitations[:MOST]
    own = dropped | {one.notice.id for each in invitations for one in each.news}
    return [one for one in news if one.notice.id not in own], invitations


def uid(meeting_id: UUID | str) -> str:
    """By which a calendar knows a meeting again, wherever it came from."""
    return f"meeting.{meeting_id}@puumerkki"


def as_part(meeting: Meeting, network: str, reader: User) -> str:
    """The meeting for one reader (RFC 5546, 3.2.2 and 3.2.5). `network`: in whose name it is called."""
    # megabytes that most processes never need
    from icalendar import Calendar, Event, vCalAddress, vText

    cancelled = meeting.state == MeetingState.cancelled
    organizer = vCalAddress(f"MAILTO:{parseaddr(get_settings().mail_from)[1]}")
    organizer.params["CN"] = vText(f"{network} (Puumerkki)")
    attendee = vCalAddress(f"MAILTO:{reader.email}")
    attendee.params["CN"] = vText(reader.name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    # no mail to us is read
    attendee.params["RSVP"] = vText("FALSE")
    page = mail.link(reader.language, f"meetings/{meeting.id}")
    event = Event()
    event.add("uid", uid(meeting.id))
    event.add("sequence", meeting.calendar_sequence)
    event.add("dtstamp", clock.now())
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    if meeting.ends_at is not None:
        event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", meeting.title)
    event.add("location", meeting.place)
    event.add("description", f"{network}\n{page}")
    event.add("url", str(page))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("organizer", organizer)
    event.add("attendee", attendee)
    made = Calendar()
    made.add("prodid", "-//Puumerkki//Calendar//EN")
    made.add("version", "2.0")
    made.add("method", "CANCEL" if cancelled else "REQUEST")
    made.add_component(event)
    written: bytes = made.to_ical()
    return written.decode()
