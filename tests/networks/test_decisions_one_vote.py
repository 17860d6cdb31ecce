"""In what members decide about their network: one vote for those that share somebody, one member for one person."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.networks.models.networks import Network, NetworkMember
from puumerkki.networks.queries.blocs import joined
from puumerkki.networks.service.decision_votes import decide_due
from tests.factories import Client, World
from tests.networks.decisions import DRAFT, association, draft, path_of
from tests.personas import make_cast


class Founded:
    """A network with three groups of its coordinator, who speaks for them, and two real members."""

    network: Network
    groups: list[NetworkMember]
    real: list[NetworkMember]
    founder: Client
    honest: list[Client]

    def path(self, tail: str = "") -> str:
        return f"/networks/{self.network.id}/decisions{tail}"


async def founded(world: World, **rule: Any) -> Founded:
    made = Founded()
    made.network = await world.network("Perustajan verkosto")
    await world.rulebook(made.network, **rule)
    organisations = [await world.organisation(f"Ryhmä {number} ry") for number in range(3)]
    others = [await world.organisation(f"Jäsen {number} ry") for number in range(2)]
    made.groups = [await world.member(made.network, one) for one in organisations]
    made.real = [await world.member(made.network, one) for one in others]
    made.founder = await world.person(
        (Role.coordinator, made.network.id),
        *[(Role.owner, one.id) for one in organisations],
        *[(Role.representative, made.network.id, one.id) for one in organisations],
    )
    made.honest = [await world.person((Role.representative, made.network.id, one.id)) for one in others]
    return made


async def _representative(
    world: World, network: Network, member: NetworkMember, role: Role = Role.representative
) -> Client:
    return await world.person((role, network.id, member.organisation_id))


async def _chair(of: Founded, person: UUID) -> str:
    made = await of.founder.post(of.path(), {"kind": "chair", "subject_id": str(person)})
    assert made.status_code == 201, made.text
    return of.path(f"/{made.json()['id']}")


async def test_a_founders_three_groups_have_one_vote(world: World) -> None:
    scene = await founded(world)
    friend = await world.person()
    path = await _chair(scene, friend.id)
    for person, member in zip(scene.honest, scene.real, strict=True):
        assert (await person.put(f"{path}/votes/{member.id}", {"choice": "against"})).status_code == 200
    seen = (await scene.founder.get(path)).json()
    assert (seen["may_vote"], seen["have_voted"], len(seen["missing"])) == (3, 2, 3)
    first = await scene.founder.put(f"{path}/votes/{scene.groups[0].id}", {"choice": "for"})
    assert (first.status_code, first.json()["state"]) == (200, "rejected"), "all three have voted"
    assert (first.json()["result"]["votes_for"], first.json()["result"]["against"]) == (1, 2)


async def test_only_the_first_of_them_changes_the_vote(world: World) -> None:
    scene = await founded(world)
    path = await _chair(scene, (await world.person()).id)
    others = [await _representative(world, scene.network, one) for one in scene.groups[1:]]
    assert (await scene.founder.put(f"{path}/votes/{scene.groups[0].id}", {"choice": "for"})).status_code == 200
    for person, member in zip(others, scene.groups[1:], strict=True):
        refused = await person.put(f"{path}/votes/{member.id}", {"choice": "for"})
        assert (refused.status_code, refused.json()["code"]) == (409, "votes_together")
        assert (await person.get("/tasks?kind=network_decision_to_vote")).json()["items"] == []
    assert (await scene.founder.get(path)).json()["missing"] == [{"fi": "Jäsen 0 ry"}, {"fi": "Jäsen 1 ry"}]
    again = await scene.founder.put(f"{path}/votes/{scene.groups[0].id}", {"choice": "against"})
    assert again.status_code == 200


async def test_a_rulebook_may_keep_them_apart_but_one_person_speaks_for_one(world: World) -> None:
    scene = await founded(world, shared_owners_apart=True)
    path = await _chair(scene, (await world.person()).id)
    others = [await _representative(world, scene.network, one) for one in scene.groups[1:]]
    assert (await scene.founder.put(f"{path}/votes/{scene.groups[0].id}", {"choice": "for"})).status_code == 200
    refused = await scene.founder.put(f"{path}/votes/{scene.groups[1].id}", {"choice": "for"})
    assert (refused.status_code, refused.json()["code"]) == (409, "speaks_for_another")
    for person, member in zip(others, scene.groups[1:], strict=True):
        assert (await person.put(f"{path}/votes/{member.id}", {"choice": "for"})).status_code == 200
    assert (await scene.founder.get(path)).json()["have_voted"] == 3


async def test_for_whom_only_one_speaks_who_voted_for_another_stands_aside(world: World) -> None:
    cast = await make_cast(world)
    other = await world.organisation("Kolmas ry")
    third = await world.member(cast.network, other)
    person = await world.person(
        (Role.representative, cast.network.id, cast.association.id), (Role.representative, cast.network.id, other.id)
    )
    made = await person.post(path_of(cast), {"kind": "chair", "subject_id": str(person.id)})
    path = path_of(cast, f"/{made.json()['id']}")
    assert (await person.put(f"{path}/votes/{cast.association_member.id}", {"choice": "for"})).status_code == 200
    refused = await person.put(f"{path}/votes/{third.id}", {"choice": "for"})
    assert refused.json()["code"] == "speaks_for_another"
    assert (await person.get("/tasks?kind=network_decision_to_vote")).json()["items"] == []
    done = await cast["representative"].put(f"{path}/votes/{cast.neighbour_member.id}", {"choice": "against"})
    assert done.json()["state"] == "rejected", "whom nobody can vote for is not waited for"
    assert (done.json()["result"]["electorate"], done.json()["result"]["votes_for"]) == (3, 1)


async def test_the_representative_is_before_the_deputy(world: World) -> None:
    cast = await make_cast(world)
    await association(cast)
    made = await cast["representative"].post(path_of(cast), {"kind": "chair", "subject_id": str(cast["viewer"].id)})
    path = path_of(cast, f"/{made.json()['id']}/votes/{cast.neighbour_member.id}")
    assert (await cast["deputy"].put(path, {"choice": "for"})).status_code == 200
    assert (await cast["representative"].put(path, {"choice": "against"})).status_code == 200
    refused = await cast["deputy"].put(path, {"choice": "for"})
    assert (refused.status_code, refused.json()["code"]) == (409, "representative_voted")


async def test_it_ends_early_only_where_members_agree_or_the_rulebook_does(world: World) -> None:
    scene = await founded(world, closes_early=False)
    path = await _chair(scene, (await world.person()).id)
    group, first, second = (f"{path}/votes/{one.id}" for one in (scene.groups[0], *scene.real))
    voted = await scene.honest[0].put(first, {"choice": "for", "early_close": True})
    assert (voted.json()["own"][0]["early_close"], voted.json()["closes_early"]) == (True, False)
    assert (await scene.founder.put(group, {"choice": "for"})).status_code == 200
    voted = await scene.honest[1].put(second, {"choice": "for"})
    assert (voted.json()["state"], voted.json()["have_voted"]) == ("open", 3), "only one has agreed"
    voted = await scene.honest[1].put(second, {"choice": "for", "early_close": True})
    assert voted.json()["state"] == "done"


async def test_what_is_shared_since_takes_no_vote_that_was_given(world: World) -> None:
    scene = await founded(world, closes_early=False)
    path = await _chair(scene, (await world.person()).id)
    for person, member in zip(scene.honest, scene.real, strict=True):
        assert (await person.put(f"{path}/votes/{member.id}", {"choice": "against"})).status_code == 200
    shared = [(Role.owner, one.organisation_id) for one in (*scene.real, scene.groups[0])]
    await world.person(*shared)
    refused = await scene.founder.put(f"{path}/votes/{scene.groups[1].id}", {"choice": "for"})
    assert refused.json()["code"] == "votes_together", "but nobody who comes to share gets a further one"
    with clock.fixed(clock.now() + timedelta(days=15)):
        await decide_due(world.session)
    result = (await scene.founder.get(path)).json()["result"]
    assert (result["electorate"], result["against"], result["votes_for"]) == (2, 2, 0)


def test_two_that_have_voted_stay_apart() -> None:
    one, two, three = (UUID(int=number) for number in (1, 2, 3))
    alone = {member: member for member in (one, two, three)}
    assert joined(alone, [{one, two, three}], voted={one, two}) == {one: one, two: two, three: one}
    assert joined(alone, [{one, two, three}], voted={two}) == dict.fromkeys(alone, one)


async def test_a_meeting_of_one_owners_groups_is_no_meeting(world: World) -> None:
    scene = await founded(world, quorum_percent=0)
    book = (await scene.founder.post(f"/networks/{scene.network.id}/rulebooks", DRAFT)).json()["id"]
    given = {"kind": "rulebook", "way": "meeting", "subject_id": book, "met_on": clock.today().isoformat()}
    own = {"present_member_ids": [str(one.id) for one in scene.groups]}
    refused = await scene.founder.post(scene.path(), given | own)
    assert (refused.status_code, refused.json()["code"]) == (409, "meeting_without_quorum")


async def test_who_confirm_are_of_members_apart(world: World) -> None:
    cast = await make_cast(world)
    third = await world.organisation("Kolmas ry")
    third_member = await world.member(cast.network, third)
    await world.person((Role.owner, cast.neighbour.id), (Role.signatory, third.id))
    other = await world.person((Role.representative, cast.network.id, third.id))
    apart = await association(cast)
    present = [cast.association_member.id, cast.neighbour_member.id, third_member.id]
    given = {
        "kind": "rulebook",
        "way": "meeting",
        "subject_id": await draft(cast),
        "met_on": clock.today().isoformat(),
        "present_member_ids": [str(one) for one in present],
    }
    made = await cast["secretary"].post(path_of(cast), given)
    path = path_of(cast, f"/{made.json()['id']}/confirm")
    first = await cast["representative"].post(path, if_match=1)
    assert (first.status_code, first.json()["state"]) == (200, "open"), first.text
    refused = await other.post(path, if_match=first.json()["version"])
    assert (refused.status_code, refused.json()["code"]) == (409, "not_second_person")
    second = await apart.post(path, if_match=first.json()["version"])
    assert (second.status_code, second.json()["state"]) == (200, "done"), second.text


async def test_nobody_confirms_what_the_owner_of_both_proposes(world: World) -> None:
    scene = await founded(world)
    sister = await world.organisation("Sisarryhmä ry")
    await world.member(scene.network, sister)
    await world.person((Role.owner, sister.id), (Role.owner, scene.groups[0].organisation_id))
    representative = await world.person((Role.representative, scene.network.id, sister.id))
    made = await scene.founder.post(
        scene.path(), {"kind": "stop_deciding", "way": "second_person", "reason": "Ei enää."}
    )
    confirm = scene.path(f"/{made.json()['id']}/confirm")
    refused = await representative.post(confirm, if_match=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_second_person")
    assert (await scene.honest[0].post(confirm, if_match=1)).json()["state"] == "done"
