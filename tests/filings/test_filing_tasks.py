"""What waits of filings: for who writes the application, by the call's last day and that of the expected result."""

from datetime import timedelta
from uuid import UUID

from puumerkki.calls.models import CallState, FundingCall
from puumerkki.filings.models import Filing
from puumerkki.filings.tasks import DAYS_TO_DECIDE, TASKS
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
