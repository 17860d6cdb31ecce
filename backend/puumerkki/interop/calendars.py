"""Calendars that programs subscribe to (RFC 5545): the days that concern somebody, and nothing that is not theirs.

An event holds the kind of thing, its title, its network or organisation, its day and a link that asks to sign in;
nothing else leaves the service.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller
from puumerkki.access.models import PrincipalKind
from puumerkki.activity.deadlines import deadlines
from puumerkki.identity.credentials import hash_secret, new_secret
from puumerkki.identity.models import User, UserState
from puumerkki.interop.day_words import DAY_WORDS
from puumerkki.interop.models import CalendarKey
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Forbidden, NotFound
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.settings import get_settings
from puumerkki.notifications.service.calendar_parts import uid
from puumerkki.notifications.words import task_words

BACK = timedelta(days=7)
"""So long ago meetings and ballots stay in a calendar; what is still to be done stays until it is."""
AHEAD = timedelta(days=730)
_OPEN = {"fi": "Avaa palvelussa", "sv": "Öppna i tjänsten", "en": "Open in the service"}
Day = Mapping[str, Any]
"""One day, as the list of them gives it."""
_NAMES = {"fi": "Puumerkki: määräajat", "sv": "Puumerkki: tidsfrister", "en": "Puumerkki: deadlines"}


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


async def calendar(session: AsyncSession, pool: ReadPool, key: str) -> bytes:
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
    days = json.loads(await deadlines(pool, caller=caller, since=today - BACK, until=today + AHEAD))["items"]
    return as_calendar(days, user.language)


def as_calendar(days: Sequence[Day], language: str) -> bytes:
    """Days as a calendar: each on its day, or at its hour where that is known."""
    # megabytes that most processes never need
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//Puumerkki//Calendar//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _NAMES[language])
    made.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for day in days:
        due_on, due_at = date.fromisoformat(day["due_on"]), day["due_at"] and datetime.fromisoformat(day["due_at"])
        event = Event()
        event.add("uid", _uid(day))
        event.add("dtstamp", datetime.fromisoformat(day["created_at"]))
        # what ends at midnight is due on the whole day before
        if due_at is None or clock.day_of(due_at) != due_on:
            event.add("dtstart", due_on)
            event.add("dtend", due_on + timedelta(days=1))
        else:
            event.add("dtstart", due_at)
        event.add("transp", "TRANSPARENT")
        event.add("summary", _summary(day, language))
        link = _link(day, language)
        event.add("description", "\n".join([*_around(day, language), f"{_OPEN[language]}: {link}"]))
        event.add("url", link)
        made.add_component(event)
    written: bytes = made.to_ical()
    return written


def _uid(day: Day) -> str:
    """The same for the same day of the same thing, whenever the calendar is read."""
    if day["kind"] == "meeting":
        return uid(day["subject"]["id"])
    whose = day["organisation_id"] or day["network_id"] or ""
    return f"{day['kind']}.{day['subject']['id']}.{whose}.{day['due_on']}@puumerkki"


def _summary(day: Day, language: str) -> str:
    """The kind of thing and what it is called."""
    words = task_words()[day["kind"]] if day["kind"] in task_words() else DAY_WORDS[day["kind"]]
    titles = day["title"] or {}
    return words[language] + (f": {display_name(titles, language)}" if any(titles.values()) else "")


def _around(day: Day, language: str) -> list[str]:
    """The network and the organisation that it is about, without the one by which it is titled."""
    own = display_name(day["title"], language) if any((day["title"] or {}).values()) else ""
    names = [display_name(one, language) for one in (day["network_names"], day["organisation_names"]) if one]
    return [one for one in names if one != own]


def _link(day: Day, language: str) -> str:
    """The app's page that leads on to where it is done, after signing in."""
    around = {"network": day["network_id"], "organisation": day["organisation_id"]}
    asked = urlencode({name: one for name, one in around.items() if one is not None})
    base = f"{get_settings().public_url.rstrip('/')}/{language}/to"
    return f"{base}/{day['kind']}/{day['subject']['kind']}/{day['subject']['id']}?{asked}".removesuffix("?")
