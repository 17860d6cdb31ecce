"""An owner who is tied to an applicant does nothing for a member that reaches what is open; another owner does."""

from datetime import timedelta

import pytest

from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.kernel import clock, workdays
from tests.archiving import WHY
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene


async def _tied(scene: Scene) -> Client:
    organisation = scene.members["a"].organisation_id
    return await scene.world.person((Role.owner, organisation), (Role.viewer, scene.applicant.id))


async def _leave(scene: Scene, who: Client) -> tuple[int, str | None]:
    path = f"/networks/{scene.network.id}/members/{scene.members['a'].id}"
    version = (await who.get(path)).json()["version"]
    answer = await who.post(f"{path}/leave", if_match=version)
    return answer.status_code, answer.json().get("code")


async def test_who_is_tied_does_not_take_the_member_out(world: World) -> None:
    scene = await make_scene(world, method="no_objection", one_is_enough=False)
    await scene.to_ballot()
    await scene.vote("a", "against")
    tied, free = await _tied(scene), await world.person((Role.owner, scene.members["a"].organisation_id))
    assert await _leave(scene, tied) == (409, "tied_in_open_case")
    with clock.fixed(workdays.deadline(20)):
        await close_due_ballots(world.session)
    result = (await (await world.again(scene.coordinator)).get(f"{scene.path}/ballot")).json()["result"]
    assert (result["outcome"], result["against"]) == ("objection", 1), "the objection stands"
    assert (await _leave(scene, free))[0] == 200, "another owner does"


async def test_nor_while_its_puumerkki_may_be_revoked_but_after_the_decision(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    tied = await _tied(scene)
    assert (await scene.act("revocations", {"way": "ballot", "reason": "Virhe."})).status_code == 201
    assert (await scene.vote("a", "for")).status_code == 200
    assert await _leave(scene, tied) == (409, "tied_in_open_case")
    with clock.fixed(clock.now() + timedelta(days=60)):
        await close_due_ballots(world.session)
    assert (await _leave(scene, tied))[0] == 200


async def test_who_is_tied_makes_no_friend_owner_and_removes_no_owner(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    organisation = scene.members["a"].organisation_id
    tied, free = await _tied(scene), await world.person((Role.owner, organisation))
    friend, stranger = await world.person((Role.viewer, organisation)), await world.person()
    people = f"/organisations/{organisation}/people"
    email = {"email": "tuttu@example.org", "name": "Tuttu", "language": "fi", "role": "owner"}
    invitation = email | {"scope_kind": "organisation", "scope_id": str(organisation)}
    representative = scene.representatives["a"]
    await world.grant(representative.id, Role.editor, organisation)
    refused = [
        await tied.put(f"{people}/{friend.id}", {"roles": ["viewer", "owner"]}),
        await tied.put(f"{people}/{friend.id}", {"roles": ["signatory"]}),
        await tied.put(f"{people}/{stranger.id}", {"roles": ["owner"]}),
        await tied.put(f"{people}/{free.id}", {"roles": ["viewer"]}),
        await tied.delete(f"{people}/{free.id}"),
        await tied.delete(f"{people}/{representative.id}"),
        await tied.post("/invitations", invitation),
        await tied.post(f"/organisations/{organisation}/archive", WHY, if_match=1),
    ]
    assert [(one.status_code, one.json().get("code")) for one in refused] == [(409, "tied_in_open_case")] * 8
    assert (await tied.put(f"{people}/{stranger.id}", {"roles": ["editor"]})).status_code == 204, "that reaches nothing"
    assert (await free.put(f"{people}/{friend.id}", {"roles": ["viewer", "owner"]})).status_code == 204
    assert (await tied.delete(f"{people}/{tied.id}")).status_code == 204, "anybody leaves"


@pytest.mark.parametrize("after", [False, True])
async def test_its_own_case_and_a_settled_one_bind_nobody(world: World, after: bool) -> None:
    scene = await make_scene(world)
    own = scene.members["own"].organisation_id if not after else scene.members["a"].organisation_id
    who = await world.person((Role.owner, own), (Role.editor, scene.applicant.id))
    friend = await world.person((Role.viewer, own))
    if after:
        (await scene.row()).state = HandlingState.declined
        await world.session.flush()
    answer = await who.put(f"/organisations/{own}/people/{friend.id}", {"roles": ["viewer", "owner"]})
    assert answer.status_code == 204
