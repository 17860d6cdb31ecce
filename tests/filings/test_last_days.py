"""What ends at midnight is due on the day before: in tasks, in mails, and in what a network's end waits for."""

from datetime import timedelta

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.filings.open_work import open_work
from puumerkki.kernel import clock, workdays
from puumerkki.kernel.formatting import written_day
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.organisations.models.organisations import Organisation
from tests.applications.drafts import draft, submitted
from tests.factories import Client, World
from tests.handlings.scene import make_scene
from tests.personas import make_cast


async def _due(caller: Client, kind: str) -> list[str]:
    return [one["due_on"] for one in (await caller.get("/tasks")).json()["items"] if one["kind"] == kind]


async def test_a_vote_is_due_on_the_last_day_of_the_ballot(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    closes_at = workdays.deadline(14)
    last = clock.last_day(closes_at)
    assert last == clock.day_of(closes_at) - timedelta(days=1), "it closes at midnight"
    assert await _due(scene.representatives["a"], "vote_to_cast") == [last.isoformat()]


async def test_a_vote_that_was_removed_can_be_given_until_the_last_day(world: World) -> None:
    scene = await make_scene(world)
    host = await world.session.get_one(Organisation, scene.members["a"].organisation_id)
    owner = await world.person((Role.owner, host.id))
    await scene.fresh("a")
    await scene.to_ballot()
    assert (await scene.vote("a", "for")).status_code == 200
    representative = scene.representatives["a"]
    tied = await representative.put(f"/affiliations/{scene.applicant.id}", {"kinds": ["board_member"]})
    assert tied.status_code == 204, tied.text
    own = col(OutboxMessage.recipient) == f"{owner.id.hex}@example.org"  # type: ignore[union-attr]
    letters = (await world.session.exec(select(OutboxMessage.body).where(own))).all()
    last = clock.last_day(workdays.deadline(14))
    assert any(written_day(last, "fi") in one for one in letters), letters


async def test_a_call_that_closes_at_midnight_has_its_last_day_before(world: World) -> None:
    cast = await make_cast(world)
    last = clock.today() + timedelta(days=10)
    call = FundingCall(
        funder_id=cast.city.id,
        names={"fi": "Haku"},
        state=CallState.published,
        opens_at=clock.now() - timedelta(days=1),
        closes_at=clock.end_of_day(last),
    )
    world.session.add(call)
    await world.session.flush()
    await draft(cast, call_id=str(call.id))
    assert await _due(cast["editor"], "application_to_submit") == [last.isoformat()]
    await submitted(cast, call_id=str(call.id))
    assert (await open_work(world.session, cast.network.id)).last_call_day == last
