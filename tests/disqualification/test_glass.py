"""Who broke the glass into a case takes no part in it, for good: also once they are no operator any more."""

from datetime import timedelta
from uuid import UUID

import pytest

from puumerkki.access.roles import Role
from puumerkki.access.service import revoke_role
from puumerkki.kernel import clock
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.partnerships.cases import act
from tests.partnerships.gate import scene as case
from tests.partnerships.test_partner_requests import DECISION

WHY = "Tukipyyntö numero 17."


async def looked(world: World, kind: str, scope: UUID, *roles: tuple[Role, UUID]) -> Client:
    """Somebody who looked into an organisation or network as an operator, is none any more, and has other roles."""
    one = await world.operator()
    made = await one.post("/break-glass", {"scope_kind": kind, "scope_id": str(scope), "reason": WHY})
    assert made.status_code == 201, made.text
    assert one.id is not None
    await revoke_role(world.session, principal_id=one.id, scope_id=None, role=Role.operator)
    await revoke_role(world.session, principal_id=one.id, scope_id=scope, role=Role.inspector)
    for role in roles:
        await world.grant(one.id, *role)
    return await world.again(one)


def scope_of(scene: Scene, where: str) -> tuple[str, UUID]:
    return ("network", scene.network.id) if where == "network" else ("organisation", getattr(scene, where).id)


@pytest.mark.parametrize("where", ["network", "applicant"])
async def test_they_vote_and_lead_nothing(world: World, where: str) -> None:
    scene = await make_scene(world)
    network, member = scene.network.id, scene.members["a"].organisation_id
    lead = await looked(world, *scope_of(scene, where), (Role.coordinator, network))
    representative = await looked(world, *scope_of(scene, where))
    assert representative.id is not None
    await world.grant(representative.id, Role.deputy, network, member)
    refused = await scene.act("begin_review", by=lead)
    assert (refused.status_code, refused.json()["code"]) == (409, "glass_was_broken"), refused.text
    await scene.to_ballot()
    refused = await scene.vote("a", "for", by=representative)
    assert (refused.status_code, refused.json()["code"]) == (409, "glass_was_broken"), refused.text
    recorded = await scene.vote("a", "for", by=lead, recorded=True)
    assert recorded.json()["code"] == "glass_was_broken"
    assert (await scene.vote("a", "for")).status_code == 200


async def test_a_vote_given_before_the_look_does_not_count(world: World) -> None:
    """Nobody who operates votes; who became an operator after voting, and looked, is taken out at the count."""
    scene = await make_scene(world)
    await scene.to_ballot()
    for name in ("a", "b", "c"):
        assert (await scene.vote(name, "for")).status_code == 200
    representative = scene.representatives["a"]
    assert representative.id is not None
    await world.grant(representative.id, Role.operator, None)
    given = {"scope_kind": "network", "scope_id": str(scene.network.id), "reason": WHY}
    assert (await (await world.again(representative)).post("/break-glass", given)).status_code == 201
    assert (await scene.on_ballot("close")).status_code == 200
    counted = (await scene.coordinator.get(f"{scene.path}/ballot")).json()["result"]
    assert (counted["votes_for"], counted["turnout"]) == (2, 2)


async def test_they_record_and_confirm_nothing(world: World) -> None:
    scene = await make_scene(world)
    network, member = scene.network.id, scene.members["a"].organisation_id
    secretary = await looked(world, "network", network, (Role.secretary, network))
    await scene.must("begin_review")
    held = await scene.meeting()
    given = {
        "meeting_id": str(held.id),
        "endorses": True,
        "wording": "Puolletaan.",
        "present_member_ids": [str(scene.members[one].id) for one in ("a", "b", "c")],
        "stood_aside_member_ids": [],
    }
    refused = await scene.act("record_decision", given, by=secretary)
    assert (refused.status_code, refused.json()["code"]) == (409, "glass_was_broken"), refused.text
    await scene.must("readings", {"read_on": clock.today().isoformat()})
    await scene.must("open_ballot")
    for name in ("a", "b", "c"):
        assert (await scene.vote(name, "for")).status_code == 200
    assert (await scene.on_ballot("close")).status_code == 200
    await scene.must("endorse")
    representative = await looked(world, "organisation", scene.applicant.id)
    assert representative.id is not None
    await world.grant(representative.id, Role.deputy, network, member)
    await scene.must("revocations", {"way": "cause", "cause": "applicant_asks", "reason": "Hakija pyytää."})
    said = await scene.editor.put(f"{scene.path}/revocation/view", {"view": "Pyydämme.", "asks": True})
    assert said.status_code == 200, said.text
    refused = await scene.act("revocation/confirm", by=representative)
    assert refused.status_code == 409, refused.text


@pytest.mark.parametrize("where", ["association", "city"])
async def test_they_prepare_and_decide_nothing(world: World, where: str) -> None:
    arrived = await case(world, gate=False)
    city = arrived.city.id
    one = await looked(world, "organisation", getattr(arrived, where).id, (Role.officer, city), (Role.decider, city))
    refused = await act(one, arrived.request, "begin")
    assert (refused.status_code, refused.json()["code"]) == (409, "glass_was_broken"), refused.text
    assert (await act(await world.person((Role.officer, city)), arrived.request, "begin")).status_code == 200
    refused = await act(one, arrived.request, "decide", DECISION)
    assert refused.json()["code"] == "glass_was_broken"
    negative = {"reasons": "Ei varoja.", "appeal": "Oikaisuvaatimus.", "decided_by_body": "Lautakunta"}
    assert (await act(one, arrived.request, "answer_none", negative)).status_code in (409, 422)


async def test_a_look_of_long_before_binds_nobody(world: World) -> None:
    scene = await make_scene(world)
    with clock.fixed(clock.now() - timedelta(days=30)):
        old = await looked(world, "network", scene.network.id)
    assert old.id is not None
    await world.grant(old.id, Role.coordinator, scene.network.id)
    assert (await scene.act("begin_review", by=await world.again(old))).status_code == 200
