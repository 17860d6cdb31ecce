"""A successor takes over drafts and memberships, with one vote in all; what was submitted only by a new version."""

from typing import Any

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import VersionApplicant
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.disqualification.queries.tied import is_tied
from puumerkki.handlings.service.network_ends import lapse_ended
from puumerkki.networks import queries
from puumerkki.networks.models.networks import MemberState, NetworkMember
from puumerkki.networks.queries.participation import takes_part_now
from puumerkki.networks.queries.second_persons import second_persons
from puumerkki.organisations.models.organisations import Organisation
from tests.applications.test_co_applicants import answer, asked, step
from tests.archiving import archived, says, succeeded
from tests.disqualification.test_take_no_part import asked as asked_for
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.organisations.test_hosts import address, mails

STANDS = "Arkistoidun organisaation paikalla jatkaa: Uusi ry"


async def member(scene: Scene, organisation: Organisation) -> NetworkMember | None:
    statement = select(NetworkMember).where(
        col(NetworkMember.network_id) == scene.network.id, col(NetworkMember.organisation_id) == organisation.id
    )
    return (await scene.world.session.exec(statement)).one_or_none()


async def state(scene: Scene, name: str) -> MemberState:
    await scene.world.session.refresh(scene.members[name])
    return scene.members[name].state


async def editing(scene: Scene, who: Client) -> Any:
    path = f"/applications/{scene.application.id}"
    tag = (await who.get(path)).headers.get("etag", "1").strip('"')
    return await who.patch(path, {"title": "Yhdessä yhä"}, if_match=tag)


async def electors(scene: Scene) -> set[Any]:
    return {one.organisation_id for one in await queries.electorate(scene.world.session, scene.network.id)}


async def test_drafts_pass_and_what_was_submitted_does_by_a_new_version(world: World) -> None:
    scene = await make_scene(world)
    new = await world.organisation("Uusi ry")
    theirs = await world.person((Role.editor, new.id))
    kept = await world.application(scene.applicant, title="Luonnos")
    assert (await theirs.get(f"/applications/{kept.id}")).status_code == 404
    await succeeded(world, scene.applicant, new)
    for one in (kept, scene.application):
        shown = await theirs.get(f"/applications/{one.id}")
        assert (shown.status_code, shown.json()["applicant"]["id"]) == (200, str(new.id)), shown.text
    assert (await editing(scene, scene.editor)).status_code == 403
    assert (await editing(scene, theirs)).status_code == 200
    submitted = await theirs.post(
        f"/applications/{scene.application.id}/submit",
        if_match=(await theirs.get(f"/applications/{scene.application.id}")).json()["version"],
    )
    assert submitted.status_code == 200, submitted.text
    found = await world.session.exec(
        select(VersionApplicant.version_number, VersionApplicant.organisation_id)
        .where(col(VersionApplicant.application_id) == scene.application.id)
        .order_by(col(VersionApplicant.version_number))
    )
    assert list(found.all()) == [(1, scene.applicant.id), (2, new.id)]
    shown = (await scene.coordinator.get(scene.path)).json()
    assert (shown["state"], shown["version_number"]) == ("received", 2)


