"""A calendar to subscribe to: whoever has its address reads what one's organisations have to do, and nobody else."""

from datetime import date, timedelta
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from puumerkki.agreements.duty_schedule import confirms
from puumerkki.agreements.models import AgreementDuty, DutyKind
from puumerkki.agreements.schemas.agreements import AgreementContent
from puumerkki.identity.models import User, UserState
from puumerkki.interop.calendars import as_calendar
from puumerkki.kernel import clock
from puumerkki.kernel.ids import new_id
from puumerkki.organisations.models.organisations import LegalForm, Organisation, Sector
from tests.factories import Client, World
from tests.personas import make_cast
from tests.valid_requests.agreements import in_force


async def address(caller: Client) -> str:
    made = await caller.post("/calendar")
    assert made.status_code == 201, made.text
    parts = urlsplit(made.json()["url"])
    return f"{parts.path}?{parts.query}"


async def test_a_calendar_holds_what_is_ones_own_to_do(world: World) -> None:
    cast = await make_cast(world)
    confirm_by = f"{clock.today() + timedelta(days=200):%m-%d}"
    content = AgreementContent(purpose="Kerho.", confirm_by=confirm_by, evaluate_by=confirm_by)
    found = await in_force(cast, content=content)
    url = await address(cast["signatory"])
    answer = await world.nobody.get(url)
    assert answer.headers["content-type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert {str(one["summary"]) for one in events} == {
        f"Vahvistakaa sopimus vuodelle {year} – {found.title}"
        for year in {confirms(one["dtstart"].dt) for one in events}
    }
    assert events[0]["dtstart"].dt == clock.today() + timedelta(days=200)
    assert all(one["dtend"].dt - one["dtstart"].dt == timedelta(days=1) for one in events)
    for_writers = Calendar.from_ical((await world.nobody.get(await address(cast["editor"]))).content).walk("VEVENT")
    assert not any("Vahvistakaa" in str(one["summary"]) for one in for_writers) and for_writers
    assert Calendar.from_ical((await world.nobody.get(await address(cast["outsider"]))).content).walk("VEVENT") == []


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


@given(st.text(max_size=80), st.sampled_from(["fi", "sv", "en"]))
def test_any_title_can_be_read_back(title: str, language: str) -> None:
    duty = AgreementDuty(
        agreement_id=new_id(),
        organisation_id=new_id(),
        kind=DutyKind.report,
        year=2027,
        report_name=title,
        opens_on=date(2027, 1, 1),
        due_on=date(2027, 2, 28),
    )
    of = Organisation(
        names={"fi": title or "–"},
        sort_key="",
        search_text="",
        sector=Sector.association,
        legal_form=LegalForm.registered_association,
    )
    written = as_calendar([(duty, title, of)], language)
    [event] = Calendar.from_ical(written).walk("VEVENT")
    assert event["dtstart"].dt == date(2027, 2, 28)
    assert written.count(b"BEGIN:VEVENT") == written.count(b"\r\nEND:VEVENT") == 1
