"""A ballot is open for the rulebook's days, and closes early only as all want it."""

from datetime import timedelta
from typing import Any

import pytest

from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.kernel import clock, workdays
from tests.factories import World
from tests.handlings.scene import Scene, make_scene


async def _read(world: World, **rule: Any) -> Scene:
    scene = await make_scene(world, **({"members": 2, "closes_early": False} | rule))
    await scene.must("begin_review")
    await scene.must("readings", {"read_on": clock.today().isoformat()})
    return scene


async def test_a_ballot_of_75_seconds_is_refused(world: World) -> None:
    scene = await _read(world, ballot_days=7)
    for late in (timedelta(seconds=75), timedelta(days=6)):
        refused = await scene.act("open_ballot", {"closes_at": (clock.now() + late).isoformat()})
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "too_soon")
    closes_at = (await scene.must("open_ballot"))["ballot"]["closes_at"]
    assert closes_at == workdays.deadline(7).isoformat().replace("+00:00", "Z")


async def test_a_later_end_is_the_end_of_a_working_day(world: World) -> None:
    scene = await _read(world, ballot_days=7)
    asked = clock.now() + timedelta(days=40)
    closes_at = (await scene.must("open_ballot", {"closes_at": asked.isoformat()}))["ballot"]["closes_at"]
    assert closes_at == workdays.end_of(clock.day_of(asked)).isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("agreeing", "recorded", "closes_early", "code"),
    [
        ("", "", False, "early_close_not_agreed"),
        ("a", "", False, "early_close_not_agreed"),
        ("ab", "", False, None),
        ("", "", True, None),
        ("", "b", True, "votes_missing"),
        ("a", "b", False, "votes_missing"),
    ],
)
async def test_who_closes_early(
    world: World, agreeing: str, recorded: str, closes_early: bool, code: str | None
) -> None:
    scene = await _read(world, closes_early=closes_early)
    await scene.must("open_ballot")
    for name in "ab":
        if name in recorded:
            assert (await scene.vote(name, "for", by=scene.coordinator, recorded=True)).status_code == 200
        else:
            assert (await scene.vote(name, "for", early_close=name in agreeing)).status_code == 200
    closed = await scene.on_ballot("close")
    assert closed.json().get("code") == code, closed.text
    shown = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
    assert (shown["state"], shown["early_close_agreed"]) == ("open" if code else "closed", len(agreeing))


async def test_the_last_second_counts_and_the_next_does_not(world: World) -> None:
    scene = await _read(world)
    await scene.must("open_ballot")
    end = workdays.deadline(14)
    with clock.fixed(end - timedelta(seconds=1)):
        assert (await scene.vote("a", "for", by=await scene.fresh("a"))).status_code == 200
        await close_due_ballots(world.session)
    with clock.fixed(end):
        late = await scene.vote("b", "against", by=await scene.fresh("b"))
        assert (late.status_code, late.json()["code"]) == (409, "ballot_closed")
        await close_due_ballots(world.session)
        shown = (await (await world.again(scene.coordinator)).get(f"{scene.path}/ballot")).json()
    assert (shown["state"], shown["turnout"]) == ("closed", 1)
