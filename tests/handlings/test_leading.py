"""Coordinator tied: the chair leads, then the secretary, then whom two untied representatives choose."""

from typing import Any

import httpx
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene


async def _tie(scene: Scene, *people: Client) -> None:
    for who in people:
        assert (await who.put(f"/affiliations/{scene.applicant.id}", {"kinds": ["employee"]})).status_code == 204


def _code(answer: httpx.Response) -> str:
    return "yes" if answer.status_code == 200 else str(answer.json()["code"])


async def _kinds(caller: Client) -> list[str]:
    return [one["kind"] for one in (await caller.get("/tasks")).json()["items"]]


async def _choose(scene: Scene, by: str, whom: str) -> httpx.Response:
    given = {"member_id": str(scene.members[by].id), "principal_id": str(scene.representatives[whom].id)}
    return await scene.representatives[by].post(f"{scene.path}/lead", given)


async def _lead(scene: Scene, by: Client) -> dict[str, Any]:
    return dict((await by.get(f"{scene.path}/ties")).json()["lead"])


async def _mails(world: World, who: Client) -> int:
    assert who.id is not None
    found = await world.session.exec(
        select(OutboxMessage).where(
            col(OutboxMessage.recipient) == f"{who.id.hex}@example.org",
            col(OutboxMessage.subject).regexp_match("johtaa|Johdat"),
        )
    )
    return len(found.all())


async def test_with_an_untied_coordinator_nobody_else_leads(world: World) -> None:
    scene = await make_scene(world)
    assert _code(await scene.act("begin_review", by=scene.chair)) == "forbidden"
    assert "handling_to_review" not in await _kinds(scene.chair)
    assert (await _lead(scene, scene.chair))["instead"] == []
    assert _code(await _choose(scene, "a", "a")) == "lead_there"


async def test_the_chair_leads_then_the_secretary(world: World) -> None:
    scene = await make_scene(world)
    await _tie(scene, scene.coordinator)
    assert _code(await scene.act("begin_review")) == "disqualified"
    assert [one["principal_id"] for one in (await _lead(scene, scene.editor))["instead"]] == [str(scene.chair.id)]
    assert await _mails(world, scene.chair) == 1
    assert "handling_to_review" in await _kinds(scene.chair)
    assert _code(await scene.act("begin_review", by=scene.secretary)) == "forbidden"
    assert _code(await scene.act("begin_review", by=scene.chair)) == "yes"
    await _tie(scene, scene.chair)
    assert _code(await scene.act("open_ballot", by=scene.chair)) == "forbidden"
    await scene.must("readings", {"read_on": clock.today().isoformat()}, by=scene.secretary)
    assert _code(await scene.act("open_ballot", by=scene.secretary)) == "yes"
    recorded = await scene.vote("a", "for", by=scene.secretary, recorded=True)
    assert recorded.status_code == 200, recorded.text


async def test_two_untied_representatives_choose_one(world: World) -> None:
    scene = await make_scene(world)
    await _tie(scene, scene.coordinator, scene.chair, scene.secretary)
    assert await _mails(world, scene.representatives["a"]) == 1
    assert "lead_to_choose" in await _kinds(scene.representatives["a"])
    assert "lead_to_choose" not in await _kinds(scene.representatives["own"])
    assert _code(await scene.act("begin_review", by=scene.representatives["c"])) == "forbidden"
    assert _code(await _choose(scene, "a", "c")) == "yes"
    assert "lead_to_choose" not in await _kinds(scene.representatives["a"])
    assert _code(await _choose(scene, "a", "c")) == "yes"
    assert _code(await scene.act("begin_review", by=scene.representatives["c"])) == "forbidden", (
        "one alone chooses nobody"
    )
    assert _code(await _choose(scene, "own", "c")) == "disqualified"
    assert (await _choose(scene, "b", "own")).status_code == 422
    assert _code(await _choose(scene, "b", "c")) == "yes"
    assert _code(await scene.act("begin_review", by=scene.representatives["c"])) == "yes"
    assert _code(await scene.act("begin_review", by=scene.representatives["a"])) == "forbidden"
    assert _code(await _choose(scene, "b", "a")) == "lead_there"


