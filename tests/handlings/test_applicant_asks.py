"""Only the leading applicant's own word makes a revocation "the applicant asks"."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from tests.applications.test_co_applicants import with_version
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene

ASKED = {"way": "cause", "cause": "applicant_asks", "reason": "Hakija pyytää."}
WEEK = timedelta(days=8)


async def _together(world: World) -> tuple[Scene, Client, str]:
    """Two apply and have the endorsement; the co-applicant's editor, and the endorsement's number."""
    scene = await make_scene(world, members=2)
    other, _ = await with_version(scene)
    return scene, await world.person((Role.editor, other.id)), await scene.to_endorsed()


async def _state(scene: Scene, caller: Client, view: str, **more: bool) -> tuple[int, str | None]:
    answer = await caller.put(f"{scene.path}/revocation/view", {"view": view} | more)
    return answer.status_code, answer.json().get("code")


async def _confirm(scene: Scene, caller: Client) -> tuple[int, str | None]:
    answer = await scene.act("revocation/confirm", by=caller)
    return answer.status_code, answer.json().get("code")


async def test_an_objection_is_no_request(world: World) -> None:
    scene, other, number = await _together(world)
    await scene.must("revocations", ASKED)
    assert await _state(scene, other, "Vastustamme.") == (200, None)
    assert await _confirm(scene, scene.representatives["a"]) == (409, "applicant_not_heard")
    assert await _state(scene, scene.editor, "Me myös.", asks=False) == (200, None)
    with clock.fixed(clock.now() + WEEK):
        assert await _confirm(scene, await world.again(scene.representatives["a"])) == (409, "applicant_does_not_ask")
        lead = await world.again(scene.coordinator)
        assert (await scene.must("revocation/drop", {}, by=lead))["state"] == "endorsed", "the way on"
        assert (await world.nobody.get(f"/endorsements/{number}")).json()["status"] == "valid"


async def test_only_the_leading_applicant_asks(world: World) -> None:
    scene, other, _ = await _together(world)
    await scene.must("revocations", ASKED)
    assert await _state(scene, other, "Pyydämme.", asks=True) == (403, "forbidden")
    assert await _state(scene, scene.editor, "Pyydämme.", asks=True) == (200, None)
    waiting = [one["kind"] for one in (await other.get("/tasks")).json()["items"]]
    assert "view_to_state" in waiting, "the leading one's view is not the other's"
    assert await _state(scene, other, "Olemme eri mieltä.") == (200, None), "which takes back nobody else's word"
    shown = (await scene.coordinator.get(scene.path)).json()["revocation"]
    assert shown["asks"]
    assert "view_to_state" not in [one["kind"] for one in (await other.get("/tasks")).json()["items"]]
    assert [one["view"] for one in shown["views"]] == ["Pyydämme.", "Olemme eri mieltä."], "each has its own"
    assert await _state(scene, scene.editor, "Emme sittenkään.") == (200, None)
    assert await _confirm(scene, scene.representatives["a"]) == (409, "applicant_not_heard")
    assert await _state(scene, scene.editor, "Kyllä.", asks=True) == (200, None)
    assert await _confirm(scene, scene.representatives["a"]) == (200, None)


async def test_asking_belongs_to_its_cause(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    await scene.must("revocations", ASKED | {"cause": "false_facts"})
    answer = await scene.editor.put(f"{scene.path}/revocation/view", {"view": "Pyydämme.", "asks": True})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "not_expected")
    with pytest.raises(IntegrityError):
        async with world.session.begin_nested():
            await world.session.exec(text("update revocation set asks = true"))  # type: ignore[call-overload]


async def test_the_database_carries_nothing_that_was_not_asked_for(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    await scene.must("revocations", ASKED)
    carried = "update revocation set state = 'carried', ended_at = now(), confirmed_by = :second"
    with pytest.raises(IntegrityError):
        async with world.session.begin_nested():
            await world.session.exec(text(carried).bindparams(second=scene.representatives["a"].id))  # type: ignore[call-overload]
