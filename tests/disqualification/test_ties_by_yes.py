"""Who is tied in an open case does nothing for a member by which the member becomes tied itself, and its vote goes."""

from typing import Any

from puumerkki.access.roles import Role
from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.kernel import clock, workdays
from puumerkki.organisations.models.organisations import LegalForm, OrganisationRelation, RelationKind
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene

WHY = {"reason": "ceased", "source": "Vuosikokous."}


async def _voted(world: World) -> Scene:
    scene = await make_scene(world)
    scene.applicant.legal_form = LegalForm.unregistered_group
    await world.session.flush()
    await scene.to_ballot()
    assert (await scene.vote("a", "against")).status_code == 200
    return scene


async def _host(scene: Scene, by: Client) -> Any:
    group = await scene.world.person((Role.owner, scene.applicant.id))
    path = f"/organisations/{scene.applicant.id}/relations"
    asked = await group.post(path, {"other_id": str(scene.members["a"].organisation_id), "kind": "host"})
    assert (asked.status_code, asked.json()["accepted_at"]) == (201, None), asked.text
    return await by.post(f"{path}/{asked.json()['id']}/accept", if_match=1)


async def test_a_tied_administrator_makes_the_member_no_host_of_the_applicant(world: World) -> None:
    scene = await _voted(world)
    of = scene.members["a"].organisation_id
    tied = await world.person((Role.owner, of), (Role.viewer, scene.applicant.id))
    refused = await _host(scene, tied)
    assert (refused.status_code, refused.json()["code"]) == (409, "tied_in_open_case"), refused.text
    assert (await scene.coordinator.get(f"{scene.path}/ballot")).json()["turnout"] == 1


async def test_what_was_written_down_for_a_member_goes_when_it_becomes_the_applicants_host(world: World) -> None:
    scene = await make_scene(world)
    scene.applicant.legal_form = LegalForm.unregistered_group
    await world.session.flush()
    await scene.to_ballot()
    for name, choice in (("b", "for"), ("c", "against")):
        assert (await scene.vote(name, choice)).status_code == 200
    assert (await scene.vote("a", "for", by=scene.coordinator, recorded=True)).status_code == 200
    accepted = await _host(scene, await world.person((Role.owner, scene.members["a"].organisation_id)))
    assert accepted.status_code == 200, accepted.text
    again = await scene.vote("a", "for", by=scene.coordinator, recorded=True)
    assert (again.status_code, again.json()["code"]) == (409, "recused"), again.text
    with clock.fixed(workdays.deadline(14)):
        await close_due_ballots(world.session)
        result = (await (await world.again(scene.coordinator)).get(f"{scene.path}/ballot")).json()["result"]
    assert (result["recused"], result["base"], result["votes_for"], result["outcome"]) == (2, 2, 1, "failed")


async def test_the_count_finds_a_member_that_has_come_to_be_tied(world: World) -> None:
    scene = await make_scene(world)
    scene.applicant.legal_form = LegalForm.unregistered_group
    await scene.to_ballot()
    assert (await scene.vote("a", "for", by=scene.coordinator, recorded=True)).status_code == 200
    world.session.add(
        OrganisationRelation(
            organisation_id=scene.applicant.id,
            other_id=scene.members["a"].organisation_id,
            kind=RelationKind.host,
            starts_on=clock.today(),
            accepted_at=clock.now(),
        )
    )
    await world.session.flush()
    with clock.fixed(workdays.deadline(14)):
        await close_due_ballots(world.session)
        result = (await (await world.again(scene.coordinator)).get(f"{scene.path}/ballot")).json()["result"]
    assert (result["recused"], result["recorded"], result["votes_for"]) == (2, 0, 0)


async def test_an_editor_makes_it_nobodys_host(world: World) -> None:
    scene = await _voted(world)
    editor = await world.person((Role.editor, scene.members["a"].organisation_id))
    assert (await _host(scene, editor)).status_code == 403


async def test_a_tied_administrator_makes_the_member_no_successor(world: World) -> None:
    scene = await _voted(world)
    of = scene.members["a"].organisation_id
    tied = await world.person((Role.owner, of), (Role.viewer, scene.applicant.id))
    ended = await world.organisation("Lopettava ry")
    owner = await world.person((Role.owner, ended.id))
    archived = await owner.post(f"/organisations/{ended.id}/archive", WHY | {"successor_id": str(of)}, if_match=1)
    assert archived.status_code == 200, archived.text
    path = f"/organisations/{ended.id}/archiving/successor/answer"
    refused = await tied.put(path, {"answer": "accepted"})
    assert (refused.status_code, refused.json()["code"]) == (409, "tied_in_open_case"), refused.text
    untied = await world.person((Role.owner, of))
    assert (await untied.put(path, {"answer": "accepted"})).status_code == 204
