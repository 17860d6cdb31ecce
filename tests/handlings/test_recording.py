"""Secretary tied: the coordinator records what a meeting decided, then the chair."""

from typing import Any

import pytest
from sqlmodel import col, update

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from tests.factories import World
from tests.handlings.scene import Scene, make_scene
from tests.handlings.test_leading import _code, _tie


async def _scene(world: World) -> tuple[Scene, dict[str, Any]]:
    """In review, with a meeting that was held; secretary, chair and coordinator are of a, b and c."""
    scene = await make_scene(world)
    await scene.must("begin_review")
    meeting = await scene.meeting()
    await world.grant(scene.coordinator.person_id, Role.viewer, scene.members["c"].organisation_id)
    scene.coordinator = await world.again(scene.coordinator)
    return scene, {
        "meeting_id": str(meeting.id),
        "endorses": True,
        "wording": "Puolletaan.",
        "present_member_ids": [str(scene.members[name].id) for name in "abc"],
    }


async def test_with_an_untied_secretary_nobody_else_records(world: World) -> None:
    scene, decision = await _scene(world)
    for who in (scene.coordinator, scene.chair):
        assert _code(await scene.act("record_decision", decision, by=who)) == "forbidden"


@pytest.mark.parametrize("how", ["tied", "gone", "came_later"])
async def test_the_coordinator_records_where_no_secretary_can(world: World, how: str) -> None:
    scene, decision = await _scene(world)
    office = col(RoleGrant.principal_id) == scene.secretary.id, col(RoleGrant.role) == Role.secretary
    if how == "tied":
        await _tie(scene, scene.secretary)
    elif how == "gone":
        await world.session.exec(update(RoleGrant).where(*office).values(expires_at=clock.now()))
    else:
        await world.session.exec(update(RoleGrant).where(*office).values(created_at=clock.now()))
    assert _code(await scene.act("record_decision", decision, by=scene.chair)) == "forbidden"
    made = (await scene.coordinator.get(scene.path)).json()
    assert "record_decision" in str(made["available_actions"])
    recorded = await scene.act("record_decision", decision, by=scene.coordinator)
    assert recorded.is_success, recorded.text
    [kept] = (await scene.coordinator.get(scene.path)).json()["decisions"]
    confirm = f"decisions/{kept['id']}/confirm"
    assert _code(await scene.act(confirm, by=scene.coordinator)) == "same_person"
    assert _code(await scene.act(confirm, by=scene.chair)) == "yes"


async def test_then_the_chair(world: World) -> None:
    scene, decision = await _scene(world)
    await _tie(scene, scene.secretary)
    office = col(RoleGrant.principal_id) == scene.coordinator.id, col(RoleGrant.role) == Role.coordinator
    await world.session.exec(update(RoleGrant).where(*office).values(created_at=clock.now()))
    refused = await scene.act("record_decision", decision, by=scene.coordinator)
    assert _code(refused) == "forbidden", "who came to the office later records nothing"
    recorded = await scene.act("record_decision", decision, by=scene.chair)
    assert recorded.is_success, recorded.text
