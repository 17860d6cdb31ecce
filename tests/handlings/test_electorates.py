"""Who votes: members with a vote since before the version came, who have not left by themselves."""

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.kernel import clock
from puumerkki.networks.models.networks import MemberRight, MemberState
from puumerkki.organisations.models.organisations import OrganisationState
from tests.archiving import archived
from tests.factories import World
from tests.handlings.scene import Scene, make_scene


async def _ballot(scene: Scene) -> dict[str, object]:
    shown: dict[str, object] = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
    return shown


async def leave(scene: Scene, name: str) -> None:
    """The member's owner takes it out of the network."""
    member = scene.members[name]
    await scene.world.session.refresh(member)
    owner = await scene.world.person((Role.owner, member.organisation_id))
    path = f"/networks/{scene.network.id}/members/{member.id}"
    answer = await owner.post(f"{path}/leave", if_match=member.version)
    assert answer.status_code == 200, answer.text


async def _come_back(scene: Scene, name: str) -> None:
    member = scene.members[name]
    owner = await scene.world.person((Role.owner, member.organisation_id))
    path = f"/networks/{scene.network.id}/members"
    asked = await owner.post(path, {"organisation_id": str(member.organisation_id)})
    back = await scene.coordinator.post(f"{path}/{member.id}/approve", if_match=asked.json()["version"])
    assert back.json()["state"] == "active", back.text


async def test_a_vote_taken_after_the_version_came_is_there_still(world: World) -> None:
    scene = await make_scene(world)
    critic = scene.members["a"]
    critic.votes = False
    friend = await world.member(scene.network, await world.organisation("Uusi ystävä ry"))
    await world.session.flush()
    await scene.to_ballot()
    assert (await _ballot(scene))["electorate"] == 4
    assert (await scene.vote("a", "against")).status_code == 200
    path = f"{scene.path}/ballot/votes/{friend.id}"
    representative = await world.person((Role.representative, scene.network.id, friend.organisation_id))
    answer = await representative.put(path, {"choice": "for"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_elector")


async def test_without_a_vote_when_the_version_came_there_is_none(world: World) -> None:
    scene = await make_scene(world)
    scene.members["a"].votes = False
    await world.session.flush()
    await scene.next_version(goals="Kolmesataa ikäihmistä.")
    scene.members["a"].votes = True
    await world.session.flush()
    await scene.to_ballot()
    assert (await scene.vote("a", "for")).json()["code"] == "not_elector"


async def test_a_version_that_waited_came_when_it_was_submitted(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    condition = "Sijaisapua myös Ylikiimingissä."
    assert (await scene.vote("a", "for_with_conditions", condition=condition)).status_code == 200
    for name in ("b", "c"):
        assert (await scene.vote(name, "for")).status_code == 200
    assert (await scene.on_ballot("close")).status_code == 200
    taken = await scene.on_ballot(f"conditions/{scene.members['a'].id}", {"taken": True, "when": "later"})
    assert taken.status_code == 200, taken.text
    await scene.must("endorse")
    await scene.next_version(purpose="Aivan muuta.")
    scene.members["a"].votes = False
    await world.session.flush()
    await scene.must("take_new_version")
    await scene.to_ballot()
    assert (await scene.vote("a", "against")).status_code == 200


async def test_who_leaves_before_the_opening_and_comes_back_is_not_in_it(world: World) -> None:
    scene = await make_scene(world)
    await leave(scene, "a")
    await _come_back(scene, "a")
    await scene.to_ballot()
    assert (await _ballot(scene))["electorate"] == 3


async def test_who_leaves_during_a_ballot_leaves_the_base_and_its_vote_goes(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    assert (await scene.vote("a", "against")).status_code == 200
    await leave(scene, "a")
    shown = await _ballot(scene)
    gone = [one for one in shown["recusals"] if one["gone"]]  # type: ignore[attr-defined]
    assert [one["member_id"] for one in gone] == [str(scene.members["a"].id)]
    assert shown["turnout"] == 0
    await _come_back(scene, "a")
    representative = await world.person((Role.representative, scene.network.id, scene.members["a"].organisation_id))
    assert (await scene.vote("a", "against", by=representative)).json()["code"] == "recused"
    recorded = await scene.vote("a", "for", by=scene.coordinator, recorded=True)
    assert recorded.json()["code"] == "recused"
    for name in ("b", "c"):
        assert (await scene.vote(name, "for")).status_code == 200
    closed = (await scene.on_ballot("close")).json()
    assert closed["result"]["outcome"] == "passed"
    assert (await _ballot(scene))["result"]["base"] == 2  # type: ignore[index]


async def test_the_count_finds_who_left_unseen(world: World) -> None:
    """Whoever left while somebody was voting is looked for again under the lock."""
    scene = await make_scene(world)
    await scene.to_ballot()
    for name in ("a", "b"):
        assert (await scene.vote(name, "for")).status_code == 200
    scene.members["a"].state = MemberState.left
    organisation = await world.session.get_one(type(scene.applicant), scene.members["b"].organisation_id)
    organisation.state = OrganisationState.archived
    await world.session.flush()
    with clock.fixed(clock.now() + timedelta(days=30)):
        await close_due_ballots(world.session)
        coordinator = await world.again(scene.coordinator)
        shown = (await coordinator.get(f"{scene.path}/ballot")).json()
    assert (shown["result"]["base"], shown["result"]["outcome"]) == (1, "no_quorum")
    assert shown["turnout"] == 0


async def test_an_archived_organisation_is_in_no_electorate(world: World) -> None:
    scene = await make_scene(world)
    before = scene.members["a"].organisation_id
    await archived(world, before)
    await scene.to_ballot()
    assert (await _ballot(scene))["electorate"] == 3
    during = scene.members["b"].organisation_id
    await archived(world, during)
    assert [one["gone"] for one in (await _ballot(scene))["recusals"]].count(True) == 1  # type: ignore[attr-defined]
    assert (await scene.vote("b", "for")).json()["code"] == "organisation_acts_no_more"


async def test_a_new_rulebook_makes_nobody_a_stranger(world: World) -> None:
    scene = await make_scene(world)
    await world.rulebook(scene.network)
    friend = await world.organisation("Uusi ystävä ry")
    await world.member(scene.network, friend)
    await scene.to_ballot()
    assert (await _ballot(scene))["electorate"] == 4


async def test_what_was_is_kept(world: World) -> None:
    scene = await make_scene(world)
    member = scene.members["a"]

    async def rights() -> list[tuple[bool, bool]]:
        statement = (
            select(MemberRight).where(col(MemberRight.member_id) == member.id).order_by(col(MemberRight.from_at))
        )
        found = (await world.session.exec(statement.execution_options(populate_existing=True))).all()
        assert all(one.until_at == two.from_at for one, two in pairwise(found) if one.until_at)
        return [(one.votes, one.until_at is None) for one in found]

    assert await rights() == [(True, True)]
    member.votes = False
    await world.session.flush()
    member.end_reason = "Ei mitään."
    await world.session.flush()
    assert await rights() == [(True, False), (False, True)]
    member.state = MemberState.left
    await world.session.flush()
    assert await rights() == [(True, False), (False, False)]
    for statement in (
        "delete from member_right",
        "update member_right set votes = true",
        "update member_right set from_at = from_at - interval '1 year'",
        "truncate member_right",
    ):
        with pytest.raises(DBAPIError):
            async with world.session.begin_nested():
                await (await world.session.connection()).execute(text(statement))
