"""No endorsement is signed on a version that an applicant has left, by whichever step."""

import pytest
from sqlmodel import col, func, select

from puumerkki.endorsements.errors.endorsements import ApplicantLeft
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.endorsements.queries.endorsements import endorsement_in_force
from puumerkki.endorsements.service import endorsements
from puumerkki.organisations.models.organisations import Organisation
from tests.applications.test_co_applicants import answer, with_version
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene


async def _endorsed_together(world: World) -> tuple[Scene, Organisation, Client]:
    """Two apply; the endorsement has one condition, to be met before the authority begins."""
    scene = await make_scene(world, members=2)
    other, owner = await with_version(scene)
    await scene.to_ballot()
    assert (await scene.vote("a", "for_with_conditions", condition="Kuljetukset sovitaan.")).status_code == 200
    assert (await scene.vote("b", "for")).status_code == 200
    assert (await scene.on_ballot("close")).status_code == 200
    await scene.on_ballot(f"conditions/{scene.members['a'].id}", {"taken": True, "when": "before"})
    await scene.must("endorse")
    return scene, other, owner


async def _leave(scene: Scene, other: Organisation, owner: Client) -> None:
    assert (await answer(owner, {"id": str(scene.application.id)}, other, "left")).status_code == 204


async def _endorsements(scene: Scene) -> int:
    counted = select(func.count()).select_from(Endorsement)
    return (await scene.world.session.exec(counted.where(col(Endorsement.handling_id) == scene.handling_id))).one()


async def _blocked_by(scene: Scene) -> str | None:
    actions = (await scene.coordinator.get(scene.path)).json()["available_actions"]
    [why] = [one["blocked_by"] for one in actions if one["action"] == "confirm_conditions"]
    return str(why) if why else None


async def test_confirmed_conditions_give_no_endorsement_once_an_applicant_has_left(world: World) -> None:
    scene, other, owner = await _endorsed_together(world)
    assert await _blocked_by(scene) is None
    await _leave(scene, other, owner)
    assert await _blocked_by(scene) == "applicant_left"
    refused = await scene.act("confirm_conditions", {"met": [0]})
    assert (refused.status_code, refused.json()["code"]) == (409, "applicant_left")
    assert await _endorsements(scene) == 1
    path = f"/applications/{scene.application.id}"
    version = (await scene.editor.get(path)).json()["version"]
    await scene.editor.patch(path, {"co_applicant_ids": []}, if_match=version)
    version = (await scene.editor.get(path)).json()["version"]
    assert (await scene.editor.post(f"{path}/submit", if_match=version)).status_code == 200
    assert (await scene.must("take_new_version"))["state"] == "received", "the way on"


async def test_the_version_moved_to_is_asked_too(world: World) -> None:
    """The endorsement's own version has lost nobody, the one that it would move to has."""
    scene, other, owner = await _endorsed_together(world)
    row = await scene.row()
    endorsement = await endorsement_in_force(world.session, row.id)
    await world.session.refresh(scene.application)
    newest = await world.version(scene.application, purpose="Toinen tarkoitus.")
    await _leave(scene, other, owner)
    assert endorsement is not None
    with pytest.raises(ApplicantLeft):
        await endorsements.move(
            world.session,
            endorsement=endorsement,
            application=scene.application,
            handling=row,
            version=newest,
            conditions=[],
            notes=[],
            actor_id=None,
        )
