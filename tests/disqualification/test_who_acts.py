"""Who applies, who is tied: allowed calls in an order that once gave an unvoted endorsement, or freed the tied."""

from base64 import urlsafe_b64decode
from typing import Any
from uuid import UUID

import pytest

from puumerkki.access.roles import Role
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.partnerships import gate
from tests.partnerships.cases import act, officer


async def working_copy(scene: Scene, **changes: Any) -> None:
    """The applicant's editor changes the working copy."""
    path = f"/applications/{scene.application.id}"
    seen = (await scene.editor.get(path)).json()
    answer = await scene.editor.patch(path, changes, if_match=seen["version"])
    assert answer.status_code == 200, answer.text


async def with_co_applicant(scene: Scene, organisation: Organisation) -> Client:
    """An organisation is named, agrees, and stands in the next version; who owns it."""
    owner = await scene.world.person((Role.owner, organisation.id), (Role.editor, organisation.id))
    await working_copy(scene, co_applicant_ids=[str(organisation.id)])
    path = f"/applications/{scene.application.id}"
    await owner.put(f"{path}/applicants/{organisation.id}", {"answer": "accepted"})
    await submit(scene, scene.editor)
    return owner


async def submit(scene: Scene, by: Client, *, status: int = 200) -> None:
    path = f"/applications/{scene.application.id}"
    answer = await by.post(f"{path}/submit", if_match=(await by.get(path)).json()["version"])
    assert answer.status_code == status, answer.text
    await scene.world.session.refresh(scene.application)


async def opponent(scene: Scene, name: str) -> Organisation:
    return await scene.world.session.get_one(Organisation, scene.members[name].organisation_id)


async def test_naming_the_opponent_while_the_ballot_opens_silences_nobody(world: World) -> None:
    scene = await make_scene(world, members=2)
    other = await opponent(scene, "b")
    await working_copy(scene, co_applicant_ids=[str(other.id)])
    await scene.to_ballot()
    await working_copy(scene, co_applicant_ids=[])
    assert (await scene.vote("b", "against")).status_code == 200
    ballot = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
    assert [one["member_id"] for one in ballot["recusals"]] == [str(scene.members["own"].id)]


async def test_the_credential_names_the_applicants_that_were_voted_on(world: World) -> None:
    scene = await make_scene(world, members=2)
    await scene.to_ballot()
    for name in ("a", "b"):
        assert (await scene.vote(name, "for")).status_code == 200
    assert (await scene.on_ballot("close")).status_code == 200
    await working_copy(scene, co_applicant_ids=[str((await world.organisation("Myöhästynyt ry")).id)])
    number = (await scene.must("endorse"))["endorsement_number"]
    shown = (await world.nobody.get(f"/endorsements/{number}")).json()
    assert [one["names"]["fi"] for one in shown["applicants"]] == ["Vanhusten Ystävät ry"]
    signed = (await world.nobody.get(f"/endorsements/{number}/credential")).text
    claims = urlsafe_b64decode(signed.split(".")[1] + "==").decode()
    assert "Vanhusten" in claims and "Myöhästynyt" not in claims
    snapshot = (await scene.coordinator.get(f"/endorsements/{number}/snapshot")).text
    assert "Myöhästynyt" not in snapshot


async def test_taking_the_co_applicant_out_frees_no_coordinator(world: World) -> None:
    scene = await make_scene(world, members=2)
    other = await world.organisation("Koordinaattorin yhdistys ry")
    await world.grant(scene.coordinator.id or UUID(int=0), Role.editor, other.id)
    await with_co_applicant(scene, other)
    assert (await scene.act("begin_review")).json()["code"] == "disqualified"
    await working_copy(scene, co_applicant_ids=[])
    assert (await scene.act("begin_review")).json()["code"] == "disqualified"


async def test_the_asked_city_does_not_vote_by_a_gap_in_the_working_copy(world: World) -> None:
    scene = await make_scene(world, members=2)
    scene.members["city"] = await world.member(scene.network, scene.city)
    scene.representatives["city"] = await world.person((Role.representative, scene.network.id, scene.city.id))
    await working_copy(scene, authorities=[])
    await scene.to_ballot()
    await working_copy(scene, authorities=[{"authority_id": str(scene.city.id)}])
    assert (await scene.vote("city", "for")).json()["code"] == "not_elector"


async def test_a_co_applicant_alone_neither_withdraws_nor_submits(world: World) -> None:
    scene = await make_scene(world, members=2)
    owner = await with_co_applicant(scene, await world.organisation("Kanssahakija ry"))
    path = f"/applications/{scene.application.id}"
    seen = (await owner.get(path)).json()
    assert (await owner.post(f"{path}/withdraw", if_match=seen["version"])).status_code == 403
    renamed = await owner.patch(path, {"title": "Toinen nimi"}, if_match=seen["version"])
    assert renamed.status_code == 200
    await submit(scene, owner, status=403)
    await submit(scene, scene.editor)


@pytest.mark.parametrize("how", ["declared", "made_owner"])
async def test_a_representative_tied_to_the_applicant_votes_for_nobody(world: World, how: str) -> None:
    scene = await make_scene(world, members=2)
    representative = scene.representatives["a"]
    await scene.fresh("a")
    await scene.to_ballot()
    if how == "declared":
        declared = await representative.put(f"/affiliations/{scene.applicant.id}", {"kinds": ["board_member"]})
        assert declared.status_code == 204
    else:
        await world.grant(representative.id or UUID(int=0), Role.owner, scene.applicant.id)
    assert (await scene.vote("a", "for")).json()["code"] == "disqualified"


async def arrived(world: World) -> tuple[gate.Scene, Client, PartnerRequest]:
    found = await gate.scene(world, gate=False)
    return found, await officer(world, found), found.request


async def test_a_tie_taken_back_frees_no_officer(world: World) -> None:
    scene, who, request = await arrived(world)
    assert (await who.put(f"/affiliations/{scene.association.id}", {"kinds": ["employee"]})).status_code == 204
    assert (await act(who, request, "begin")).json()["code"] == "disqualified"
    assert (await who.delete(f"/affiliations/{scene.association.id}")).status_code == 204
    assert (await act(who, request, "begin")).json()["code"] == "disqualified"


async def test_a_role_that_nobody_accepted_disqualifies_no_officer(world: World) -> None:
    scene, who, request = await arrived(world)
    owner = await world.person((Role.owner, scene.association.id))
    given = await owner.put(f"/organisations/{scene.association.id}/people/{who.id}", {"roles": ["viewer"]})
    assert given.status_code == 204
    assert (await act(who, request, "begin")).status_code == 200
