"""Only an active network handles. What is open when it rests or closes ends with notice; so with a lost membership."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from puumerkki.calls.models import FundingCall
from puumerkki.handlings.models.handlings import Refusal
from puumerkki.handlings.service.network_ends import lapse_ended
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.networks.models.networks import MemberState, NetworkState
from puumerkki.networks.service.decision_votes import decide_due
from tests.applications.drafts import draft, submitted
from tests.factories import World
from tests.handlings.scene import Scene, make_scene
from tests.network_decisions import by_vote
from tests.personas import make_cast

REASON = {"reason": "Työ on tehty."}


async def _state(scene: Scene, state: NetworkState) -> None:
    scene.network.state = state
    await scene.world.session.flush()


async def _closing(scene: Scene, days: int) -> dict[str, Any]:
    day = (clock.today() + timedelta(days=days)).isoformat()
    given = {"kind": "close", "on_day": day} | REASON
    answer = await by_vote(scene.world, scene.network, scene.coordinator, **given)
    return dict(answer.json())


@pytest.mark.parametrize("state", [NetworkState.dormant, NetworkState.closed])
async def test_a_network_that_rests_or_is_closed_takes_no_step(world: World, state: NetworkState) -> None:
    scene = await make_scene(world)
    await _state(scene, state)
    for action, given in (
        ("begin_review", None),
        ("return", {"points": [{"body": "Budjetti puuttuu."}]}),
        ("readings", {"read_on": clock.today().isoformat()}),
    ):
        refused = await scene.act(action, given)
        assert (refused.status_code, refused.json()["code"]) == (409, "network_not_active"), refused.text
    await _state(scene, NetworkState.active)
    await scene.to_ballot()
    for name in "abc":
        await scene.vote(name, "for")
    await scene.on_ballot("close")
    await _state(scene, state)
    refused = await scene.act("endorse")
    assert (refused.status_code, refused.json()["code"]) == (409, "network_not_active")
    annulled = await scene.on_ballot("annul", {"reason": "Verkosto ei toimi."})
    assert annulled.json().get("code") != "network_not_active", annulled.text


async def test_what_is_open_on_the_day_ends_and_its_endorsement_holds(world: World) -> None:
    scene = await make_scene(world)
    early = await _closing(scene, 29)
    assert early["errors"][0]["code"] == "too_soon"
    decided = await _closing(scene, 31)
    assert decided["state"] == "adopted", decided
    seen = (await world.nobody.get(f"/networks/{scene.network.id}")).json()
    assert seen["ending"] == {"kind": "close", "on_day": decided["on_day"]}
    told = (await world.session.exec(select(OutboxMessage.subject))).all()
    assert any("Verkosto lakkautetaan" in one for one in told), "the applicants know of it"
    await scene.to_ballot()
    with clock.fixed(clock.now() + timedelta(days=31)):
        await decide_due(world.session)
        await lapse_ended(world.session)
    row = await scene.row()
    assert (row.state, row.lapse_reason) == ("lapsed", "network_closed")
    told = (await world.session.exec(select(OutboxMessage.subject))).all()
    assert any("Käsittely päättyi" in one for one in told)


@pytest.mark.parametrize("state", [NetworkState.dormant, NetworkState.closed])
async def test_what_was_counted_against_it_stays_when_the_network_ends(world: World, state: NetworkState) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    for name in "abc":
        assert (await scene.vote(name, "against", reason="Ei täydennä.")).status_code == 200
    assert (await scene.on_ballot("close")).status_code == 200
    await _state(scene, state)
    await lapse_ended(world.session)
    row = await scene.row()
    assert (row.state, row.reason) == ("declined", "Ei täydennä.")
    refused = (await world.session.exec(select(Refusal.handling_id))).all()
    assert refused == [scene.handling_id]


async def test_endorsements_hold_and_nothing_open_may_end_the_same_day(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    given = {"kind": "close", "way": "second_person", "on_day": clock.today().isoformat()} | REASON
    path = f"/networks/{scene.network.id}/decisions"
    made = await scene.coordinator.post(path, given)
    assert made.status_code == 201, made.text
    representative = scene.representatives["a"]
    closed = await representative.post(f"{path}/{made.json()['id']}/confirm", if_match=made.json()["version"])
    assert closed.json()["state"] == "done", closed.text
    await lapse_ended(world.session)
    assert (await scene.row()).state == "endorsed"
    assert (await world.nobody.get(f"/endorsements/{number}")).json()["status"] == "valid"


async def test_the_day_comes_after_the_last_call_that_is_served(world: World) -> None:
    scene = await make_scene(world)
    call = FundingCall(
        names={"fi": "Haku"}, funder_id=scene.city.id, opens_at=clock.now(), closes_at=clock.now() + timedelta(days=60)
    )
    world.session.add(call)
    await world.session.flush()
    await scene.next_version(call_id=str(call.id))
    assert (await _closing(scene, 60))["errors"][0]["code"] == "too_soon"
    assert (await _closing(scene, 61))["state"] == "adopted"


async def test_a_handling_ends_when_no_applicant_is_a_member_any_more(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    await lapse_ended(world.session)
    assert (await scene.row()).state == "in_ballot"
    scene.members["own"].state = MemberState.removed
    await world.session.flush()
    await lapse_ended(world.session)
    assert (await scene.row()).state == "in_ballot", "an open ballot is counted first"
    for name in "abc":
        await scene.vote(name, "for")
    await scene.on_ballot("close")
    await lapse_ended(world.session)
    row = await scene.row()
    assert (row.state, row.lapse_reason) == ("lapsed", "not_a_member")


async def test_nothing_new_comes_in_before_the_day_and_what_is_there_goes_on(world: World) -> None:
    cast = await make_cast(world)
    there = await submitted(cast)
    waiting = await draft(cast, title="Toinen hanke")
    day = (clock.today() + timedelta(days=31)).isoformat()
    decided = await by_vote(world, cast.network, cast["coordinator"], kind="close", on_day=day, **REASON)
    assert decided.json()["state"] == "adopted", decided.text
    path = f"/applications/{waiting['id']}"
    refused = await cast["editor"].post(f"{path}/submit", if_match=waiting["version"])
    assert (refused.status_code, refused.json()["code"]) == (409, "network_ends")
    assert refused.json()["network_ids"] == [str(cast.network.id)]
    path = f"/applications/{there['id']}"
    seen = (await cast["editor"].get(path)).json()
    changed = await cast["editor"].patch(path, {"title": "Yhdessä kotona II"}, if_match=seen["version"])
    again = await cast["editor"].post(f"{path}/submit", if_match=changed.json()["version"])
    assert again.status_code == 200, again.text


async def test_a_network_that_stops_deciding_finishes_what_is_open_and_then_only_advises(world: World) -> None:
    scene = await make_scene(world)
    done = await by_vote(world, scene.network, scene.coordinator, kind="stop_deciding", reason="Neuvomme vain.")
    assert done.json()["state"] == "done", done.text
    assert (await scene.coordinator.get(scene.path)).json()["decides"] is True
    await scene.next_version(goals="Kolmesataa ihmistä.")
    number = await scene.to_endorsed()
    assert (await world.nobody.get(f"/endorsements/{number}")).json()["status"] == "valid"
    await scene.next_version(purpose="Aivan toinen hanke.")
    assert (await scene.coordinator.get(scene.path)).json()["decides"] is False
    await scene.must("begin_review")
    await scene.must("readings", {"read_on": clock.today().isoformat()})
    assert (await scene.act("open_ballot")).json()["code"] == "network_advises"
