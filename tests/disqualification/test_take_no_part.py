"""Archived organisations, and operators, take no part: whatever roles their people hold."""

from typing import Any

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.networks.queries.second_persons import OF_THE_NETWORK, Asked, second_persons
from puumerkki.organisations.models.organisations import Organisation
from tests.applications.test_co_applicants import answer, step
from tests.applications.test_co_applicants import asked as applying_together
from tests.archiving import archived
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.partnerships.cases import act
from tests.partnerships.gate import scene as case
from tests.partnerships.test_partner_requests import DECISION


async def editing(scene: Scene, who: Client) -> Any:
    path = f"/applications/{scene.application.id}"
    tag = (await who.get(path)).headers["etag"].strip('"')
    return await who.patch(path, {"title": "Toinen"}, if_match=tag)


async def asked(scene: Scene) -> Asked:
    assert scene.coordinator.id is not None
    return Asked(OF_THE_NETWORK, scene.network.id, scene.coordinator.id, clock.now())


async def test_an_archived_applicant_drafts_and_submits_nothing_and_can_withdraw(world: World) -> None:
    scene = await make_scene(world)
    owner = await world.person((Role.owner, scene.applicant.id))
    assert (await editing(scene, scene.editor)).status_code == 200
    await archived(world, scene.applicant.id)
    refused = await editing(scene, scene.editor)
    assert (refused.status_code, refused.json()["code"]) == (403, "organisation_acts_no_more"), refused.text
    draft = await scene.editor.post("/applications", {"applicant_id": str(scene.applicant.id), "title": "Uusi"})
    assert (draft.status_code, draft.json()["code"]) == (403, "organisation_acts_no_more")
    path = f"/applications/{scene.application.id}"
    shown = await scene.editor.get(path)
    assert shown.status_code == 200
    offered = {one["action"] for one in shown.json()["available_actions"]}
    assert not offered & {"submit", "close", "recall"}
    assert "withdraw" in {one["action"] for one in (await owner.get(path)).json()["available_actions"]}
    operator = await world.operator()
    there = f"/organisations/{scene.applicant.id}"
    version = (await operator.get(there)).json()["version"]
    assert (await operator.post(f"{there}/restore", if_match=version)).status_code == 200
    assert (await editing(scene, scene.editor)).status_code == 200


async def test_no_endorsement_is_given_on_a_version_whose_applicant_was_archived(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    for name in ("a", "b", "c"):
        assert (await scene.vote(name, "for")).status_code == 200
    assert (await scene.on_ballot("close")).status_code == 200
    await archived(world, scene.applicant.id)
    refused = await scene.act("endorse")
    assert (refused.status_code, refused.json()["code"]) == (409, "applicant_left"), refused.text


async def test_an_archived_member_speaks_and_votes_no_more(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    await archived(world, scene.members["a"].organisation_id)
    refused = await scene.vote("a", "for")
    assert refused.status_code == 403, refused.text
    assert (await scene.vote("b", "for")).status_code == 200


async def test_an_archived_authority_begins_nothing(world: World) -> None:
    arrived = await case(world, gate=False)
    officer = await world.person((Role.officer, arrived.city.id))
    await archived(world, arrived.city.id)
    refused = await act(officer, arrived.request, "begin")
    assert (refused.status_code, refused.json()["code"]) == (403, "organisation_acts_no_more"), refused.text


async def test_an_operator_prepares_and_decides_nothing(world: World) -> None:
    arrived = await case(world, gate=False)
    city = arrived.city.id
    operator = await world.person((Role.operator, None), (Role.officer, city), (Role.decider, city))
    officer = await world.person((Role.officer, city))
    refused = await act(operator, arrived.request, "begin")
    assert (refused.status_code, refused.json()["code"]) == (403, "operators_take_no_part"), refused.text
    assert (await act(officer, arrived.request, "begin")).status_code == 200
    refused = await act(operator, arrived.request, "decide", DECISION)
    assert (refused.status_code, refused.json()["code"]) == (403, "operators_take_no_part"), refused.text


async def test_an_operator_leads_confirms_and_votes_nothing(world: World) -> None:
    scene = await make_scene(world)
    network, member = scene.network.id, scene.members["a"]
    organisation = await world.session.get_one(Organisation, member.organisation_id)
    roles = [(Role.coordinator, network), (Role.chair, network), (Role.secretary, network)]
    operator = await world.person((Role.operator, None), *roles, (Role.deputy, network, organisation.id))
    refused = await scene.act("begin_review", by=operator)
    assert (refused.status_code, refused.json()["code"]) == (403, "operators_take_no_part"), refused.text
    await scene.to_ballot()
    voted = await scene.vote("a", "for", by=operator)
    assert voted.status_code == 403, voted.text
    assert operator.id not in await second_persons(world.session, await asked(scene))


async def test_an_archived_further_applicant_is_taken_out_by_one_click(world: World) -> None:
    cast, owner, made = await applying_together(world)
    assert (await answer(owner, made, cast.neighbour, "accepted")).status_code == 204
    await archived(world, cast.neighbour.id)
    refused = await step(cast["editor"], made, "submit")
    assert (refused.status_code, refused.json()["code"]) == (409, "co_applicants_unanswered"), refused.text
    assert (await step(cast["editor"], made, "release_co_applicants")).status_code == 200
    assert (await step(cast["editor"], made, "submit")).status_code == 200
