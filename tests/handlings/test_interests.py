"""Who is near an application without being tied: asked authorities, umbrellas, who applies to the same call."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import ApplicationState
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import Organisation, OrganisationRelation, RelationKind
from puumerkki.partnerships.service.partner_requests import receive_requests
from tests.factories import World
from tests.handlings.scene import Scene, make_scene
from tests.partnerships import gate


async def _ballot(scene: Scene) -> dict[str, Any]:
    return dict((await scene.coordinator.get(f"{scene.path}/ballot")).json())


async def _aside(scene: Scene, cause: str) -> list[str]:
    return [one["member_id"] for one in (await _ballot(scene))["recusals"] if one[cause]]


async def asked_member(scene: Scene) -> str:
    """The asked city is a member of the network."""
    scene.members["city"] = await scene.world.member(scene.network, scene.city)
    scene.representatives["city"] = await scene.world.person((Role.representative, scene.network.id, scene.city.id))
    return str(scene.members["city"].id)


async def _row(scene: Scene) -> None:
    """The city's requirement asks for the network's endorsement in this case."""
    await gate.policy(scene.world, scene.city, scene.network)
    await receive_requests(
        scene.world.session,
        application=scene.application,
        version=scene.version,
        actor=await scene.actor(scene.editor),
    )
    await scene.world.session.flush()


async def _counted(scene: Scene) -> dict[str, Any]:
    with clock.fixed(clock.now() + timedelta(days=60)):
        await close_due_ballots(scene.world.session)
        scene.coordinator = await scene.world.again(scene.coordinator)
        return dict((await _ballot(scene))["result"])


@pytest.mark.parametrize(
    ("allowed", "asks", "votes"), [(False, False, False), (True, False, True), (True, True, False)]
)
async def test_an_asked_authority(world: World, allowed: bool, asks: bool, votes: bool) -> None:
    """It votes only where the rulebook lets it, and never where it requires this network's endorsement itself."""
    scene = await make_scene(world, authority_votes=allowed)
    await asked_member(scene)
    (await scene.row()).received_at = clock.now()
    if asks:
        await _row(scene)
    await scene.to_ballot()
    answer = await scene.vote("city", "for")
    assert (answer.status_code == 200) is votes, answer.text
    assert (await _ballot(scene))["electorate"] == 4 + votes


async def test_a_requirement_that_comes_in_mid_ballot_takes_its_vote_out(world: World) -> None:
    scene = await make_scene(world, authority_votes=True)
    city = await asked_member(scene)
    (await scene.row()).received_at = clock.now()
    await scene.to_ballot()
    for name in ("a", "b", "city"):
        assert (await scene.vote(name, "for" if name == "city" else "against")).status_code == 200
    await _row(scene)
    result = await _counted(scene)
    assert (result["votes_for"], result["against"]) == (0, 2)
    assert await _aside(scene, "asked") == [city]


async def umbrella(scene: Scene, name: str, *, days: int = 30) -> str:
    """A member is the applicant's umbrella, and was so many days before the application was begun."""
    made = OrganisationRelation(
        organisation_id=scene.applicant.id,
        other_id=scene.members[name].organisation_id,
        kind=RelationKind.umbrella,
        starts_on=clock.today() - timedelta(days=days),
        accepted_at=clock.now(),
    )
    made.told_at = scene.application.created_at - timedelta(days=days)
    scene.world.session.add(made)
    await scene.world.session.flush()
    return str(scene.members[name].id)


async def same_call(scene: Scene, name: str, *, submitted: bool = True) -> str:
    """A member has an application of its own to the call that the application at hand names."""
    call = await _call(scene)
    member = await scene.world.session.get_one(Organisation, scene.members[name].organisation_id)
    other = await scene.world.application(member, call_id=call)
    if submitted:
        await scene.world.version(other)
        assert other.state is ApplicationState.active
    return str(scene.members[name].id)


async def _call(scene: Scene) -> UUID:
    named = scene.version.content.get("call_id")
    return UUID(str(named))


async def scene_of_call(world: World, **rule: Any) -> Scene:
    scene = await make_scene(world, **rule)
    call = FundingCall(
        funder_id=scene.city.id,
        names={"fi": "Avustukset 2027"},
        state=CallState.published,
        published_at=clock.now(),
        opens_at=clock.now(),
        closes_at=clock.now() + timedelta(days=90),
    )
    world.session.add(call)
    await world.session.flush()
    scene.application.call_id = call.id
    await scene.next_version()
    return scene


async def test_an_umbrella_votes_and_it_is_shown(world: World) -> None:
    scene = await make_scene(world)
    union = await umbrella(scene, "a")
    await scene.to_ballot()
    assert (await scene.vote("a", "for")).status_code == 200
    near = (await _ballot(scene))["interests"]
    assert near == [{"member_id": union, "umbrella": True, "same_call": False}]


async def test_an_umbrella_stands_aside_where_the_rulebook_says_so(world: World) -> None:
    scene = await make_scene(world, umbrellas_stand_aside=True)
    union = await umbrella(scene, "a")
    await scene.to_ballot()
    assert (await scene.vote("a", "for")).json()["code"] == "recused"
    assert await _aside(scene, "umbrella") == [union]


