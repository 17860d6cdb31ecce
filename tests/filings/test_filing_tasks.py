"""What waits of filings: for who writes the application, by the call's last day and that of the expected result."""

from datetime import timedelta
from uuid import UUID

from puumerkki.calls.models import CallState, FundingCall
from puumerkki.filings.models import Filing
from puumerkki.filings.tasks import DAYS_TO_ADD_A_DAY, DAYS_TO_DECIDE, DAYS_TO_REPORT, TASKS
from puumerkki.kernel import clock
from tests.applications.drafts import submitted
from tests.factories import World
from tests.filings.test_filings import FILE, act, planned
from tests.guidance.agreeing import disagreements
from tests.personas import make_cast
from tests.tasks import tasks_of


async def test_a_planned_filing_waits_until_it_is_filed_and_then_for_its_result(world: World) -> None:
    cast = await make_cast(world)
    funder = await world.organisation("Rahoittaja")
    filing = await planned(cast, await submitted(cast), funder.id)
    people = [cast["editor"], cast["viewer"], cast["officer"]]

    async def waits() -> list[list[tuple[str, object]]]:
        assert await disagreements(world, people) == []
        found = [await tasks_of(world.session, one.person_id, TASKS) for one in people]
        return [[(one.kind, one.due_on) for one in of] for of in found]

    assert await waits() == [[], [], []], "it is for no call: there is no day by which"
    closes_on = clock.today() + timedelta(days=40)
    call = FundingCall(
        funder_id=funder.id,
        names={"fi": "Haku"},
        opens_at=clock.now() - timedelta(days=1),
        closes_at=clock.end_of_day(closes_on),
        state=CallState.published,
    )
    world.session.add(call)
    await world.session.flush()
    (await world.session.get_one(Filing, UUID(filing["id"]))).call_id = call.id
    assert await waits() == [[], [], []], "there is time"
    call.closes_at = clock.end_of_day(closes_on - timedelta(days=20))
    assert await waits() == [[("filing_to_file", closes_on - timedelta(days=20))], [], []]
    call.closes_at = clock.now() - timedelta(hours=1)
    [[(kind, due_on)], *_] = await waits()
    assert kind == "filing_to_file" and due_on is not None, "it may have been filed and not recorded"
    fresh = (await cast["editor"].get(f"/filings/{filing['id']}")).json()
    filed = await act(cast["editor"], fresh, "file", FILE)
    expected = clock.today().fromisoformat(FILE["filed_on"]) + timedelta(days=DAYS_TO_DECIDE)
    assert await waits() == [[("filing_result_to_record", expected)], [], []]
    await act(cast["editor"], filed, "refuse", {"decided_on": "2026-12-20"})
    assert await waits() == [[], [], []]


async def test_the_days_that_the_funder_named(world: World) -> None:
    cast, today = await make_cast(world), clock.today()
    funder = await world.organisation("Rahoittaja")
    filing = await planned(cast, await submitted(cast), funder.id)
    past = str(today - timedelta(days=1))

    async def due() -> list[tuple[str, object]]:
        assert await disagreements(world, [cast["editor"]]) == []
        return [(one.kind, one.due_on) for one in await tasks_of(world.session, cast["editor"].person_id, TASKS)]

    async def faults(path: str, given: dict[str, object]) -> list[tuple[str, str]]:
        of = (await cast["editor"].get(f"/filings/{filing['id']}")).json()
        answer = await (cast["editor"].post if path else cast["editor"].patch)(
            f"/filings/{of['id']}{path}", given, if_match=of["version"]
        )
        assert answer.status_code == 422, answer.text
        return [(one["pointer"], one["code"]) for one in answer.json()["errors"]]

    assert await faults("/file", FILE | {"expected_on": past}) == [("/expected_on", "in_the_past")]
    assert await faults("", {"expected_on": str(today)}) == [("/expected_on", "not_waited_for")]
    by = today + timedelta(days=50)
    filed = await act(cast["editor"], filing, "file", FILE | {"expected_on": str(by)})
    assert await due() == [("filing_result_to_record", by)]
    moved = await cast["editor"].patch(
        f"/filings/{filing['id']}", {"expected_on": str(today)}, if_match=filed["version"]
    )
    assert moved.status_code == 200, moved.text
    assert await due() == [("filing_result_to_record", today)]
    grant = {"granted_cents": 100, "decided_on": str(today)}
    assert await faults("/grant", grant | {"report_by": past}) == [("/report_by", "in_the_past")]
    undated = await act(cast["editor"], moved.json(), "grant", grant)
    assert await due() == [("grant_report_day_to_add", today + timedelta(days=DAYS_TO_ADD_A_DAY))]
    step = (await cast["editor"].get(f"/next/filing/{filing['id']}")).json()["step"]
    assert (step["says"], step["does"], step["task"]) == (
        "filing_report_day",
        "add_report_day",
        "grant_report_day_to_add",
    )
    far = today + timedelta(days=DAYS_TO_REPORT + 1)
    dated = await cast["editor"].patch(f"/filings/{filing['id']}", {"report_by": str(far)}, if_match=undated["version"])
    granted = dated.json()
    assert await due() == [], "there is time"
    near = far - timedelta(days=1)
    path = f"/filings/{filing['id']}"
    moved = await cast["editor"].patch(path, {"report_by": str(near)}, if_match=granted["version"])
    assert await due() == [("grant_report_due", near)]
    step = (await cast["editor"].get(f"/next/filing/{filing['id']}")).json()["step"]
    assert (step["task"], step["due_on"]) == ("grant_report_due", str(near))
    await act(cast["editor"], moved.json(), "report", {"reported_on": str(today)})
    assert await due() == []
