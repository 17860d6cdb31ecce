"""A calendar to subscribe to: whoever has its address reads the days that concern one, and nobody else."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from puumerkki.access.roles import Role
from puumerkki.agreements.duty_schedule import confirms
from puumerkki.agreements.schemas.agreements import AgreementContent
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.identity.models import User, UserState
from puumerkki.interop.calendars import as_calendar
from puumerkki.interop.day_words import DAY_WORDS
from puumerkki.kernel import clock
from puumerkki.meetings.models import Meeting
from puumerkki.notifications.words import task_words
from puumerkki.wiring import ROOMS
from tests.factories import Client, World
from tests.message_catalogues import said
from tests.partnerships.gate import handled, scene
from tests.personas import make_cast
from tests.valid_requests.agreements import in_force


async def address(caller: Client) -> str:
    made = await caller.post("/calendar")
    assert made.status_code == 201, made.text
    parts = urlsplit(made.json()["url"])
    return f"{parts.path}?{parts.query}"


async def events(world: World, url: str) -> list[Any]:
    answer = await world.nobody.get(url)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


async def test_a_calendar_holds_the_days_of_agreements_of_those_who_keep_them(world: World) -> None:
    cast = await make_cast(world)
    confirm_by = f"{clock.today() + timedelta(days=200):%m-%d}"
    content = AgreementContent(purpose="Kerho.", confirm_by=confirm_by, evaluate_by=confirm_by)
    found = await in_force(cast, content=content)
    read = await events(world, await address(cast["signatory"]))
    confirmed = [one for one in read if "vuosittainen vahvistus" in str(one["summary"])]
    assert {str(one["summary"]) for one in confirmed} == {f"Tee sopimuksen vuosittainen vahvistus: {found.title}"}
    assert confirmed[0]["dtstart"].dt == clock.today() + timedelta(days=200)
    assert len({confirms(one["dtstart"].dt) for one in confirmed}) == len(confirmed) >= 1
    assert all(one["dtend"].dt - one["dtstart"].dt == timedelta(days=1) for one in read)
    assert len({str(one["uid"]) for one in read}) == len(read)
    for_writers = await events(world, await address(cast["editor"]))
    assert for_writers and not any("vuosittainen vahvistus" in str(one["summary"]) for one in for_writers)
    assert await events(world, await address(cast["outsider"])) == []


async def test_a_calendar_says_what_and_when_and_nothing_more(world: World) -> None:
    arrived = await scene(world, gate=False)
    day = clock.today() + timedelta(days=9)
    await handled(world.session, arrived.version, arrived.network, state=HandlingState.in_review, handle_by=day)
    [one] = await events(world, await address(await world.person((Role.observer, arrived.network.id))))
    assert str(one["summary"]) == f"Verkoston käsittelyn määräpäivä: {arrived.version.title}"
    assert one["dtstart"].dt == day
    network = arrived.network.names["fi"]
    assert str(one["description"]) == f"{network}\nAvaa palvelussa: {one['url']}"
    assert {*one} == {"UID", "DTSTAMP", "DTSTART", "DTEND", "TRANSP", "SUMMARY", "DESCRIPTION", "URL"}
    assert "key" not in str(one["url"])


async def test_an_address_opens_nothing_once_it_is_ended_or_replaced_or_its_owner_is_gone(world: World) -> None:
    cast = await make_cast(world)
    viewer = cast["viewer"]
    assert (await viewer.get("/calendar")).json() == {"made_at": None}
    first, second = await address(viewer), await address(viewer)
    assert first != second
    assert (await world.nobody.get(first)).status_code == 404
    assert (await world.nobody.get(second)).status_code == 200
    assert (await viewer.get("/calendar")).json()["made_at"] is not None
    user = await world.session.get_one(User, viewer.id)
    user.state = UserState.disabled
    await world.session.flush()
    assert (await world.nobody.get(second)).status_code == 404
    user.state = UserState.active
    await world.session.flush()
    assert (await viewer.delete("/calendar")).status_code == 204
    assert (await world.nobody.get(second)).status_code == 404
    assert (await cast["service"].post("/calendar")).status_code == 403


def a_day(title: str, *, due_at: datetime | None = None) -> dict[str, Any]:
    return {
        "kind": "meeting",
        "subject": {"kind": "meeting", "id": "00000000-0000-0000-0000-000000000001"},
        "network_id": None,
        "organisation_id": None,
        "network_names": {"fi": "Lähiverkosto"},
        "organisation_names": None,
        "title": {"fi": title},
        "due_on": "2027-02-28",
        "due_at": None if due_at is None else due_at.isoformat(),
        "created_at": "2027-01-01T00:00:00+00:00",
    }


@given(st.text(max_size=80), st.sampled_from(["fi", "sv", "en"]))
def test_any_title_can_be_read_back(title: str, language: str) -> None:
    written = as_calendar([a_day(title)], language)
    [event] = Calendar.from_ical(written).walk("VEVENT")
    assert event["dtstart"].dt == date(2027, 2, 28)
    assert written.count(b"BEGIN:VEVENT") == written.count(b"\r\nEND:VEVENT") == 1


def test_what_has_an_hour_stands_at_it() -> None:
    moment, midnight = datetime(2027, 2, 28, 16, 15, tzinfo=UTC), datetime(2027, 2, 28, 22, tzinfo=UTC)
    [event] = Calendar.from_ical(as_calendar([a_day("Kokous", due_at=moment)], "fi")).walk("VEVENT")
    assert event["dtstart"].dt == moment and "DTEND" not in event
    [event] = Calendar.from_ical(as_calendar([a_day("Äänestys", due_at=midnight)], "fi")).walk("VEVENT")
    assert event["dtstart"].dt == date(2027, 2, 28), "it ends as the day does"


async def test_what_is_past_by_more_than_a_week_is_in_no_calendar(world: World) -> None:
    cast = await make_cast(world)
    for days, title in ((-60, "Syyskokous"), (-8, "Lokakokous"), (-3, "Marraskokous"), (9, "Joulukokous")):
        starts_at = clock.now() + timedelta(days=days)
        given = {
            "network_id": cast.network.id,
            "kind": "meeting",
            "title": title,
            "place": "Tuira",
            "starts_at": starts_at,
        }
        world.session.add(Meeting(**given))
    await world.session.flush()
    read = await events(world, await address(cast["representative"]))
    assert {str(one["summary"]).split(": ")[1] for one in read} == {"Marraskokous", "Joulukokous"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_calendar_calls_a_day_as_the_app_does(language: str) -> None:
    labels = (Path(__file__).parents[2] / "frontend/src/lib/days.ts").read_text("utf-8")
    shown = dict(re.findall(r"\n  (\w+): msg`([^`]*)`", labels))
    declared = {one.kind for room in ROOMS for one in room.deadlines} - task_words().keys()
    assert declared == set(DAY_WORDS) == set(shown)
    for kind, message in shown.items():
        assert said(language, message) == DAY_WORDS[kind][language], kind
