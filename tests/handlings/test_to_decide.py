"""What is in review lies on the desk of whoever brings it to a decision, and says the same there as on its page."""

from typing import Any

import pytest
from sqlmodel import col, delete, update

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.handlings.queries.handling_tasks import TASKS
from puumerkki.handlings.service.effects import open_asked
from puumerkki.kernel import clock
from puumerkki.wiring import ROOMS
from tests.endorsements.conditional import ANOTHER_PROJECT, conditional
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.handlings.test_leading import _tie as tie
from tests.model_based.doable import ACTIONS, BESIDE, not_doable
from tests.tasks import tasks_of

DECIDE = ["handling_to_decide"]


async def kinds(scene: Scene, caller: Client) -> list[str]:
    found = await tasks_of(scene.world.session, caller.id, TASKS)
    return [one.kind for one in found if one.subject_id == scene.handling_id]


async def step(scene: Scene, caller: Client) -> tuple[str | None, str, str | None]:
    said: Any = (await caller.get(f"/next/handling/{scene.handling_id}")).json()["step"]
    return said["task"], said["says"], said["does"]


async def read(scene: Scene) -> None:
    await scene.must("readings", {"read_on": clock.today().isoformat()})


async def decision(scene: Scene, present: str = "abc") -> dict[str, Any]:
    return {
        "meeting_id": str((await scene.meeting()).id),
        "endorses": True,
        "wording": "Puollettiin.",
        "present_member_ids": [str(scene.members[name].id) for name in present],
    }


async def test_a_review_is_the_coordinators_until_a_ballot_is_open(world: World) -> None:
    scene = await make_scene(world)
    await scene.must("begin_review")
    [task] = await tasks_of(world.session, scene.coordinator.id, TASKS)
    assert (task.kind, task.due_on) == ("handling_to_decide", (await scene.row()).handle_by)
    for other in (scene.chair, scene.secretary, scene.representatives["a"], scene.editor):
        assert await kinds(scene, other) == []
    assert await step(scene, scene.coordinator) == ("handling_to_decide", "not_read", "record_reading")
    await read(scene)
    assert await step(scene, scene.coordinator) == ("handling_to_decide", "ready_for_ballot", "open_ballot")
    await scene.must("open_ballot")
    assert await kinds(scene, scene.coordinator) == []


async def test_what_was_returned_is_nobodys_in_the_network(world: World) -> None:
    scene = await make_scene(world)
    await scene.must("begin_review")
    await scene.must("return", {"points": [{"body": "Montako?"}]})
    assert await kinds(scene, scene.coordinator) == []


async def test_where_a_meeting_decides_the_secretary_records(world: World) -> None:
    scene = await make_scene(world, method="meeting_decides")
    await scene.must("begin_review")
    assert await kinds(scene, scene.secretary) == DECIDE
    assert await kinds(scene, scene.coordinator) == await kinds(scene, scene.chair) == []
    assert await step(scene, scene.secretary) == ("handling_to_decide", "meeting_decides", "record_decision")
    await scene.must("record_decision", await decision(scene), by=scene.secretary)
    assert await kinds(scene, scene.secretary) == []


@pytest.mark.parametrize("how", ["tied", "gone", "came_later"])
async def test_where_no_secretary_can_the_coordinator_records(world: World, how: str) -> None:
    scene = await make_scene(world, method="meeting_decides")
    await scene.must("begin_review")
    office = col(RoleGrant.principal_id) == scene.secretary.id, col(RoleGrant.role) == Role.secretary
    if how == "tied":
        await tie(scene, scene.secretary)
    elif how == "gone":
        await world.session.exec(delete(RoleGrant).where(*office))
    else:
        await world.session.exec(update(RoleGrant).where(*office).values(created_at=clock.now()))
    assert await kinds(scene, scene.secretary) == []
    assert await kinds(scene, scene.coordinator) == DECIDE
    assert (await step(scene, scene.coordinator))[2] == "record_decision"


async def test_an_advisory_networks_statement_is_the_coordinators(world: World) -> None:
    scene = await make_scene(world, network={"decides": False}, method="meeting_decides")
    await scene.must("begin_review")
    assert await kinds(scene, scene.secretary) == []
    assert await kinds(scene, scene.coordinator) == DECIDE
    assert await step(scene, scene.coordinator) == ("handling_to_decide", "statement_due", "give_statement")


