"""Two hats: who led, recorded or confirmed in a network prepares for the authority, and decides and waives nothing."""

import inspect
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from puumerkki.access.roles import Role
from puumerkki.disqualification.events import ties
from puumerkki.endorsements.events import conditions, endorsements, network_powers
from puumerkki.handlings.events import ballots, decisions, handlings
from puumerkki.handlings.queries.two_hats import LED, LED_NOTHING
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import Event
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.service.partner_requests import receive_requests
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.partnerships import gate
from tests.partnerships.authority import NO, WAIVER
from tests.partnerships.cases import act

DECISION = {"outcome": "statement", "body": "Hyvinvointijohtaja", "decided_on": str(clock.today())}


async def _at_the_city(scene: Scene, *, asks: bool = True) -> PartnerRequest:
    """The version before the network is before the city too, which asks for the network's endorsement."""
    if asks:
        await gate.policy(scene.world, scene.city, scene.network)
    actor = await scene.actor(scene.editor)
    await receive_requests(scene.world.session, application=scene.application, version=scene.version, actor=actor)
    await scene.world.session.flush()
    return await gate.request_of(scene.world.session, scene.application.id)


async def _employ(scene: Scene, who: Client) -> Client:
    """Somebody works for the city, as officer and decider."""
    assert who.id is not None
    for role in (Role.officer, Role.decider):
        await scene.world.grant(who.id, role, scene.city.id)
    return await scene.world.again(who)


async def _code(answer: Any) -> str:
    return "yes" if answer.status_code == 200 else str(answer.json()["code"])


async def _leads(scene: Scene) -> Client:
    await scene.must("begin_review")
    return scene.coordinator


async def _records_a_vote(scene: Scene) -> Client:
    other = await scene.world.person((Role.coordinator, scene.network.id))
    await scene.to_ballot()
    assert (await scene.vote("a", "for", by=other, recorded=True)).status_code == 200
    return other


async def _records_a_meeting(scene: Scene) -> Client:
    await scene.must("begin_review")
    decision = {
        "meeting_id": str((await scene.meeting()).id),
        "endorses": True,
        "wording": "Puolletaan.",
        "present_member_ids": [str(scene.members[name].id) for name in "abc"],
    }
    await scene.must("record_decision", decision, by=scene.secretary)
    return scene.secretary


async def _confirms_a_meeting(scene: Scene) -> Client:
    await _records_a_meeting(scene)
    [made] = (await scene.coordinator.get(scene.path)).json()["decisions"]
    await scene.must(f"decisions/{made['id']}/confirm", by=scene.chair)
    return scene.chair


async def _is_the_second_person(scene: Scene) -> Client:
    await scene.to_endorsed()
    await scene.revoked()
    return scene.representatives["a"]


async def _votes(scene: Scene) -> Client:
    await scene.to_ballot()
    assert (await scene.vote("a", "for")).status_code == 200
    return scene.representatives["a"]


LEADING = (_leads, _records_a_vote, _records_a_meeting, _confirms_a_meeting, _is_the_second_person)


@pytest.mark.parametrize("deed", [*LEADING, _votes], ids=lambda one: one.__name__.strip("_"))
async def test_who_acted_in_the_network_answers_nothing_for_the_authority(
    world: World, deed: Callable[[Scene], Awaitable[Client]]
) -> None:
    scene = await make_scene(world)
    who = await _employ(scene, await deed(scene))
    request = await _at_the_city(scene, asks=False)
    shown = (await who.get(f"/partner-requests/{request.id}")).json()
    blocked = {one["action"]: one["blocked_by"] for one in shown["available_actions"]}
    expected = None if deed is _votes else "two_hats"
    assert (blocked["answer_none"], blocked["not_take_up"]) == (expected, expected)
    assert await _code(await act(who, request, "answer_none", NO)) == (expected or "yes")


async def test_who_led_prepares_and_is_shown_but_another_decides(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    lead = await _employ(scene, scene.coordinator)
    request = await _at_the_city(scene)
    assert await _code(await act(lead, request, "begin")) == "yes"
    shown = (await scene.editor.get(f"/partner-requests/{request.id}")).json()
    assert [one["principal_id"] for one in shown["two_hats"]] == [str(lead.id)]
    assert await _code(await act(lead, request, "decide", DECISION)) == "two_hats"
    waiting = [one["kind"] for one in (await lead.get("/tasks")).json()["items"]]
    assert "partner_request_to_decide" not in waiting
    other = await world.person((Role.decider, scene.city.id))
    tasks = (await other.get("/tasks")).json()["items"]
    assert [one["kind"] for one in tasks] == ["partner_request_to_decide"]
    assert await _code(await act(other, request, "decide", DECISION)) == "yes"
    [near] = (await scene.editor.get(scene.path)).json()["interests"]
    assert (near["principal_id"], near["authority"], near["umbrella"]) == (str(lead.id), True, False)


async def test_nothing_is_decided_for_a_tied_person_to_do(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    request = await _at_the_city(scene)
    tied = await world.person((Role.officer, scene.city.id), (Role.decider, scene.city.id))
    assert (await tied.put(f"/affiliations/{scene.applicant.id}", {"kinds": ["employee"]})).status_code == 204
    assert (await tied.get("/tasks")).json()["items"] == []
    officer = await world.person((Role.officer, scene.city.id))
    assert await _code(await act(officer, request, "begin")) == "yes"
    assert (await tied.get("/tasks")).json()["items"] == []


async def test_who_led_waives_nothing_and_undoes_nothing(world: World) -> None:
    scene = await make_scene(world)
    await scene.must("begin_review")
    lead = await _employ(scene, scene.coordinator)
    request = await _at_the_city(scene)
    [row] = (await lead.get(f"/partner-requests/{request.id}")).json()["requirements"]
    given = WAIVER | {"ground": "law"}
    assert await _code(await act(lead, request, f"requirements/{row['id']}/waive", given)) == "two_hats"
    other = await world.person((Role.decider, scene.city.id))
    assert await _code(await act(other, request, f"requirements/{row['id']}/waive", given)) == "yes"
    undone = await act(lead, request, f"requirements/{row['id']}/undo", {"reason": "Ei sittenkään."})
    assert await _code(undone) == "two_hats"


async def test_leading_another_application_is_no_other_hat(world: World) -> None:
    scene, other = await make_scene(world), await make_scene(world)
    await other.must("begin_review")
    who = await _employ(scene, other.coordinator)
    request = await _at_the_city(scene, asks=False)
    assert await _code(await act(who, request, "answer_none", NO)) == "yes"


def test_every_fact_of_a_handling_is_one_of_leading_or_not() -> None:
    told = {
        one.type
        for module in (handlings, ballots, conditions, decisions, endorsements, network_powers, ties)
        for one in vars(module).values()
        if inspect.isclass(one) and issubclass(one, Event) and one is not Event
    }
    told = {one for one in told if not one.startswith("partner_request.")}
    assert told == LED | LED_NOTHING
    assert not LED & LED_NOTHING
