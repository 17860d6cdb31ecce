"""Whom an operator named, and whom they name, act in nothing that was open before."""

from typing import Any
from uuid import UUID

from puumerkki.access.roles import Role
from puumerkki.access.service import revoke_all_roles
from puumerkki.kernel import clock
from tests.agreements.test_agreements import act as agree
from tests.agreements.test_agreements import draft
from tests.archiving import WHY as ARCHIVED
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.networks.decisions import draft as draft_rulebook
from tests.networks.decisions import path_of
from tests.organisations.test_namings import accept, after_days, name
from tests.partnerships.cases import act
from tests.partnerships.gate import arrive
from tests.partnerships.gate import scene as case
from tests.personas import make_cast


async def named(world: World, scope: UUID, *, who: Client | None = None) -> Client:
    """Somebody whom an operator made an organisation's owner."""
    stranger = who or await world.person(name="Vieras")
    await name(await world.operator(), stranger, scope)
    await accept(stranger)
    return stranger


async def gone(world: World, who: Client) -> None:
    """All roles of somebody are taken."""
    assert who.id is not None
    await revoke_all_roles(world.session, principal_id=who.id)


async def representative(scene: Scene, by: Client, member: str, role: str, whom: Client | None) -> tuple[int, Any]:
    """Name or remove a member's representative or deputy."""
    row = scene.members[member]
    listed = (await by.get(f"/networks/{scene.network.id}/members")).json()["items"]
    version = next(one["version"] for one in listed if one["id"] == str(row.id))
    path = f"/networks/{scene.network.id}/members/{row.id}/{role}"
    if whom is None:
        answer = await by.delete(path, if_match=version)
    else:
        answer = await by.put(path, {"principal_id": str(whom.id)}, if_match=version)
    return answer.status_code, None if answer.status_code == 204 else answer.json().get("code")


async def test_the_real_representative_stays_and_votes(world: World) -> None:
    """An operator made a stranger owner of a member; he named himself its voice, and voted."""
    scene = await make_scene(world)
    await scene.to_ballot()
    member = scene.members["a"]
    stranger = await named(world, member.organisation_id)
    assert await representative(scene, stranger, "a", "representative", stranger) == (409, "named_since_open")
    assert await representative(scene, stranger, "a", "representative", None) == (409, "named_since_open")
    there = f"/networks/{scene.network.id}/members/{member.id}"
    version = (await scene.coordinator.get(f"/networks/{scene.network.id}/members")).json()["items"]
    at = next(one["version"] for one in version if one["id"] == str(member.id))
    left = await stranger.post(f"{there}/leave", if_match=at)
    assert (left.status_code, left.json()["code"]) == (409, "named_since_open")
    assert (await scene.vote("a", "against")).status_code == 200
    for one in ("b", "c"):
        assert (await scene.vote(one, "against")).status_code == 200
    assert (await scene.on_ballot("close")).status_code == 200
    assert (await scene.act("decline", {"reason": "Ei tarvita."})).status_code == 200
    assert await representative(scene, stranger, "a", "representative", stranger) == (200, None), "all is decided"


