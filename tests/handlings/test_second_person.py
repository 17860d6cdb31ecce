"""Who is of the first person's side confirms nothing: by ties past and present, by whose account and voice they are."""

from uuid import UUID

import pytest

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.access.service import grant_role
from puumerkki.identity.models import User
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene

ASKED = {"way": "cause", "cause": "applicant_asks", "reason": "Hakija pyytää."}


async def _proposed(scene: Scene) -> None:
    await scene.must("revocations", ASKED)
    said = await scene.editor.put(f"{scene.path}/revocation/view", {"view": "Pyydämme.", "asks": True})
    assert said.status_code == 200, said.text


async def _confirm(scene: Scene, caller: Client) -> tuple[int, str | None]:
    answer = await scene.act("revocation/confirm", by=caller)
    return answer.status_code, answer.json().get("code")


def _organisation(scene: Scene, name: str) -> UUID:
    return scene.members[name].organisation_id


def _id(caller: Client) -> UUID:
    assert caller.id is not None
    return caller.id


async def test_leaving_the_shared_organisation_frees_nobody(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    await world.grant(_id(scene.coordinator), Role.viewer, _organisation(scene, "a"))
    await _proposed(scene)
    assert await _confirm(scene, scene.representatives["a"]) == (409, "not_second_person")
    lead = await world.again(scene.coordinator)
    left = await lead.delete(f"/organisations/{_organisation(scene, 'a')}/people/{lead.id}")
    assert left.status_code == 204, left.text
    assert await _confirm(scene, scene.representatives["a"]) == (409, "not_second_person")
    assert await _confirm(scene, scene.representatives["b"]) == (200, None)


@pytest.mark.parametrize("taken_back", [False, True])
@pytest.mark.parametrize("who", ["first", "second"])
async def test_a_declared_post_counts_as_a_role_does(world: World, who: str, taken_back: bool) -> None:
    """The first in the second's organisation, or the second in one of the first's."""
    scene = await make_scene(world)
    await scene.to_endorsed()
    if who == "first":
        path, declares = f"/affiliations/{_organisation(scene, 'a')}", scene.coordinator
    else:
        own = await world.organisation("Muu ry")
        await world.grant(_id(scene.coordinator), Role.editor, own.id)
        path, declares = f"/affiliations/{own.id}", scene.representatives["a"]
    assert (await declares.put(path, {"kinds": ["employee"]})).status_code == 204
    if taken_back:
        assert (await declares.delete(path)).status_code == 204
    scene.coordinator = await world.again(scene.coordinator)
    await _proposed(scene)
    assert await _confirm(scene, scene.representatives["a"]) == (409, "not_second_person")
    assert await _confirm(scene, scene.representatives["b"]) == (200, None)


async def test_whom_the_first_made_confirms_nothing_however_far(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    between = await world.person()
    for made, by in ((between, scene.coordinator), (scene.representatives["a"], between)):
        (await world.session.get_one(User, made.id)).invited_by = by.id
    await world.session.flush()
    await _proposed(scene)
    assert await _confirm(scene, scene.representatives["a"]) == (409, "not_second_person")
    assert await _confirm(scene, scene.representatives["b"]) == (200, None)


@pytest.mark.parametrize("through", [False, True])
async def test_whose_voice_the_first_gave_confirms_nothing(world: World, through: bool) -> None:
    """A member's owner names its voices; `through`: somebody whom the first made has named it."""
    scene = await make_scene(world)
    giver = scene.coordinator
    if through:
        giver = await world.person()
        (await world.session.get_one(User, giver.id)).invited_by = scene.coordinator.id
    named = await world.person()
    version = await world.session.get_one(type(scene.version), scene.version.id)
    await grant_role(
        world.session,
        principal_id=_id(named),
        role=Role.deputy,
        scope_kind=ScopeKind.network,
        scope_id=scene.network.id,
        for_organisation_id=_organisation(scene, "a"),
        granted_by=giver.id,
    )
    row = await scene.row()
    row.received_at = version.created_at.replace(year=version.created_at.year + 1)
    await world.session.flush()
    named = await world.again(named)
    await scene.to_endorsed()
    await _proposed(scene)
    assert await _confirm(scene, named) == (409, "not_second_person")
    assert await _confirm(scene, scene.representatives["a"]) == (200, None)


async def test_a_chosen_office_is_the_members_whoever_granted_it(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    grant = (
        await world.session.exec(
            RoleGrant.__table__.update()  # type: ignore[attr-defined]
            .where(RoleGrant.principal_id == scene.chair.id)
            .values(granted_by=scene.coordinator.id, chosen_by="meeting", chosen_at=scene.version.created_at)
        )
    ).rowcount
    assert grant == 1
    await _proposed(scene)
    assert await _confirm(scene, scene.chair) == (200, None)
