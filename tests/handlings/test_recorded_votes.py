"""A recorded vote says who gave it; the member is told; where such votes decide a second person confirms them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.handlings.service.effects import take_effect_due
from puumerkki.handlings.service.revocations import settle_due
from puumerkki.kernel import clock, workdays
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.wiring.invariants import broken
from tests.applications.test_co_applicants import address, mails
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene, recorded


async def _recorded(world: World, own: dict[str, str], recorded: dict[str, str], **rule: Any) -> Scene:
    """An open ballot; some voted themselves, for some a vote was written down."""
    scene = await make_scene(world, members=3, **rule)
    await scene.to_ballot()
    for name, choice in own.items():
        assert (await scene.vote(name, choice)).status_code == 200
    for name, choice in recorded.items():
        assert (await scene.vote(name, choice, by=scene.coordinator, recorded=True)).status_code == 200
    return scene


async def _settle(scene: Scene, confirmed: bool, by: Client) -> Any:
    tag = (await by.get(f"{scene.path}/ballot")).headers["etag"].strip('"')
    return await by.post(f"{scene.path}/ballot/settle_recorded", {"confirmed": confirmed}, if_match=tag)


async def _tasks(caller: Client) -> list[str]:
    return [one["kind"] for one in (await caller.get("/tasks")).json()["items"]]


async def test_votes_recorded_for_all_close_nothing_and_decide_nothing_alone(world: World) -> None:
    scene = await _recorded(world, {}, {"a": "for", "b": "for", "c": "for"})
    assert (await scene.on_ballot("close")).json()["code"] == "votes_missing"
    for name in "abc":
        assert await mails(world, address(scene.representatives[name])) == ["Jäsenen ääni on kirjattu: Yhdessä kotona"]
    with clock.fixed(workdays.deadline(14)):
        await close_due_ballots(world.session)
        lead = await world.again(scene.coordinator)
        assert (await scene.act("endorse", by=lead)).json()["code"] == "recorded_unconfirmed"
        assert (await _settle(scene, True, lead)).status_code == 403
        representative = await world.again(scene.representatives["a"])
        assert "recorded_votes_to_confirm" in await _tasks(representative)
        assert (await _settle(scene, True, representative)).status_code == 200
        assert "recorded_votes_to_confirm" not in await _tasks(representative)
        assert (await _settle(scene, True, representative)).json()["code"] == "nothing_recorded"
        assert (await scene.must("endorse", by=lead))["state"] == "endorsed"


async def test_what_nobody_confirms_is_left_out_by_the_clock(world: World) -> None:
    scene = await _recorded(world, {"a": "against"}, {"b": "for", "c": "for"}, quorum_percent=0)
    with clock.fixed(workdays.deadline(14)):
        await close_due_ballots(world.session)
        end = workdays.deadline(7)
    with clock.fixed(end):
        await take_effect_due(world.session)
        shown = (await (await world.again(scene.coordinator)).get(f"{scene.path}/ballot")).json()
    assert (await scene.row()).state == "declined"
    assert shown["recorded_confirmed"] is False
    assert (shown["result"]["votes_for"], shown["result"]["recorded"]) == (0, 0)
    connection = (await (await world.session.connection()).get_raw_connection()).driver_connection
    assert [one for one in await broken(connection) if one.code == "result_differs"] == []  # type: ignore[arg-type]


async def test_what_a_second_person_refuses_is_left_out_at_once(world: World) -> None:
    scene = await _recorded(world, {"a": "against"}, {"b": "for", "c": "for"}, quorum_percent=0)
    with clock.fixed(workdays.deadline(14)):
        await close_due_ballots(world.session)
        settled = await _settle(scene, False, await world.again(scene.representatives["b"]))
        assert settled.json()["result"]["outcome"] == "failed"
        shown = await scene.must("decline", {"reason": "Ei."}, by=await world.again(scene.coordinator))
    assert shown["state"] == "declined"


async def test_nobody_is_asked_where_they_do_not_decide(world: World) -> None:
    scene = await _recorded(world, {"a": "for", "b": "for"}, {"c": "for"})
    with clock.fixed(workdays.deadline(14)):
        await close_due_ballots(world.session)
        assert (await scene.must("endorse", by=await world.again(scene.coordinator)))["state"] == "endorsed"
    by_name = (await scene.coordinator.get(f"{scene.path}/ballot")).json()["votes"]
    assert {one["given_by"] for one in by_name} == {None, "Maija Meikäläinen"}


async def test_the_member_votes_itself_instead(world: World) -> None:
    scene = await _recorded(world, {}, {"a": "for"})
    changed = (await scene.vote("a", "against")).json()
    assert (changed["recorded"], changed["given_by"], changed["choice"]) == (False, None, "against")


async def test_a_newcomer_confirms_nothing(world: World) -> None:
    scene = await _recorded(world, {}, {"a": "for", "b": "for", "c": "for"})
    with clock.fixed(workdays.deadline(14)):
        await close_due_ballots(world.session)
        late = await world.person((Role.representative, scene.network.id, scene.members["a"].organisation_id))
        assert (await _settle(scene, True, late)).json()["code"] == "not_second_person"


@pytest.mark.parametrize(
    "given",
    [
        {"recorded": True},
        {"recorded": True, "given_by": "Maija"},
        {"given_by": "Maija", "given_how": "mail", "given_on": "2026-01-02"},
        recorded() | {"early_close": True},
        recorded() | {"given_how": "hearsay"},
        recorded() | {"given_on": "2126-01-02"},
    ],
)
async def test_a_recorded_vote_says_who_gave_it(world: World, given: dict[str, Any]) -> None:
    scene = await make_scene(world, members=1)
    await scene.to_ballot()
    path = f"{scene.path}/ballot/votes/{scene.members['a'].id}"
    assert (await scene.coordinator.put(path, {"choice": "for"} | given)).status_code == 422


async def test_recorded_votes_revoke_nothing_alone(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    await scene.must("revocations", {"way": "ballot", "reason": "Syy."})
    for name in "abc":
        assert (await scene.vote(name, "for", by=scene.coordinator, recorded=True)).status_code == 200
    with clock.fixed(clock.now() + timedelta(days=20)):
        await close_due_ballots(world.session)
        await settle_due(world.session)
        assert (await (await world.again(scene.coordinator)).get(scene.path)).json()["revocation"]["state"] == "open"
    with clock.fixed(clock.now() + timedelta(days=40)):
        await settle_due(world.session)
    assert (await scene.row()).state == "endorsed"


async def test_the_same_recorded_again_changes_nothing_and_tells_nobody(world: World) -> None:
    """Attack F19: the same vote recorded eight times wrote to the member eight times."""
    scene = await _recorded(world, {}, {"a": "for"})
    box = address(scene.representatives["a"])
    told, events = await mails(world, box), await _votes_recorded(scene)
    for _ in range(8):
        again = await scene.vote("a", "for", by=scene.coordinator, recorded=True)
        assert (again.status_code, again.json()["choice"]) == (200, "for"), again.text
    assert (await mails(world, box), await _votes_recorded(scene)) == (told, events)
    assert (await scene.vote("a", "against", by=scene.coordinator, recorded=True)).status_code == 200
    assert len(await mails(world, box)) == len(told) + 1


async def _votes_recorded(scene: Scene) -> int:
    found = await scene.world.session.exec(select(EventRow.id).where(col(EventRow.type) == "vote.recorded"))
    return len(found.all())
