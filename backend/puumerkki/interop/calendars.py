"""Calendars that programs subscribe to (RFC 5545): what one's organisations have to do, on its day."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller
from puumerkki.access.models import PrincipalKind
from puumerkki.agreements.duty_labels import duty_label
from puumerkki.agreements.queries.duties import Dated, dated
from puumerkki.identity.credentials import hash_secret, new_secret
from puumerkki.identity.models import User, UserState
from puumerkki.interop.models import CalendarKey
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Forbidden, NotFound
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.settings import get_settings

BACK = timedelta(days=400)
AHEAD = timedelta(days=800)
_NAMES = {"fi": "Puumerkki: määräpäivät", "sv": "Puumerkki: tidsfrister", "en": "Puumerkki: deadlines"}


async def key_of(session: AsyncSession, actor: Actor) -> CalendarKey | None:
    """The key to one's own calendar, if there is one."""
    return (await session.exec(select(CalendarKey).where(col(CalendarKey.user_id) == actor.person_id()))).one_or_none()


async def make_key(session: AsyncSession, *, actor: Actor) -> str:
    """A new address of one's own calendar; the one before opens nothing any more."""
    if actor.kind != PrincipalKind.user:
        raise Forbidden()
    await end_key(session, actor=actor)
    key, kept = new_secret()
    session.add(CalendarKey(user_id=actor.person_id(), key_hash=kept))
    await session.flush()
    return f"{get_settings().public_url.rstrip('/')}/api/v1/calendar/feed.ics?key={key}"


async def end_key(session: AsyncSession, *, actor: Actor) -> None:
    """Let the address of one's own calendar open nothing any more."""
    await session.exec(delete(CalendarKey).where(col(CalendarKey.user_id) == actor.person_id()))


async def calendar(session: AsyncSession, key: str) -> bytes:
    """The calendar that a key opens, or NotFound."""
    found = await session.exec(
        select(User)
        .join(CalendarKey, col(CalendarKey.user_id) == col(User.id))
        .where(col(CalendarKey.key_hash) == hash_secret(key), col(User.state) == UserState.active)
    )
    user = found.one_or_none()
    if user is None:
        raise NotFound()
    today = clock.today()
    caller = Caller(id=user.id, kind=PrincipalKind.user)
    return as_calendar(await dated(session, caller, since=today - BACK, until=today + AHEAD), user.language)


def as_calendar(duties: Sequence[Dated], language: str) -> bytes:
    """Duties as a calendar, each on its day."""
    # megabytes that most processes never need
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//Puumerkki//Calendar//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _NAMES[language])
    made.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    base = get_settings().public_url.rstrip("/")
    for duty, title, organisation in duties:
        link = f"{base}/{language}/agreements/{duty.agreement_id}"
        event = Event()
        event.add("uid", f"{duty.id}@puumerkki")
        event.add("dtstamp", duty.created_at)
        event.add("dtstart", duty.due_on)
        event.add("dtend", duty.due_on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("summary", f"{duty_label(duty, language)} – {title}")
        event.add("description", f"{display_name(organisation.names, language)}\n{link}")
        event.add("url", link)
        made.add_component(event)
    written: bytes = made.to_ical()
    return written