async def test_whom_they_chose_and_is_tied_by_now_leads_no_more(world: World) -> None:
    scene = await make_scene(world)
    await _tie(scene, scene.coordinator, scene.chair, scene.secretary)
    for by in "ab":
        assert _code(await _choose(scene, by, "c")) == "yes"
    await _tie(scene, scene.representatives["c"])
    assert _code(await scene.act("begin_review", by=scene.representatives["c"])) == "forbidden"
    for by in "ab":
        assert _code(await _choose(scene, by, "a")) == "yes"
    assert _code(await scene.act("begin_review", by=scene.representatives["a"])) == "yes"


async def test_a_person_with_two_voices_chooses_once(world: World) -> None:
    scene = await make_scene(world)
    await _tie(scene, scene.coordinator, scene.chair, scene.secretary)
    twice = scene.representatives["a"]
    assert twice.id is not None
    await world.grant(twice.id, Role.representative, scene.network.id, scene.members["b"].organisation_id)
    scene.representatives["a"] = scene.representatives["b"] = await world.again(twice)
    for by in "ab":
        assert _code(await _choose(scene, by, "c")) == "yes"
    assert _code(await scene.act("begin_review", by=scene.representatives["c"])) == "forbidden"


async def test_two_members_of_one_owner_choose_nobody_alone(world: World) -> None:
    scene = await make_scene(world, members=4)
    boss = await world.person((Role.owner, scene.members["a"].organisation_id))
    assert boss.id is not None
    await world.grant(boss.id, Role.owner, scene.members["b"].organisation_id)
    await _tie(scene, scene.coordinator, scene.chair, scene.secretary)
    for by in "ab":
        assert _code(await _choose(scene, by, "a")) == "yes"
    assert _code(await scene.act("begin_review", by=scene.representatives["a"])) == "forbidden"
    assert _code(await _choose(scene, "d", "a")) == "yes"
    assert _code(await scene.act("begin_review", by=scene.representatives["a"])) == "yes"


async def test_the_representatives_choice_stands_before_the_deputys(world: World) -> None:
    scene = await make_scene(world, members=4)
    await _tie(scene, scene.coordinator, scene.chair, scene.secretary)
    assert _code(await _choose(scene, "a", "c")) == "yes"
    given = {"member_id": str(scene.members["a"].id), "principal_id": str(scene.representatives["b"].id)}
    deputy = await scene.fresh("a")
    assert _code(await deputy.post(f"{scene.path}/lead", given)) == "representative_voted"


async def test_whom_they_chose_records_what_a_meeting_decided(world: World) -> None:
    scene = await make_scene(world)
    await _tie(scene, scene.coordinator, scene.chair, scene.secretary)
    for by in "ab":
        assert _code(await _choose(scene, by, "c")) == "yes"
    await scene.must("begin_review", by=scene.representatives["c"])
    decision = {
        "meeting_id": str((await scene.meeting()).id),
        "endorses": True,
        "wording": "Puolletaan.",
        "present_member_ids": [str(scene.members[name].id) for name in "abc"],
    }
    recorded = await scene.act("record_decision", decision, by=scene.representatives["c"])
    assert recorded.status_code in (200, 201), recorded.text


async def test_whom_they_chose_and_speaks_for_nobody_any_more_leads_no_more(world: World) -> None:
    """Those who chose are told to choose anew, and have the task again."""
    scene = await make_scene(world)
    await _tie(scene, scene.coordinator, scene.chair, scene.secretary)
    chosen, member = scene.representatives["c"], scene.members["c"]
    for by in "ab":
        assert _code(await _choose(scene, by, "c")) == "yes"
    assert "lead_to_choose" not in await _kinds(scene.representatives["a"])
    owner = await world.person((Role.owner, member.organisation_id))
    path = f"/networks/{scene.network.id}/members/{member.id}"
    version = (await owner.get(path)).json()["version"]
    gone = await owner.delete(f"{path}/representative", if_match=version)
    assert gone.status_code == 204, gone.text
    scene.representatives["c"] = await world.again(chosen)
    assert _code(await scene.act("begin_review", by=scene.representatives["c"])) in ("forbidden", "not_found")
    assert await _mails(world, scene.representatives["a"]) == 2
    assert "lead_to_choose" in await _kinds(scene.representatives["a"])
    for by in "ab":
        assert _code(await _choose(scene, by, "a")) == "yes"
    assert _code(await scene.act("begin_review", by=scene.representatives["a"])) == "yes"