async def test_a_tied_coordinator_is_asked_nothing_and_who_leads_instead_is(world: World) -> None:
    scene = await make_scene(world)
    await scene.must("begin_review")
    await tie(scene, scene.coordinator)
    assert await kinds(scene, scene.coordinator) == []
    assert await kinds(scene, scene.chair) == DECIDE


async def test_the_ballot_that_was_asked_for_is_one_task_not_two(world: World) -> None:
    scene = await make_scene(world)
    await scene.must("begin_review")
    row = await scene.row()
    row.handle_by = clock.today().replace(year=clock.today().year - 1)
    await world.session.flush()
    await scene.must("ask_for_ballot", by=scene.editor)
    assert await kinds(scene, scene.coordinator) == ["ballot_to_open"]
    await open_asked(world.session)


async def test_a_meeting_decides_after_two_ballots_without_a_result(world: World) -> None:
    scene = await make_scene(world)
    await scene.must("begin_review")
    await read(scene)
    for _ in range(2):
        assert await kinds(scene, scene.coordinator) == DECIDE
        assert await kinds(scene, scene.secretary) == []
        await scene.must("open_ballot")
        await scene.must("annul_ballot", {"fault": "tie", "reason": "Kokous."})
        await scene.must("annulment/confirm", by=scene.representatives["b"])
    assert await kinds(scene, scene.coordinator) == []
    assert await step(scene, scene.secretary) == ("handling_to_decide", "meeting_decides", "record_decision")


async def test_only_whom_the_step_takes_is_asked_to_confirm_a_decision(world: World) -> None:
    """The coordinator was not there; another chair came later; a second one is of the recorder's organisation."""
    scene = await make_scene(world, members=4)
    await scene.must("begin_review")
    near, late = [await world.person((Role.chair, scene.network.id)) for _ in range(2)]
    await scene.seat(secretary="a", chair="b")
    for who, name in ((near, "a"), (late, "c")):
        assert who.id is not None
        await world.grant(who.id, Role.viewer, scene.members[name].organisation_id)
    grant = col(RoleGrant.principal_id) == near.id, col(RoleGrant.scope_id) == scene.network.id
    arrived = (await scene.row()).received_at
    await world.session.exec(update(RoleGrant).where(*grant).values(created_at=arrived))
    await scene.must("record_decision", await decision(scene), by=scene.secretary)
    asked = {
        name
        for name, who in {
            "chair": scene.chair,
            "coordinator": scene.coordinator,
            "secretary": scene.secretary,
            "near": near,
            "late": late,
        }.items()
        if "decision_to_confirm" in await kinds(scene, who)
    }
    assert asked == {"chair"}
    for who in (scene.chair, scene.coordinator, scene.secretary, near, late):
        shown = (await who.get(scene.path)).json()["available_actions"]
        may = [one["action"] for one in shown if one["action"] == "confirm_decision" and one["allowed"]]
        assert may == (["confirm_decision"] if who is scene.chair else [])


async def test_nobody_is_asked_what_they_may_not_do(world: World) -> None:
    scene = await make_scene(world, members=4)
    people = [scene.coordinator, scene.chair, scene.secretary, scene.editor, *scene.representatives.values()]
    assert await not_doable(world, people) == []
    await scene.must("begin_review")
    await read(scene)
    assert await not_doable(world, people) == []
    await scene.must("open_ballot")
    await scene.must("annul_ballot", {"fault": "tie", "reason": "Kokous."})
    assert await not_doable(world, people) == []
    await scene.must("annulment/confirm", by=scene.representatives["b"])
    await scene.must("record_decision", await decision(scene), by=scene.secretary)
    assert await not_doable(world, people) == []


def test_every_kind_on_a_thing_with_actions_names_those_that_do_it() -> None:
    kinds = {(task.subject, task.kind) for room in ROOMS for task in room.tasks}
    things = {subject for subject, _ in ACTIONS}
    assert {one for one in kinds if one[0] in things and one[1] not in BESIDE} == set(ACTIONS)


async def test_a_version_that_waits_is_compared_with_the_conditions(world: World) -> None:
    scene = await conditional(world)
    assert await kinds(scene, scene.coordinator) == []
    await scene.next_version(**ANOTHER_PROJECT)
    assert await kinds(scene, scene.coordinator) == ["conditions_to_check"]
    assert await step(scene, scene.coordinator) == ("conditions_to_check", "newer_version", "compare")
    await scene.must("take_new_version")
    assert await kinds(scene, scene.coordinator) == ["handling_to_review"]