async def test_no_endorsement_moves_to_the_successor_by_itself(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    new = await world.organisation("Uusi ry")
    theirs = await world.person((Role.editor, new.id))
    await succeeded(world, scene.applicant, new)
    endorsement = (await world.nobody.get(f"/endorsements/{number}")).json()
    assert (endorsement["status"], endorsement["applicants"][0]["names"]) == ("valid", scene.applicant.names), (
        endorsement
    )
    path = f"/applications/{scene.application.id}"
    assert (await theirs.post(f"{path}/submit", if_match=(await theirs.get(path)).json()["version"])).status_code == 200
    assert (await world.nobody.get(f"/endorsements/{number}")).json()["status"] == "superseded"
    assert (await scene.row()).state == HandlingState.received


async def test_the_successor_is_a_member_for_what_comes_later(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    old = await world.session.get_one(Organisation, scene.members["a"].organisation_id)
    new = await world.organisation("Uusi ry")
    await succeeded(world, old, new)
    ballot = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
    assert [one["gone"] for one in ballot["recusals"]].count(True) == 1
    made = await member(scene, new)
    assert made is not None
    assert (made.state, made.votes) == (MemberState.active, True)
    assert await takes_part_now(world.session, made)
    assert await state(scene, "a") == MemberState.left
    assert new.id in await electors(scene)
    assert old.id not in await electors(scene)
    representative = await world.person((Role.representative, scene.network.id, new.id))
    refused = await representative.put(f"{scene.path}/ballot/votes/{made.id}", {"choice": "for"})
    assert refused.status_code >= 400, "not in the ballot that was open"
    assert await mails(world, address(scene.coordinator)) == [STANDS]
    assert (await scene.vote("a", "for")).status_code == 404, "nobody speaks for the former"
    told = (await scene.coordinator.get(f"/networks/{scene.network.id}/events")).json()["items"]
    assert "member.took_over" in {one["type"] for one in told}


async def test_two_members_become_one_with_one_vote(world: World) -> None:
    scene = await make_scene(world)
    old = await world.session.get_one(Organisation, scene.members["a"].organisation_id)
    new = await world.session.get_one(Organisation, scene.members["b"].organisation_id)
    before = await electors(scene)
    await succeeded(world, old, new)
    assert await electors(scene) == before - {old.id}
    found = await member(scene, new)
    assert found is not None
    assert found.id == scene.members["b"].id
    assert found.votes


async def test_a_removed_or_invited_place_is_not_taken_over(world: World) -> None:
    scene = await make_scene(world)
    scene.members["a"].state = MemberState.leaving
    scene.members["b"].state = MemberState.invited
    scene.members["c"].state = MemberState.removed
    await world.session.flush()
    for name in ("a", "b"):
        old = await world.session.get_one(Organisation, scene.members[name].organisation_id)
        new = await world.organisation(f"Uusi {name} ry")
        await succeeded(world, old, new)
        assert await member(scene, new) is None
        assert await state(scene, name) == MemberState.left
    removed = await world.session.get_one(Organisation, scene.members["c"].organisation_id)
    await succeeded(world, scene.applicant, removed)
    assert await state(scene, "c") == MemberState.removed, "whom the network removed asks to join"


async def test_who_is_tied_to_one_is_tied_to_both(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    heir = await world.session.get_one(Organisation, scene.members["a"].organisation_id)
    own = await world.person((Role.viewer, heir.id), (Role.deputy, scene.network.id, heir.id))
    assert (await scene.vote("a", "for", by=own)).status_code == 200
    board = await world.person(
        (Role.viewer, scene.applicant.id), (Role.deputy, scene.network.id, scene.members["b"].organisation_id)
    )
    await succeeded(world, scene.applicant, heir)
    ballot = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
    aside = {one["member_id"] for one in ballot["recusals"]}
    assert str(scene.members["a"].id) in aside, "its place in the case is the successor's now"
    assert (await scene.vote("a", "for", by=own)).status_code >= 400
    later = await world.application(heir, networks=[scene.network])
    await world.version(later)
    assert board.id is not None
    assert await is_tied(world.session, board.id, later.id, network_id=scene.network.id)


async def test_a_handling_does_not_end_because_its_applicant_was_succeeded(world: World) -> None:
    scene = await make_scene(world)
    await succeeded(world, scene.applicant, await world.organisation("Uusi ry"))
    await lapse_ended(world.session)
    assert (await scene.row()).state == HandlingState.received


async def test_a_handling_ends_where_nobody_stands_in_the_applicants_place(world: World) -> None:
    scene = await make_scene(world)
    new = await world.organisation("Uusi ry")
    await succeeded(world, scene.applicant, new)
    made = await member(scene, new)
    assert made is not None
    made.state = MemberState.left
    await world.session.flush()
    await lapse_ended(world.session)
    assert (await scene.row()).state == HandlingState.lapsed


async def test_a_further_applicants_place_passes_on_with_its_answer(world: World) -> None:
    cast, owner, made = await asked(world)
    new = await world.organisation("Uusi ry")
    assert (await answer(owner, made, cast.neighbour, "accepted")).status_code == 204
    await succeeded(world, cast.neighbour, new)
    shown = (await cast["editor"].get(f"/applications/{made['id']}")).json()
    assert [(one["id"], one["answer"]) for one in shown["co_applicants"]] == [(str(new.id), "accepted")], shown[
        "co_applicants"
    ]
    assert STANDS in await mails(world, address(cast["editor"]))
    assert (await step(cast["editor"], made, "submit")).status_code == 200


async def test_a_no_passes_nothing_on_and_nobody_is_named_twice(world: World) -> None:
    cast, _, made = await asked(world)
    await archived(world, cast.neighbour.id, successor_id=str(cast.association.id))
    assert (await says(cast["owner"], cast.neighbour, "accepted")).status_code == 204
    shown = (await cast["editor"].get(f"/applications/{made['id']}")).json()
    assert shown["co_applicants"] == [], "the leading applicant stands there already"


async def test_nobody_of_the_successor_is_the_second_person_for_one_of_the_former(world: World) -> None:
    scene = await make_scene(world)
    old, heir = scene.members["a"].organisation_id, scene.members["b"].organisation_id
    assert scene.coordinator.id is not None
    await world.grant(scene.coordinator.id, Role.viewer, old)
    representative = scene.representatives["b"].id
    assert representative in await second_persons(world.session, await asked_for(scene))
    await succeeded(
        world, await world.session.get_one(Organisation, old), await world.session.get_one(Organisation, heir)
    )
    assert representative not in await second_persons(world.session, await asked_for(scene))