async def test_whom_they_name_votes_on_what_comes_later_only(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    member = scene.members["a"]
    stranger, friend = (
        await named(world, member.organisation_id),
        await world.person((Role.viewer, member.organisation_id)),
    )
    assert await representative(scene, stranger, "a", "deputy", friend) == (200, None), "nobody was deputy"
    refused = await scene.vote("a", "for", by=friend)
    assert (refused.status_code, refused.json()["code"]) == (409, "named_since"), refused.text
    assert (await friend.get("/tasks?kind=ballot_to_vote")).json()["items"] == []
    assert (await scene.vote("a", "for")).status_code == 200


async def test_with_the_next_version_they_take_part(world: World) -> None:
    scene = await make_scene(world)
    await scene.must("begin_review")
    await gone(world, scene.representatives["a"])
    organisation = scene.members["a"].organisation_id
    stranger, friend = await named(world, organisation), await world.person((Role.viewer, organisation))
    assert await representative(scene, stranger, "a", "representative", friend) == (200, None)
    await scene.must("return", {"points": [{"body": "Täydennä tavoitteita."}]})
    await scene.next_version(goals="Kolmesataa.")
    await scene.to_ballot()
    assert (await scene.vote("a", "for", by=friend)).status_code == 200


async def test_a_coordinator_whom_an_operator_named_leads_nothing_open(world: World) -> None:
    scene = await make_scene(world)
    await gone(world, scene.coordinator)
    person, operator = await world.person(), await world.operator()
    await name(operator, person, scene.network.id, kind="network")
    await after_days(world)
    await accept(person)
    refused = await scene.act("begin_review", by=person)
    assert (refused.status_code, refused.json()["code"]) == (409, "named_since"), refused.text


async def test_an_authoritys_people_whom_they_name_prepare_and_decide_nothing_open(world: World) -> None:
    arrived = await case(world, gate=False)
    stranger = await named(world, arrived.city.id)
    people = f"/organisations/{arrived.city.id}/people/{stranger.id}"
    assert (await stranger.put(people, {"roles": ["owner", "officer", "decider"]})).status_code == 204
    refused = await act(stranger, arrived.request, "begin")
    assert (refused.status_code, refused.json()["code"]) == (409, "named_since"), refused.text
    before = await world.person((Role.officer, arrived.city.id))
    assert (await act(before, arrived.request, "begin")).status_code == 200
    later = await arrive(world, arrived.association, arrived.city, arrived.network, gate=False)
    assert (await act(stranger, later.request, "begin")).status_code == 200


async def test_a_signatory_whom_they_name_signs_what_is_proposed_later(world: World) -> None:
    cast = await make_cast(world)
    made = await draft(cast)
    proposed = await agree(cast["editor"], made, "propose")
    stranger = await named(world, cast.city.id)
    people = f"/organisations/{cast.city.id}/people/{stranger.id}"
    assert (await stranger.put(people, {"roles": ["owner", "decider"]})).status_code == 204
    path = f"/agreements/{made['id']}"
    assert (await stranger.get(path)).json()["sign_for"] == []
    given = {"organisation_id": str(cast.city.id), "version_number": 1}
    refused = await stranger.post(f"{path}/sign", given)
    assert (refused.status_code, refused.json()["code"]) == (409, "named_since"), refused.text
    changed = await cast["editor"].patch(path, {"title": "Yhteinen talo 2"}, if_match=proposed["version"])
    await agree(cast["editor"], changed.json(), "propose")
    assert (await stranger.post(f"{path}/sign", given | {"version_number": 2})).status_code == 200


async def test_in_a_decision_about_the_network_they_vote_on_later_ones(world: World) -> None:
    cast = await make_cast(world)
    book = await draft_rulebook(cast)
    made = await cast["coordinator"].post(path_of(cast), {"kind": "rulebook", "subject_id": book, "reason": "Uusi."})
    assert made.status_code == 201, made.text
    owned = cast.neighbour.id
    stranger, friend = await named(world, owned), await world.person((Role.viewer, owned))
    await gone(world, cast["deputy"])
    listed = (await stranger.get(f"/networks/{cast.network.id}/members")).json()["items"]
    version = next(one["version"] for one in listed if one["id"] == str(cast.neighbour_member.id))
    there = f"/networks/{cast.network.id}/members/{cast.neighbour_member.id}/deputy"
    assert (await stranger.put(there, {"principal_id": str(friend.id)}, if_match=version)).status_code == 200
    path = path_of(cast, f"/{made.json()['id']}/votes/{cast.neighbour_member.id}")
    refused = await friend.put(path, {"choice": "for"})
    assert (refused.status_code, refused.json()["code"]) == (409, "named_since"), refused.text
    assert (await cast["representative"].put(path, {"choice": "for"})).status_code == 200


async def test_they_archive_nobody_out_of_what_is_open(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    owned = scene.members["a"].organisation_id
    stranger = await named(world, owned)
    path = f"/organisations/{owned}"
    given = dict(ARCHIVED)
    version = (await stranger.get(path)).json()["version"]
    wished = await stranger.post(f"{path}/archive", given, if_match=version)
    assert (wished.status_code, wished.json()["code"]) == (409, "named_since"), wished.text
    proposed = await (await world.operator()).post(f"{path}/archive", given, if_match=version)
    agreed = await stranger.post(f"{path}/archiving/agree", if_match=proposed.json()["version"])
    assert (agreed.status_code, agreed.json()["code"]) == (409, "named_since"), agreed.text
    assert (await scene.vote("a", "for")).status_code == 200


async def test_they_object_to_nothing_that_a_meeting_decided_before(world: World) -> None:
    cast = await make_cast(world)
    book = await draft_rulebook(cast)
    given = {
        "kind": "rulebook",
        "way": "meeting",
        "subject_id": book,
        "met_on": clock.today().isoformat(),
        "present_member_ids": [str(cast.association_member.id), str(cast.neighbour_member.id)],
    }
    made = await cast["secretary"].post(path_of(cast), given)
    assert made.status_code == 201, made.text
    owned = cast.neighbour.id
    stranger, friend = await named(world, owned), await world.person((Role.viewer, owned))
    await gone(world, cast["deputy"])
    listed = (await stranger.get(f"/networks/{cast.network.id}/members")).json()["items"]
    version = next(one["version"] for one in listed if one["id"] == str(cast.neighbour_member.id))
    there = f"/networks/{cast.network.id}/members/{cast.neighbour_member.id}/deputy"
    assert (await stranger.put(there, {"principal_id": str(friend.id)}, if_match=version)).status_code == 200
    path = path_of(cast, f"/{made.json()['id']}")
    version = (await friend.get(path)).json()["version"]
    refused = await friend.post(f"{path}/object", {"reason": "Ei niin."}, if_match=version)
    assert (refused.status_code, refused.json()["code"]) == (409, "named_since"), refused.text