async def test_nobody_is_made_an_umbrella_to_silence_it(world: World) -> None:
    """What the applicant said of itself a fortnight before it began or later is shown, and bars nobody."""
    scene = await make_scene(world, umbrellas_stand_aside=True)
    critic = await umbrella(scene, "a", days=3)
    await scene.to_ballot()
    assert (await scene.vote("a", "against")).status_code == 200
    assert (await _ballot(scene))["interests"] == [{"member_id": critic, "umbrella": True, "same_call": False}]


async def test_the_union_above_the_umbrella_is_one_too(world: World) -> None:
    scene = await make_scene(world, umbrellas_stand_aside=True)
    district = await world.organisation("Piiri ry")
    for below, above in ((scene.applicant.id, district.id), (district.id, scene.members["b"].organisation_id)):
        made = OrganisationRelation(
            organisation_id=below,
            other_id=above,
            kind=RelationKind.umbrella,
            starts_on=clock.today() - timedelta(days=90),
            accepted_at=clock.now(),
        )
        made.told_at = scene.application.created_at - timedelta(days=90)
        world.session.add(made)
    await world.session.flush()
    await scene.to_ballot()
    assert await _aside(scene, "umbrella") == [str(scene.members["b"].id)]


@pytest.mark.parametrize("aside", [True, False])
async def test_a_member_that_applies_to_the_same_call(world: World, aside: bool) -> None:
    scene = await scene_of_call(world, same_call_stands_aside=aside)
    rival = await same_call(scene, "a")
    await same_call(scene, "b", submitted=False)
    await scene.to_ballot()
    answer = await scene.vote("a", "against")
    assert answer.status_code == (409 if aside else 200)
    shown = await _ballot(scene)
    assert shown["interests"] == ([] if aside else [{"member_id": rival, "umbrella": False, "same_call": True}])
    assert await _aside(scene, "same_call") == ([rival] if aside else [])


async def test_an_application_to_the_call_in_mid_ballot_is_found_at_the_count(world: World) -> None:
    scene = await scene_of_call(world, same_call_stands_aside=True)
    await scene.to_ballot()
    for name, choice in (("a", "against"), ("b", "for"), ("c", "for")):
        assert (await scene.vote(name, choice)).status_code == 200
    rival = await same_call(scene, "a")
    result = await _counted(scene)
    assert (result["base"], result["votes_for"], result["against"]) == (2, 2, 0)
    assert await _aside(scene, "same_call") == [rival]


async def test_whose_draft_nobody_may_see_is_not_shown_to_the_applicants(world: World) -> None:
    """Who is not in the network does not learn from the ballot that somebody else applies."""
    scene = await scene_of_call(world)
    await same_call(scene, "a")
    await scene.to_ballot()
    outside = (await scene.editor.get(f"{scene.path}/ballot")).json()
    assert outside["interests"] == []


@pytest.mark.parametrize("deed", ["record", "confirm"])
async def test_people_of_an_umbrella_record_and_confirm_nothing(world: World, deed: str) -> None:
    scene = await make_scene(world)
    await umbrella(scene, "a")
    await scene.seat(secretary="a" if deed == "record" else "c", chair="a")
    await scene.must("begin_review")
    decision = {
        "meeting_id": str((await scene.meeting()).id),
        "endorses": True,
        "wording": "Puolletaan.",
        "present_member_ids": [str(scene.members[name].id) for name in "abc"],
    }
    recorded = await scene.act("record_decision", decision, by=scene.secretary)
    if deed == "record":
        assert recorded.json()["code"] == "of_umbrella"
        return
    [made] = (await scene.coordinator.get(scene.path)).json()["decisions"]
    answer = await scene.act(f"decisions/{made['id']}/confirm", by=scene.chair)
    assert answer.json()["code"] == "of_umbrella"


async def test_people_of_an_umbrella_are_no_second_persons(world: World) -> None:
    scene = await make_scene(world)
    await umbrella(scene, "a")
    await scene.to_endorsed()
    await scene.must("revocations", {"way": "cause", "cause": "applicant_asks", "reason": "Hakija pyytää."})
    said = await scene.editor.put(f"{scene.path}/revocation/view", {"view": "Pyydämme.", "asks": True})
    assert said.status_code == 200
    assert (await scene.act("revocation/confirm", by=scene.representatives["a"])).json()["code"] == "not_second_person"
    assert (await scene.act("revocation/confirm", by=scene.representatives["b"])).status_code == 200


async def test_a_meeting_leaves_them_out_as_a_ballot_does(world: World) -> None:
    scene = await make_scene(world, members=2, umbrellas_stand_aside=True, one_is_enough=False)
    await scene.seat(secretary="b", chair="b")
    await umbrella(scene, "a")
    await scene.must("begin_review")
    decision = {
        "meeting_id": str((await scene.meeting()).id),
        "endorses": True,
        "wording": "Puolletaan.",
        "present_member_ids": [str(scene.members[name].id) for name in "ab"],
    }
    assert (await scene.act("record_decision", decision, by=scene.secretary)).json()["code"] == "no_quorum"
