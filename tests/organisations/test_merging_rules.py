"""What a merge of two organisations must never do: take a vote, double one, lose a role, or bind anybody unasked."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.filings.models import Filing
from puumerkki.handlings.service.ballot_actions import close_due_ballots
from puumerkki.identity.models import RoleOffer
from puumerkki.kernel import clock
from puumerkki.networks.queries import electorate
from puumerkki.organisations.models.organisations import LegalForm, Organisation, OrganisationRelation, RelationKind
from tests.archiving import act
from tests.endorsements.conditional import conditional
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.organisations.test_merging import merge, rows, twins


async def obstacles(answer: Any) -> list[str]:
    assert (answer.status_code, answer.json()["code"]) == (409, "merge_blocked"), answer.text
    return [one["code"] for one in answer.json()["obstacles"]]


async def undo(who: Client, twin: Organisation) -> Any:
    return await act(who, twin.id, "merge/undo")


async def differences(world: World, before: dict[str, list[Any]]) -> set[str]:
    after = await rows(world)
    return {name for name in after if after[name] != before[name]}


async def voters(scene: Scene) -> set[UUID]:
    handling = await scene.row()
    found = await electorate(scene.world.session, scene.network.id, handling.received_at)
    return {one.organisation_id for one in found}


async def organisation_of(scene: Scene, name: str) -> Organisation:
    return await scene.world.session.get_one(Organisation, scene.members[name].organisation_id)


async def relation(world: World, of: Organisation, other: Organisation, **more: Any) -> OrganisationRelation:
    given = {"kind": RelationKind.umbrella, "starts_on": clock.today(), "accepted_at": clock.now()} | more
    made = OrganisationRelation(organisation_id=of.id, other_id=other.id, **given)
    world.session.add(made)
    await world.session.flush()
    return made


async def test_a_vote_that_was_given_is_counted_before_its_member_is_merged(world: World) -> None:
    scene = await make_scene(world)
    operator, into = await world.operator(), await world.organisation("Jäsen ry")
    voter = await organisation_of(scene, "a")
    await scene.to_ballot()
    assert (await scene.vote("a", "for")).status_code == 200
    assert await obstacles(await merge(operator, voter, into)) == ["ballot_open"]
    assert await obstacles(await merge(operator, into, scene.applicant)) == ["ballot_open"], "its people would be tied"
    assert (await merge(operator, await world.organisation("Muu ry"), voter)).status_code == 200, "it votes as before"
    assert (await scene.vote("b", "for")).status_code == 200
    with clock.fixed(clock.now() + timedelta(days=30)):
        await close_due_ballots(world.session)
        operator = await world.again(operator)
        assert (await scene.row()).state == "in_ballot"
        assert await obstacles(await merge(operator, voter, into)) == ["ballot_open"], (
            "what was counted is not used yet"
        )
        for one in (scene.coordinator,):
            one.token = (await world.again(one)).token
        assert (await scene.act("endorse")).status_code == 200
        assert (await merge(operator, voter, into)).status_code == 200


async def test_the_one_that_remains_votes_on_what_had_come_to_the_other(world: World) -> None:
    scene = await make_scene(world)
    operator, into, twin = (
        await world.operator(),
        await world.organisation("Jäsen ry"),
        await organisation_of(scene, "a"),
    )
    stranger, last = await world.organisation("Vieras ry"), await world.organisation("Viimeinen ry")
    await world.member(scene.network, stranger)
    before, noted = await voters(scene), await rows(world)
    assert twin.id in before and stranger.id not in before, "it came later"
    assert (await merge(operator, twin, into)).status_code == 200
    assert await voters(scene) == before - {twin.id} | {into.id}
    speaks = (await (await world.again(scene.representatives["a"])).get("/me")).json()["roles"]
    assert [one["for_organisation_id"] for one in speaks] == [str(into.id)]
    assert (await merge(operator, into, last)).status_code == 200
    assert await voters(scene) == before - {twin.id} | {last.id}, "in a chain the last one"
    refused = await undo(operator, twin)
    assert (refused.status_code, refused.json()["code"]) == (409, "merge_undo_order"), refused.text
    assert refused.json()["first"]["id"] == str(into.id)
    assert (await undo(operator, into)).status_code == 200
    assert await voters(scene) == before - {twin.id} | {into.id}
    assert (await undo(operator, twin)).status_code == 200
    assert await voters(scene) == before, "and the one that was parted votes again"
    assert await differences(world, noted) == {"network_member"}


async def test_who_is_asked_about_its_conditions_answers_before_it_is_merged(world: World) -> None:
    scene = await conditional(world, asks="a")
    operator, twin, into = (
        await world.operator(),
        await organisation_of(scene, "a"),
        await world.organisation("Jäsen ry"),
    )
    await scene.must("confirm_conditions", {"met": [0]})
    assert await obstacles(await merge(operator, twin, into)) == ["conditions_claimed"]
    assert (await merge(operator, await organisation_of(scene, "b"), into)).status_code == 200


async def test_two_members_have_one_vote_and_again_two(world: World) -> None:
    scene = await make_scene(world)
    operator = await world.operator()
    twin, into = await organisation_of(scene, "a"), await organisation_of(scene, "b")
    before, noted = await voters(scene), await rows(world)
    assert (await merge(operator, twin, into)).status_code == 200
    assert await voters(scene) == before - {twin.id}
    assert (await undo(operator, twin)).status_code == 200
    assert await voters(scene) == before
    assert await differences(world, noted) == set()


async def test_a_vote_given_since_keeps_them_from_being_parted_until_the_count(world: World) -> None:
    scene = await make_scene(world)
    operator, into, twin = (
        await world.operator(),
        await world.organisation("Jäsen ry"),
        await organisation_of(scene, "a"),
    )
    assert (await merge(operator, twin, into)).status_code == 200
    scene.representatives["a"] = await world.again(scene.representatives["a"])
    await scene.to_ballot()
    members = (await scene.coordinator.get(f"/networks/{scene.network.id}/members?state=active")).json()["items"]
    [member] = [one["id"] for one in members if one["organisation_id"] == str(into.id)]
    path = f"{scene.path}/ballot/votes/{member}"
    given = await scene.representatives["a"].put(path, {"choice": "for"})
    assert given.status_code == 200, given.text
    assert await obstacles(await undo(operator, twin)) == ["ballot_open"]


async def test_who_was_merged_last_is_parted_first(world: World) -> None:
    """Else the one that remains would lose what it has of the other, too: a membership, a role."""
    first, into = await twins(world)
    second, operator, network = await world.organisation("Oulun Tuki"), await world.operator(), await world.network()
    await world.member(network, first)
    await world.member(network, second)
    await world.person((Role.owner, first.id), (Role.owner, second.id))
    noted = await rows(world)
    for one in (first, second):
        assert (await merge(operator, one, into)).status_code == 200
    assert (await undo(operator, first)).json()["code"] == "merge_undo_order"
    assert (await undo(operator, second)).status_code == 200
    assert (await undo(operator, first)).status_code == 200
    assert await differences(world, noted) == {"network_member"}


async def test_roles_that_were_taken_since_keep_nobody_from_parting_them(world: World) -> None:
    """Whoever runs the one that remains could else keep all that came by throwing its people out."""
    twin, into = await twins(world)
    mine, theirs = await world.person((Role.owner, twin.id)), await world.person((Role.owner, into.id))
    editor, operator = await world.person((Role.editor, twin.id)), await world.operator()
    draft = await world.application(twin)
    assert (await merge(operator, twin, into)).status_code == 200
    taken = await theirs.delete(f"/organisations/{into.id}/people/{mine.id}")
    assert taken.status_code in (200, 204), taken.text
    assert (await undo(operator, twin)).status_code == 200
    held = await world.session.exec(
        select(RoleGrant.scope_id).where(col(RoleGrant.principal_id).in_([mine.id, editor.id]))
    )
    assert held.all() == [twin.id], "what was taken is not given back without a word"
    assert (await (await world.again(editor)).get(f"/applications/{draft.id}")).json()["applicant"]["id"] == str(
        twin.id
    )


async def test_nobody_comes_to_act_for_the_other_without_its_people(world: World) -> None:
    twin, into = await twins(world)
    owner, operator, invited = await world.person((Role.owner, twin.id)), await world.operator(), await world.person()
    machine = await world.service(Role.editor, twin)
    offered = RoleOffer(
        principal_id=invited.person_id,
        scope_kind="organisation",
        scope_id=twin.id,
        organisation_id=twin.id,
        role=Role.editor,
        offered_by=owner.id,
        expires_at=clock.now() + timedelta(days=14),
    )
    world.session.add(offered)
    await world.session.flush()
    seen = (await operator.get(f"/organisations/{twin.id}/merge?into={into.id}")).json()
    assert seen["stops"] == [{"what": "service_accounts", "count": 1}, {"what": "role_offers", "count": 1}]
    assert (await merge(operator, twin, into)).status_code == 200
    given = {"website": "https://example.org"}
    for one in (twin, into):
        await world.session.refresh(one)
        refused = await machine.patch(f"/organisations/{one.id}", given, if_match=one.version)
        assert (refused.status_code, refused.json()["code"]) in ((403, "forbidden"), (409, "organisation_archived"))
    late = await invited.post("/me/role-offers/accept", {"offer_ids": [str(offered.id)]})
    assert (late.status_code, late.json()["code"]) == (409, "conflict"), late.text


async def test_what_belongs_to_itself_by_any_steps_is_not_merged(world: World) -> None:
    twin, into = await twins(world)
    operator, union = await world.operator(), await world.organisation("Liitto ry")
    await relation(world, twin, into, ends_on=clock.today() + timedelta(days=1))
    assert await obstacles(await merge(operator, twin, into)) == ["related"]
    twin, into = await twins(world)
    await relation(world, twin, union)
    await relation(world, union, into)
    assert await obstacles(await merge(operator, twin, into)) == ["related"]


async def test_a_relation_of_both_is_one_and_a_registered_one_has_no_host(world: World) -> None:
    twin, into = await twins(world, legal_form=LegalForm.unregistered_group)
    operator, union = await world.operator(), await world.organisation("Liitto ry")
    host, gone = await world.organisation("Tukiyhdistys ry"), await world.organisation("Vanha liitto ry")
    await relation(world, twin, host, kind=RelationKind.host)
    await relation(world, twin, union, starts_on=clock.today() - timedelta(days=9))
    await relation(world, into, union)
    await relation(world, twin, gone)
    assert (await merge(operator, gone, await world.organisation("Nykyinen liitto ry"))).status_code == 200
    assert (await merge(operator, twin, into)).status_code == 200
    found = await world.session.exec(
        select(Organisation.names)
        .join(OrganisationRelation, col(OrganisationRelation.other_id) == col(Organisation.id))
        .where(col(OrganisationRelation.organisation_id) == into.id)
    )
    assert sorted(one["fi"] for one in found.all()) == ["Liitto ry", "Nykyinen liitto ry"]


async def test_what_was_filed_to_its_call_goes_back_with_the_call(world: World) -> None:
    twin, into = await twins(world)
    operator = await world.operator()
    opens = clock.now() - timedelta(days=1)
    call = FundingCall(
        funder_id=twin.id,
        names={"fi": "Haku"},
        opens_at=opens,
        closes_at=opens + timedelta(days=90),
        published_at=opens,
        state=CallState.published,
    )
    world.session.add(call)
    await world.session.flush()
    assert (await merge(operator, twin, into)).status_code == 200
    application = await world.application(await world.organisation("Hakija ry"))
    filed = Filing(application_id=application.id, funder_id=into.id, call_id=call.id)
    world.session.add(filed)
    await world.session.flush()
    assert (await undo(operator, twin)).status_code == 200
    for one in (call, filed):
        await world.session.refresh(one)
        assert one.funder_id == twin.id


async def test_by_either_name_search_finds_the_one_that_remains(world: World) -> None:
    twin, into = await world.organisation("Vanhusten Ystävät ry"), await world.organisation("Oulun Seniorit ry")
    last, operator = await world.organisation("Pohjolan Seniorit ry"), await world.operator()
    assert (await merge(operator, twin, into)).status_code == 200
    assert (await merge(operator, into, last)).status_code == 200
    for words in ("ystävät", "oulun sen", "pohjolan"):
        shown = (await world.nobody.get(f"/organisations?q={words}")).json()["items"]
        assert [one["id"] for one in shown] == [str(last.id)], words
    listed = (await operator.get("/organisations?state=archived")).json()["items"]
    assert listed == []
    assert (await world.nobody.get(f"/organisations/{twin.id}")).json()["merged_into"]["id"] == str(into.id)


async def test_nothing_new_names_the_one_that_went(world: World) -> None:
    twin, into = await twins(world)
    owner = await world.person((Role.owner, twin.id), (Role.editor, twin.id))
    assert (await merge(await world.operator(), twin, into)).status_code == 200
    refused = await owner.post("/applications", {"applicant_id": str(twin.id), "title": "Kerho", "language": "fi"})
    assert refused.status_code == 403, refused.text
    with pytest.raises(IntegrityError, match="merged with another one"):
        await world.application(twin)
