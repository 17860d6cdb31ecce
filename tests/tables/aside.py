"""What the tables say beside yes and no: who is told, what is shown, from when; and who broke the glass into a case."""

from puumerkki.access.roles import Role
from puumerkki.access.service import revoke_role
from tests.disqualification import test_ties_table
from tests.disqualification.test_glass import WHY, looked
from tests.factories import Client, World
from tests.handlings import test_interests
from tests.handlings.scene import Scene, make_scene
from tests.partnerships import gate
from tests.partnerships.authority import both, on_row
from tests.partnerships.cases import act, officer
from tests.tables import ties
from tests.tables.near import near_scene
from tests.tables.ties import DECISION, Try, begun, confirms, recording, told


def both_tied(how: str) -> Try:
    """The deputy votes; where the deputy is tied too the member stands aside."""

    async def vote(world: World) -> str:
        answer = await ties.tied(how)["vote"](world)
        scene = await make_scene(world)
        for who in (scene.representatives["a"], await scene.fresh("a")):
            await test_ties_table.tie(world, how, who, scene.application, scene.applicant)
        await scene.to_ballot()
        shown = (await scene.coordinator.get(f"{scene.path}/ballot")).json()["recusals"]
        assert [one["member_id"] for one in shown if one["tied"]] == [str(scene.members["a"].id)]
        return answer

    return vote


async def told_vote(world: World) -> str:
    """The vote is removed, and the member hears of it."""
    await test_ties_table.test_a_tie_in_mid_ballot_removes_the_vote_and_tells_the_member(world, True)
    return await ties.tied("declared_post", in_ballot=True)["vote"](world)


async def _declares(scene: Scene | gate.Scene, who: Client) -> None:
    applicant = scene.applicant if isinstance(scene, Scene) else scene.association
    answer = await who.put(f"/affiliations/{applicant.id}", {"kinds": ["board_member"]})
    assert answer.status_code == 204, answer.text


async def lead_from_then(world: World) -> str:
    scene = await make_scene(world)
    await scene.must("begin_review")
    await _declares(scene, scene.coordinator)
    return told(await scene.act("return", {"points": [{"body": "Täydennä tavoitteita."}]}))


async def begin_from_then(world: World) -> str:
    found = await gate.scene(world, gate=False)
    who = await world.person((Role.officer, found.city.id))
    assert told(await act(who, found.request, "begin")) == "yes"
    await _declares(found, who)
    return told(await act(who, found.request, "ask_supplement", {"body": "Mikä on omarahoitus?"}))


async def _shown(scene: Scene, who: Client, near: str) -> None:
    found = (await scene.coordinator.get(scene.path)).json()["interests"]
    assert [one[near] for one in found if one["principal_id"] == str(who.id)] == [True], "it is shown"


def near_lead(kind: str) -> Try:
    async def lead(world: World) -> str:
        scene = await near_scene(world, kind)
        await world.grant(scene.coordinator.person_id, Role.viewer, scene.members["a"].organisation_id)
        answer = told(await scene.act("begin_review"))
        await _shown(scene, scene.coordinator, kind)
        return answer

    return lead


async def asked_vote(world: World) -> str:
    await test_interests.test_an_asked_authority(world, True, True, False)
    return await ties.asked_vote(world)


async def asked_lead(world: World) -> str:
    scene = await ties.employed(world, "coordinator")
    answer = told(await scene.act("begin_review"))
    await _shown(scene, scene.coordinator, "authority")
    return answer


async def asked_confirm(world: World) -> str:
    scene = await ties.employed(world, "chair")
    await scene.must("begin_review")
    answer = await confirms(scene)
    await _shown(scene, scene.chair, "authority")
    return answer


def glass(deed: str) -> Try:
    """Somebody looked into the network or the authority as an operator, and is none any more."""

    async def tried(world: World) -> str:
        if deed in ("begin", "decide"):
            found = await gate.scene(world, gate=False)
            role = Role.officer if deed == "begin" else Role.decider
            one = await looked(world, "organisation", found.association.id, (role, found.city.id))
            if deed == "decide":
                await begun(world, found.request, found.city.id)
            return told(await act(one, found.request, deed, DECISION if deed == "decide" else None))
        scene = await make_scene(world, one_is_enough=False, members=2 if deed == "present" else 3)
        network, member = scene.network.id, scene.members["a"].organisation_id
        if deed == "read":
            operator = await world.operator()
            assert (await operator.get(scene.path)).status_code == 404
            given = {"scope_kind": "network", "scope_id": str(network), "reason": WHY}
            assert (await operator.post("/break-glass", given)).status_code == 201
            return told(await (await world.again(operator)).get(scene.path))
        if deed == "lead":
            return told(
                await scene.act("begin_review", by=await looked(world, "network", network, (Role.coordinator, network)))
            )
        if deed == "confirm":
            await scene.must("begin_review")
            return await confirms(scene, by=await looked(world, "network", network, (Role.chair, network)))
        one = await looked(world, "network", network)
        await world.grant(one.person_id, Role.deputy, network, member)
        if deed == "present":
            await scene.must("begin_review")
            representative = scene.representatives["a"].person_id
            await revoke_role(world.session, principal_id=representative, scope_id=network, role=Role.representative)
            return told(await scene.act("record_decision", await recording(scene, "a", "b"), by=scene.secretary))
        await scene.to_ballot()
        answer = told(await scene.vote("a", "for", by=await world.again(one)))
        assert told(await scene.vote("a", "for")) == "yes", "another of the member does"
        return answer

    return tried


async def another_network(world: World) -> None:
    """A requirement names two networks: the endorsement of either meets it."""
    found = await gate.scene(world, gate=False)
    other = await world.network("Toinen verkosto")
    await gate.policy(world, found.city, found.network, other)
    version = await world.version(found.application)
    await gate.receive(world.session, found.application, version)
    one = await officer(world, found)
    assert told(await act(one, found.request, "begin")) == "endorsement_missing"
    await gate.endorse(world.session, version, other)
    assert told(await act(one, found.request, "begin")) == "yes"


async def waiver_says_who(world: World) -> None:
    """A waiver says who decided it, when, and in which section of the minutes."""
    found = await gate.scene(world)
    one = await both(world, found)
    given = {"ground": "law", "reason": "Laki velvoittaa.", "body": "Johtaja", "decided_on": DECISION["decided_on"]}
    refused = await on_row(one, found, "waive", given)
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/section"], refused.text
    assert told(await on_row(one, found, "waive", given | {"section": "§ 4"})) == "yes"
