"""Members that share an owner or a signatory have one vote together: in base, quorum and count they are one."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from puumerkki.access.roles import Role
from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.kernel import clock
from puumerkki.networks.blocs import as_one
from puumerkki.networks.queries.blocs import joined
from puumerkki.networks.tally import Choice
from puumerkki.wiring.invariants import broken
from tests.applications.test_co_applicants import address, mails
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene


async def _ballot(scene: Scene) -> dict[str, Any]:
    shown: dict[str, Any] = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
    return shown


async def _counted(scene: Scene) -> dict[str, Any]:
    with clock.fixed(clock.now() + timedelta(days=60)):
        await close_due_ballots(scene.world.session)
        scene.coordinator = await scene.world.again(scene.coordinator)
        result: dict[str, Any] = (await _ballot(scene))["result"]
        return result


async def _share(scene: Scene, *names: str) -> Client:
    """One person runs these members."""
    organisations = [scene.members[name].organisation_id for name in names]
    roles = [(Role.signatory if place else Role.owner, one) for place, one in enumerate(organisations)]
    return await scene.world.person(*roles)


async def test_a_founders_three_groups_have_one_vote(world: World) -> None:
    scene = await make_scene(world, members=5)
    await _share(scene, "a", "b", "c")
    await scene.to_ballot()
    shown = await _ballot(scene)
    together = sorted(str(scene.members[name].id) for name in "abc")
    assert (shown["electorate"], shown["together"]) == (4, [together])
    assert (await scene.vote("b", "for")).status_code == 200
    for name in "ac":
        answer = await scene.vote(name, "for")
        assert (answer.status_code, answer.json()["code"]) == (409, "votes_together")
        assert (await scene.representatives[name].get(f"{scene.path}/ballot")).json()["may_vote_for"] == []
        assert (await scene.representatives[name].get("/tasks")).json()["items"] == []
    recorded = await scene.vote("a", "for", by=scene.coordinator, recorded=True)
    assert recorded.json()["code"] == "votes_together"
    assert (await scene.vote("b", "for")).status_code == 200, "it changes its own"
    missing = [one["member_id"] for one in (await _ballot(scene))["missing"]]
    assert missing == [str(scene.members[name].id) for name in "de"]
    for name in "de":
        assert (await scene.vote(name, "against")).status_code == 200
    result = await _counted(scene)
    assert (result["base"], result["votes_for"], result["against"], result["outcome"]) == (3, 1, 2, "failed")


async def test_what_is_shared_since_the_opening_is_found_at_the_count_and_takes_no_vote(world: World) -> None:
    scene = await make_scene(world, members=4)
    await scene.to_ballot()
    for name in "ab":
        assert (await scene.vote(name, "for")).status_code == 200
    assert (await scene.vote("c", "against")).status_code == 200
    await _share(scene, "a", "b")
    await _share(scene, "c", "d")
    result = await _counted(scene)
    assert (result["base"], result["votes_for"], result["against"]) == (3, 2, 1)
    await world.session.flush()
    connection = (await (await world.session.connection()).get_raw_connection()).driver_connection
    assert [one for one in await broken(connection) if one.code == "result_differs"] == []  # type: ignore[arg-type]


async def test_a_rulebook_may_keep_them_apart(world: World) -> None:
    scene = await make_scene(world, shared_owners_apart=True)
    await _share(scene, "a", "b")
    await scene.to_ballot()
    shown = await _ballot(scene)
    assert (shown["electorate"], shown["together"]) == (4, [])
    for name in "abc":
        assert (await scene.vote(name, "for")).status_code == 200


async def test_who_shares_with_an_applicant_stands_aside_with_it(world: World) -> None:
    scene = await make_scene(world)
    await _share(scene, "own", "a")
    await scene.to_ballot()
    for name in "bc":
        assert (await scene.vote(name, "against")).status_code == 200
    await scene.vote("a", "for")
    result = await _counted(scene)
    assert (result["base"], result["votes_for"], result["against"]) == (2, 0, 2)


async def test_a_recorded_vote_gives_way_to_the_one_that_a_member_of_the_bloc_gives_itself(world: World) -> None:
    scene = await make_scene(world, members=4)
    owner = await _share(scene, "a", "b")
    await scene.to_ballot()
    assert (await scene.vote("a", "for", by=scene.coordinator, recorded=True)).status_code == 200
    assert (await scene.vote("b", "against")).status_code == 200
    assert any(one.startswith("Organisaation ääni on poistettu") for one in await mails(world, address(owner)))
    for name in "cd":
        assert (await scene.vote(name, "for")).status_code == 200
    result = await _counted(scene)
    assert (result["votes_for"], result["against"]) == (2, 1)


async def test_a_recorded_vote_stays_where_another_of_the_bloc_stands_aside(world: World) -> None:
    scene = await make_scene(world, members=4)
    await _share(scene, "a", "b")
    await scene.to_ballot()
    assert (await scene.vote("a", "for", by=scene.coordinator, recorded=True)).status_code == 200
    path = f"{scene.path}/ballot/recusals/{scene.members['b'].id}"
    recused = await scene.representatives["b"].put(path, {"reason": "Jäävi."})
    assert recused.status_code == 200, recused.text
    for name in "cd":
        assert (await scene.vote(name, "against")).status_code == 200
    result = await _counted(scene)
    assert (result["votes_for"], result["against"]) == (1, 2)


async def test_base_and_turnout_count_who_votes_together_once(world: World) -> None:
    scene = await make_scene(world, members=4)
    await _share(scene, "a", "b")
    await scene.to_ballot()
    shown = await _ballot(scene)
    assert shown["base"] == 3
    assert (await scene.vote("a", "for")).status_code == 200
    assert [one["member_id"] for one in (await _ballot(scene))["missing"]] == [
        str(scene.members[name].id) for name in "cd"
    ]


async def test_two_that_share_are_fewer_than_two(world: World) -> None:
    scene = await make_scene(world, members=2)
    await _share(scene, "a", "b")
    await scene.to_ballot()
    assert (await scene.vote("a", "for")).status_code == 200
    assert (await _counted(scene))["base"] == 1


def test_blocs_join() -> None:
    one, two, three, four = sorted(uuid4() for _ in range(4))
    alone = {member: member for member in (one, two, three, four)}
    assert joined(alone, [{two, three}, {three, four}]) == {one: one, two: two, three: two, four: two}


def test_the_first_to_vote_votes_for_all() -> None:
    one, two, three = sorted(uuid4() for _ in range(3))
    blocs = {one: one, two: one, three: three}
    electorate: frozenset[UUID] = frozenset(blocs)
    votes = {two: Choice.against, one: Choice.for_, three: Choice.blank}
    counted = as_one(votes, electorate=electorate, recused=frozenset(), applying=frozenset(), blocs=blocs)
    assert counted.votes == {two: Choice.against, three: Choice.blank}
    assert (counted.electorate, counted.recused) == (frozenset({two, three}), frozenset())
    aside = as_one({}, electorate=electorate, recused=frozenset({one}), applying=frozenset(), blocs=blocs)
    assert (aside.electorate, aside.recused) == (frozenset({two, three}), frozenset())
    both = as_one({}, electorate=electorate, recused=frozenset({one, two}), applying=frozenset(), blocs=blocs)
    assert (both.electorate, both.recused) == (frozenset({one, three}), frozenset({one}))
