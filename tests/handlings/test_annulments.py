"""A ballot is annulled by two persons for what was wrong in it; after two without a result a meeting decides."""

from datetime import timedelta
from typing import Any

import pytest

from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.kernel import clock
from tests.applications.test_co_applicants import address, mails
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene

FAULT = {"fault": "electorate", "reason": "Yhdistys puuttui äänestäjistä."}


async def _tasks(caller: Client) -> list[str]:
    return [one["kind"] for one in (await caller.get("/tasks")).json()["items"]]


async def _annulled(scene: Scene, by: str = "a") -> dict[str, Any]:
    await scene.must("annul_ballot", FAULT)
    return await scene.must("annulment/confirm", by=scene.representatives[by])


@pytest.mark.parametrize("counted", [False, True])
async def test_one_person_alone_annuls_nothing(world: World, counted: bool) -> None:
    scene = await make_scene(world, members=2)
    await scene.to_ballot()
    for name in "ab":
        await scene.vote(name, "against")
    if counted:
        await scene.on_ballot("close")
    assert (await scene.act("annul_ballot", {"reason": "x"})).status_code == 422
    assert (await scene.must("annul_ballot", FAULT))["state"] == "in_ballot"
    assert (await scene.act("annul_ballot", FAULT)).json()["code"] == "annulment_waits"
    assert (await scene.act("annulment/confirm")).status_code == 403
    shown = (await scene.representatives["a"].get(f"{scene.path}/ballot")).json()
    assert (shown["state"], shown["annulment"]["reason"]) == ("closed" if counted else "open", FAULT["reason"])
    assert "annulment_to_confirm" in await _tasks(scene.representatives["a"])
    assert await mails(world, address(scene.representatives["a"])) == [
        "Äänestyksen mitätöinti odottaa vahvistusta: Yhdessä kotona"
    ]
    if counted:
        assert (await scene.must("decline", {"reason": "Ei."}))["state"] == "declined", "it holds nothing up"
        assert "annulment_to_confirm" not in await _tasks(scene.representatives["a"])


async def test_two_persons_do_and_it_stays_on_the_page(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    await scene.vote("a", "against")
    assert (await _annulled(scene))["state"] == "in_review"
    ballot = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
    assert (ballot["state"], ballot["votes"], ballot["result"]) == ("annulled", None, None)
    assert (await scene.vote("b", "for")).json()["code"] == "ballot_closed"
    shown = await scene.must("open_ballot")
    [former] = shown["former_ballots"]
    assert (former["state"], former["fault"], former["annulled_reason"]) == ("annulled", "electorate", FAULT["reason"])


async def test_who_confirms_is_a_second_person(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    await scene.must("annul_ballot", FAULT)
    late = await world.person((Role.representative, scene.network.id, scene.members["a"].organisation_id))
    assert (await scene.act("annulment/confirm", by=late)).json()["code"] == "not_second_person"
    assert (await scene.act("annulment/confirm", by=scene.representatives["own"])).json()["code"] == "disqualified"
    await scene.must("annulment/drop", by=scene.representatives["b"])
    assert (await scene.act("annulment/confirm", by=scene.representatives["b"])).json()["code"] == "no_annulment"
    assert (await scene.must("annul_ballot", FAULT))["state"] == "in_ballot", "it may be proposed again"


async def test_after_two_ballots_without_a_result_a_meeting_decides(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    await _annulled(scene)
    start = clock.now()
    await scene.must("open_ballot")
    with clock.fixed(start + timedelta(days=20)):
        await close_due_ballots(world.session)
        lead = await world.again(scene.coordinator)
        await scene.must("reopen_review", {"reason": "Ei päätösvaltainen."}, by=lead)
        refused = await scene.act("open_ballot", by=lead)
        assert (refused.status_code, refused.json()["code"]) == (409, "two_ballots_held")
        editor = await world.again(scene.editor)
        assert (await scene.act("ask_for_ballot", by=editor)).json()["code"] == "two_ballots_held"
        await scene.next_version(goals="Kolmesataa ihmistä.")
        await scene.must("readings", {"read_on": clock.today().isoformat()}, by=lead)
        assert (await scene.must("open_ballot", by=lead))["state"] == "in_ballot", "another version has its own"


async def _revoking(world: World) -> Scene:
    """Endorsed, and the members vote on revoking the puumerkki."""
    scene = await make_scene(world)
    await scene.to_endorsed()
    await scene.must("revocations", {"way": "ballot", "reason": "Hanke on muuttunut."})
    return scene


async def test_a_ballot_that_is_to_revoke_is_annulled_by_two_persons_and_the_puumerkki_stays(world: World) -> None:
    scene = await _revoking(world)
    await scene.vote("a", "for")
    await scene.must("annul_ballot", FAULT)
    assert (await scene.act("annul_ballot", FAULT)).json()["code"] == "annulment_waits"
    assert (await scene.act("annulment/confirm")).status_code == 403
    assert "annulment_to_confirm" in await _tasks(scene.representatives["b"])
    shown = await scene.must("annulment/confirm", by=scene.representatives["b"])
    assert (shown["state"], shown["revocation"]["state"]) == ("endorsed", "dropped")
    assert shown["revocation"]["end_reason"] == "ballot_annulled"
    assert "annulment_to_confirm" not in await _tasks(scene.representatives["b"])
    ballot = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
    assert (ballot["state"], ballot["annulled_reason"]) == ("annulled", FAULT["reason"])
    again = await scene.must("revocations", {"way": "ballot", "reason": "Hanke on muuttunut."})
    assert again["revocation"]["state"] == "open"


async def test_the_annulment_of_a_revoking_ballot_can_be_dropped(world: World) -> None:
    scene = await _revoking(world)
    await scene.must("annul_ballot", FAULT)
    assert (await scene.must("annulment/drop", by=scene.representatives["b"]))["revocation"]["state"] == "open"
    assert (await scene.vote("a", "for")).status_code == 200


async def test_where_no_ballot_is_held_there_is_none_to_annul(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    assert (await scene.act("annul_ballot", FAULT)).json()["code"] == "no_ballot"
    await scene.must("revocations", {"way": "cause", "cause": "false_facts", "reason": "Väärät tiedot."})
    assert (await scene.act("annul_ballot", FAULT)).json()["code"] == "no_ballot"


async def test_revoking_ballots_are_annulled_twice_at_most(world: World) -> None:
    """A coordinator and a friend annulled each, and the puumerkki could never be revoked."""
    scene = await _revoking(world)
    for _ in range(2):
        await scene.must("annul_ballot", FAULT)
        await scene.must("annulment/confirm", by=scene.representatives["b"])
        await scene.must("revocations", {"way": "ballot", "reason": "Hanke on muuttunut."})
    refused = await scene.act("annul_ballot", FAULT)
    assert (refused.status_code, refused.json()["code"]) == (409, "annulled_twice"), refused.text


async def test_what_was_to_annul_a_ballot_that_took_effect_asks_nobody(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    await scene.must("annul_ballot", FAULT)
    assert "annulment_to_confirm" in await _tasks(scene.representatives["b"])
    (await scene.row()).state = HandlingState.endorsed
    await world.session.flush()
    assert "annulment_to_confirm" not in await _tasks(scene.representatives["b"])
