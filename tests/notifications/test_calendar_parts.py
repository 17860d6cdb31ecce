"""Meetings that stand in people's calendars by themselves: asked for, moved, called off (RFC 5545, RFC 5546)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.notifications.service.calendar_parts import MOST
from tests.factories import Client, World
from tests.interop.test_calendars import address, events
from tests.mail_rules import faults
from tests.notifications.people import follow_all
from tests.notifications.test_digests import due, mailed
from tests.notifications.test_mailing import NOON, at
from tests.notifications.test_tells import begun
from tests.personas import Cast, make_cast

STARTS = datetime(2026, 12, 15, 14, tzinfo=UTC)


@pytest.fixture
async def cast(world: World) -> Cast:
    with clock.fixed(NOON):
        found = await make_cast(world)
        await begun(found)
        return found


async def secretary(cast: Cast, moment: datetime = NOON) -> Client:
    with at(moment):
        return await cast.world.again(cast["secretary"])


async def plan(cast: Cast, who: Client, title: str = "Verkoston kokous") -> dict[str, Any]:
    given = {"network_id": str(cast.network.id), "kind": "meeting", "title": title, "place": "Tuira, Valtatie 3"}
    given |= {"starts_at": STARTS.isoformat(), "ends_at": (STARTS + timedelta(hours=2)).isoformat()}
    made = await who.post("/meetings", given)
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


async def told(cast: Cast, person: UUID, moment: datetime) -> list[OutboxMessage]:
    """The mails that somebody has once what is due has left."""
    with at(moment):
        await follow_all(cast.world.session)
    await due(cast, moment)
    return await mailed(cast, person)


def part(message: OutboxMessage) -> tuple[str, Any]:
    """The method and the only event."""
    assert faults(message) == []
    read = Calendar.from_ical(message.calendar or "")
    [event] = read.walk("VEVENT")
    return str(read["METHOD"]), event


async def test_a_meeting_is_asked_for_moved_and_called_off_as_one(cast: Cast) -> None:
    who, reader = await secretary(cast), cast["representative"].person_id
    with at(NOON):
        made = await plan(cast, who)
    [first] = await told(cast, reader, NOON + timedelta(minutes=1))
    assert first.subject == "Kokous 15.12.2026 klo 16.00: Verkoston kokous"
    method, asked = part(first)
    assert (method, asked["STATUS"], asked["SEQUENCE"]) == ("REQUEST", "CONFIRMED", 0)
    assert (asked["DTSTART"].dt, asked["DTEND"].dt) == (STARTS, STARTS + timedelta(hours=2))
    assert (asked["SUMMARY"], asked["LOCATION"]) == ("Verkoston kokous", "Tuira, Valtatie 3")
    assert str(asked["ATTENDEE"]).lower() == f"mailto:{first.recipient}"
    assert str(asked["ORGANIZER"]).lower().startswith("mailto:puumerkki@")
    assert asked["ORGANIZER"].params["CN"].endswith("(Puumerkki)") and asked["ATTENDEE"].params["RSVP"] == "FALSE"
    assert await mailed(cast, cast["secretary"].person_id) == [], "never to who planned it"

    path = f"/meetings/{made['id']}"
    who = await secretary(cast, NOON + timedelta(hours=1))
    with at(NOON + timedelta(hours=1)):
        titled = await who.patch(path, {"title": "Joulukokous"}, if_match=made["version"])
        moved = await who.patch(path, {"place": "Tuiran talo", "ends_at": None}, if_match=titled.json()["version"])
        assert moved.status_code == 200, moved.text
    _, second = await told(cast, reader, NOON + timedelta(hours=1, minutes=1))
    assert second.subject == "Kokouksen aika tai paikka on muuttunut: Joulukokous, 15.12.2026 klo 16.00"
    method, again = part(second)
    assert (method, again["UID"], again["SEQUENCE"], again["LOCATION"]) == ("REQUEST", asked["UID"], 1, "Tuiran talo")
    assert "DTEND" not in again

    who = await secretary(cast, NOON + timedelta(hours=2))
    with at(NOON + timedelta(hours=2)):
        cancelled = await who.post(f"{path}/cancel", if_match=moved.json()["version"])
        assert cancelled.status_code == 200, cancelled.text
    *_, third = await told(cast, reader, NOON + timedelta(hours=2, minutes=1))
    method, ended = part(third)
    assert (method, ended["UID"], ended["SEQUENCE"], ended["STATUS"]) == ("CANCEL", asked["UID"], 2, "CANCELLED")
    assert {one.root for one in (first, second, third)} == {f"meeting {made['id']}"}


async def test_what_was_called_off_before_the_mail_left_is_not_asked_for(cast: Cast) -> None:
    who = await secretary(cast)
    with at(NOON):
        made = await plan(cast, who)
        assert (await who.post(f"/meetings/{made['id']}/cancel", if_match=made["version"])).status_code == 200
    assert await told(cast, cast["representative"].person_id, NOON + timedelta(minutes=1)) == []


async def test_each_meeting_has_its_mail_and_a_series_is_one_list(cast: Cast) -> None:
    who = await secretary(cast)
    with at(NOON):
        for number in range(MOST + 2):
            await plan(cast, who, f"Kokous {number + 1}")
    found = await told(cast, cast["representative"].person_id, NOON + timedelta(minutes=1))
    assert len({part(one)[1]["UID"] for one in found if one.calendar}) == MOST
    [rest] = [one for one in found if not one.calendar]
    assert rest.subject == "2 uutta tapahtumaa" and "Kokous 8" in rest.body


async def test_who_chose_a_digest_reads_of_it_there(cast: Cast) -> None:
    who = await secretary(cast)
    with at(NOON):
        reader = await cast.world.again(cast["representative"])
        chosen = await reader.put("/notice-choices/networks", {"channel": "daily"})
        assert chosen.status_code == 200, chosen.text
        await plan(cast, who)
    assert await told(cast, reader.person_id, NOON + timedelta(minutes=1)) == []
    [one] = await told(cast, reader.person_id, NOON + timedelta(days=1))
    assert one.calendar is None and "Verkoston kokous" in one.body


async def test_a_calendar_that_one_subscribes_to_knows_it_as_the_same(cast: Cast) -> None:
    who = await secretary(cast)
    observer = await cast.world.person((Role.observer, cast.network.id))
    with at(NOON):
        made = await plan(cast, who)
        [one] = await told(cast, cast["representative"].person_id, NOON + timedelta(minutes=1))
        read = await events(cast.world, await address(await cast.world.again(observer)))
    assert str(part(one)[1]["UID"]) in {str(each["UID"]) for each in read}
    assert made["id"] in str(part(one)[1]["UID"])
