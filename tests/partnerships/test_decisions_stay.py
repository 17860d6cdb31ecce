"""An authority's decision is the authority's: whatever an applicant does, only a decider takes it up again."""

from typing import Any

import pytest

from puumerkki.access.roles import Role
from tests.factories import World
from tests.partnerships.authority import NO
from tests.partnerships.test_gate_rules import call_of_anybody
from tests.partnerships.test_partner_requests import DECISION
from tests.partnerships.ways_on import Walk, at_the_city, clocks


async def _asks(walk: Walk, *authorities: str) -> None:
    """The applicant submits a version that asks these authorities."""
    path = f"/applications/{walk.scene.application.id}"
    asked = [{"authority_id": one, "asks": None} for one in authorities]
    for method, at, given in (("PATCH", path, {"authorities": asked}), ("POST", f"{path}/submit", {})):
        version = (await walk.scene.editor.get(path)).json()["version"]
        answer = await walk.scene.editor.request(method, at, json=given, if_match=version)
        assert answer.is_success, answer.text


async def _withdraws(walk: Walk) -> None:
    owner = await walk.world.person((Role.owner, walk.scene.applicant.id))
    path = f"/applications/{walk.scene.application.id}"
    version = (await owner.get(path)).json()["version"]
    assert (await owner.post(f"{path}/withdraw", if_match=version)).is_success


async def _decided(walk: Walk, outcome: str) -> None:
    if outcome == "none":
        await walk.answered_no()
        return
    await walk.endorsed()
    await walk.decided()


async def _stays(walk: Walk, outcome: str, reason: str) -> dict[str, Any]:
    shown = await walk.seen()
    assert (shown["state"], shown["decision"]["outcome"], shown["to_look_at"]) == ("decided", outcome, reason)
    assert shown["former_decisions"] == []
    path = f"/partner-requests?authority={walk.scene.city.id}&state=decided"
    assert [one["to_look_at"] for one in (await walk.decider.get(path)).json()["items"]] == [reason]
    assert {"keep", "reopen"} <= {one["action"] for one in shown["available_actions"] if one["allowed"]}
    return shown


@pytest.mark.parametrize("outcome", ["commitment", "none"])
async def test_an_applicant_that_asks_no_more_and_then_again_undoes_nothing(world: World, outcome: str) -> None:
    with clocks() as stack:
        walk = await at_the_city(world, stack)
        await _decided(walk, outcome)
        await _asks(walk)
        await _stays(walk, outcome, "no_longer_asked")
        await _asks(walk, str(walk.scene.city.id))
        await _stays(walk, outcome, "new_version")
        await walk.step(walk.decider, "keep")
        assert (await walk.seen())["decision"]["version_number"] == 1


@pytest.mark.parametrize("outcome", ["commitment", "none"])
async def test_a_withdrawn_application_leaves_the_decision_to_the_authority(world: World, outcome: str) -> None:
    with clocks() as stack:
        walk = await at_the_city(world, stack)
        await _decided(walk, outcome)
        await _withdraws(walk)
        await _stays(walk, outcome, "application_withdrawn")


@pytest.mark.parametrize("how", ["not asked", "withdrawn"])
async def test_a_decider_ends_what_nobody_asks_for_any_more(world: World, how: str) -> None:
    """Taking it up again, where nobody asks, ends the case; the decision is among the former ones."""
    with clocks() as stack:
        walk = await at_the_city(world, stack)
        await _decided(walk, "commitment")
        if how == "not asked":
            await _asks(walk)
        else:
            await _withdraws(walk)
        shown = await walk.step(walk.decider, "reopen")
        assert (shown["state"], [one["outcome"] for one in shown["former_decisions"]]) == ("withdrawn", ["commitment"])


async def test_what_was_not_decided_is_withdrawn_and_comes_again(world: World) -> None:
    with clocks() as stack:
        walk = await at_the_city(world, stack)
        await _asks(walk)
        assert await walk.state() == "withdrawn"
        await _asks(walk, str(walk.scene.city.id))
        assert await walk.state() == "referred"


@pytest.mark.parametrize("outcome", ["commitment", "none"])
async def test_a_call_that_comes_after_the_decision_is_looked_at(world: World, outcome: str) -> None:
    with clocks() as stack:
        walk = await at_the_city(world, stack)
        await _decided(walk, outcome)
        call = await call_of_anybody(world, walk.scene.applicant)
        given = {
            "application_id": str(walk.scene.application.id),
            "funder_id": str(call.funder_id),
            "call_id": str(call.id),
        }
        assert (await walk.scene.editor.post("/filings", given)).status_code == 201
        assert (await walk.seen())["to_look_at"] is None, "no requirement asks by this call"
        await walk.policy(call_ids=[call.id])
        assert (await walk.scene.editor.post("/filings", given)).status_code == 201
        shown = await _stays(walk, outcome, "call_added")
        assert len(shown["requirements"]) == 1
        assert DECISION["outcome"] == "commitment"
        assert (await walk.step(walk.decider, "reopen"))["requirements"][1]["cause"] == "named"


async def test_an_authority_goes_on_without_the_answer_to_what_it_asked(world: World) -> None:
    with clocks() as stack:
        walk = await at_the_city(world, stack)
        await walk.endorsed()
        await walk.step(walk.officer, "begin")
        await walk.step(walk.officer, "ask_supplement", {"body": "Mikä on omarahoitus?"})
        shown = await walk.step(walk.officer, "close_supplement")
        [asked] = shown["supplements"]
        assert (shown["state"], asked["answered_at"], asked["closed_at"] is None) == ("in_preparation", None, False)
        await walk.step(walk.officer, "ask_supplement", {"body": "Entä tilat?"})
        await walk.endorsement_runs_out()
        await walk.by_the_gate(walk.officer, "close_supplement", "endorsement_expired")
        await walk.step(walk.decider, "answer_none", NO)
