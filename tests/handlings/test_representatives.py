"""Whose vote stands for a member, who is missing, and who changes nobody's voice while a case is open."""

from datetime import timedelta
from typing import Any

from puumerkki.access.roles import Role
from puumerkki.access.service import revoke_role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.handlings.service.removals import end_removals
from puumerkki.kernel import clock
from tests.factories import World
from tests.handlings.scene import Scene, make_scene


async def _ballot(scene: Scene) -> dict[str, Any]:
    shown: dict[str, Any] = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
    return shown


async def test_the_representatives_vote_is_before_the_deputys(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    deputy = await scene.fresh("a")
    assert (await scene.vote("a", "against", by=deputy)).status_code == 200
    assert (await scene.vote("a", "for")).json()["choice"] == "for"
    late = await scene.vote("a", "against", by=deputy)
    assert (late.status_code, late.json()["code"]) == (409, "representative_voted")


async def test_a_new_representatives_vote_is_in_place_of_the_formers(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    assert (await scene.vote("a", "against")).status_code == 200
    former, organisation = scene.representatives["a"].id, scene.members["a"].organisation_id
    assert former is not None
    await revoke_role(
        world.session,
        principal_id=former,
        scope_id=scene.network.id,
        role=Role.representative,
        for_organisation_id=organisation,
    )
    assert (await _ballot(scene))["turnout"] == 1, "the former's vote is there until there is another"
    heir = await world.person((Role.representative, scene.network.id, organisation))
    assert (await scene.vote("a", "for", by=heir)).json()["choice"] == "for"
    assert (await _ballot(scene))["turnout"] == 1


async def test_one_person_speaks_for_one_member(world: World) -> None:
    """A coordinator who speaks for three groups does not outvote the members."""
    scene = await make_scene(world)
    for name in "bc":
        organisation = scene.members[name].organisation_id
        own = scene.representatives[name].id
        assert own is not None
        await revoke_role(
            world.session,
            principal_id=own,
            scope_id=scene.network.id,
            role=Role.representative,
            for_organisation_id=organisation,
        )
        await world.grant(scene.representatives["a"].id, Role.representative, scene.network.id, organisation)  # type: ignore[arg-type]
    await scene.to_ballot()
    representative = scene.representatives["a"]
    assert len((await representative.get(f"{scene.path}/ballot")).json()["may_vote_for"]) == 3
    assert len((await representative.get("/tasks")).json()["items"]) == 3
    assert (await scene.vote("b", "for", by=representative)).status_code == 200
    assert (await scene.vote("b", "against", by=representative)).status_code == 200
    for name in "ac":
        answer = await scene.vote(name, "for", by=representative)
        assert (answer.status_code, answer.json()["code"]) == (409, "speaks_for_another")
    shown = (await representative.get(f"{scene.path}/ballot")).json()
    assert shown["may_vote_for"] == [str(scene.members["b"].id)]
    assert (await representative.get("/tasks")).json()["items"] == []
    deputy = await scene.fresh("c")
    assert (await scene.vote("c", "for", by=deputy)).status_code == 200
    with clock.fixed(clock.now() + timedelta(days=30)):
        await close_due_ballots(world.session)
        coordinator = await world.again(scene.coordinator)
        counted = (await coordinator.get(f"{scene.path}/ballot")).json()
    assert [one["member_id"] for one in counted["recusals"] if one["elsewhere"]] == [str(scene.members["a"].id)]
    assert counted["result"]["base"] == 2


async def test_coordinator_and_chair_see_who_is_missing_never_how(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    await scene.vote("a", "against")
    await scene.representatives["b"].put(f"{scene.path}/ballot/recusals/{scene.members['b'].id}", {})
    missing = [{"member_id": str(scene.members["c"].id), "organisation_names": {"fi": "Jäsen 2 ry"}}]
    for who in (scene.coordinator, scene.chair):
        shown = (await who.get(f"{scene.path}/ballot")).json()
        assert shown["missing"] == missing
        assert (shown["own_votes"], shown["votes"]) == ([], None)
    for who in (scene.representatives["c"], scene.secretary, scene.editor):
        assert (await who.get(f"{scene.path}/ballot")).json()["missing"] is None
    await scene.vote("c", "for")
    await scene.on_ballot("close")
    assert (await _ballot(scene))["missing"] is None


async def test_a_tied_owner_changes_no_voice_while_the_case_is_open(world: World) -> None:
    scene = await make_scene(world)
    member = scene.members["a"]
    tied = await world.person((Role.owner, member.organisation_id), (Role.viewer, scene.applicant.id))
    free = await world.person((Role.owner, member.organisation_id))
    heir = await world.person((Role.viewer, member.organisation_id))
    path = f"/networks/{scene.network.id}/members/{member.id}/representative"
    given = {"principal_id": str(heir.id)}
    refused = await tied.put(path, given, if_match=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "tied_in_open_case")
    assert (await tied.delete(path, if_match=1)).json()["code"] == "tied_in_open_case"
    assert (await free.put(path, given, if_match=1)).status_code == 200
    own = f"/networks/{scene.network.id}/members/{scene.members['own'].id}/representative"
    owner = await world.person((Role.owner, scene.applicant.id))
    mine = await world.person((Role.viewer, scene.applicant.id))
    assert (await owner.put(own, {"principal_id": str(mine.id)}, if_match=1)).status_code == 200, "it stands aside"
    (await scene.row()).state = HandlingState.declined
    await world.session.flush()
    assert (await tied.delete(path, if_match=2)).status_code == 204


async def test_a_removed_member_votes_on_what_came_before(world: World) -> None:
    """Remove the critic after the version arrived: it is in the electorate, and its voice votes."""
    scene = await make_scene(world)
    member = scene.members["a"]
    path = f"/networks/{scene.network.id}/members/{member.id}"
    reason = {"reason": "Arvostelee hakemuksia."}
    assert (await scene.coordinator.post(f"{path}/remove", reason, if_match=1)).status_code == 200
    with clock.fixed(clock.now() + timedelta(days=8)):
        second = await world.again(scene.representatives["b"])
        done = await second.post(f"{path}/proposal/confirm", if_match=2)
        assert (done.status_code, done.json()["state"]) == (200, "leaving"), done.text
        for name in "abc":
            scene.representatives[name] = await world.again(scene.representatives[name])
        scene.coordinator = await world.again(scene.coordinator)
        await end_removals(world.session)
        await scene.to_ballot()
        assert (await _ballot(scene))["electorate"] == 4
        assert (await scene.vote("a", "against")).status_code == 200
        for name in "bc":
            await scene.vote(name, "against")
        assert (await scene.on_ballot("close")).status_code == 200
        await scene.must("decline", {"reason": "Enemmistö oli vastaan."})
        await end_removals(world.session)
        await world.session.refresh(member)
        assert member.state == "removed"
        assert (await scene.representatives["a"].get(scene.path)).status_code == 404
        await scene.next_version(goals="Kolmesataa ikäihmistä.")
        await scene.to_ballot()
        assert (await _ballot(scene))["electorate"] == 3
