"""What members are voting on or have decided, nobody takes back alone; and who takes part in something new."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.networks.models.networks import MemberState, NetworkState
from puumerkki.networks.service.decision_votes import decide_due
from tests.factories import World
from tests.network_decisions import by_vote
from tests.networks.decisions import association, draft, pass_days, path_of
from tests.networks.test_changes import _decide as decide
from tests.networks.test_changes import _scene as scene
from tests.personas import Cast, make_cast


async def _version(cast: Cast) -> int:
    return int((await cast["coordinator"].get(f"/networks/{cast.network.id}")).json()["version"])


async def test_only_who_proposed_withdraws_and_only_before_anybody_voted(world: World) -> None:
    cast = await make_cast(world)
    other = await association(cast)
    lead, member = cast["coordinator"], cast["representative"]
    made = await member.post(path_of(cast), {"kind": "chair", "subject_id": str(cast["viewer"].id)})
    path = path_of(cast, f"/{made.json()['id']}")
    refused = await lead.post(f"{path}/drop", if_match=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_your_proposal")
    assert (await other.put(f"{path}/votes/{cast.association_member.id}", {"choice": "for"})).status_code == 200
    refused = await member.post(f"{path}/drop", if_match=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "proposal_answered")
    made = await member.post(path_of(cast), {"kind": "secretary", "subject_id": str(cast["viewer"].id)})
    path = path_of(cast, f"/{made.json()['id']}")
    assert (await member.post(f"{path}/drop", if_match=1)).json()["state"] == "dropped"


async def test_one_does_not_keep_the_others_from_proposing(world: World) -> None:
    """Attack G24: a chair proposed, one's own vote given, and nobody else could propose one for the ballot days."""
    cast = await make_cast(world)
    other = await association(cast)
    member = cast["representative"]
    given = [{"kind": "chair", "subject_id": str(cast[who].id)} for who in ("viewer", "editor")]
    first = (await member.post(path_of(cast), given[0])).json()
    path = path_of(cast, f"/{first['id']}")
    assert (await member.put(f"{path}/votes/{cast.neighbour_member.id}", {"choice": "for"})).status_code == 200
    assert (await member.post(path_of(cast), given[1])).json()["code"] == "decision_waiting", "one of each proposer"
    second = await other.post(path_of(cast), given[1])
    assert second.status_code == 201, second.text
    assert (await member.post(f"{path}/drop", if_match=1)).json()["state"] == "dropped", "nobody else has answered"
    assert (await member.post(path_of(cast), given[0])).status_code == 201


async def test_what_is_decided_keeps_out_others_of_its_kind(world: World) -> None:
    cast = await make_cast(world)
    other = await association(cast)
    member, day = cast["representative"], clock.today() + timedelta(days=60)
    made = [
        (await one.post(path_of(cast), {"kind": "close", "reason": "Valmis", "on_day": day.isoformat()})).json()
        for one in (member, other)
    ]
    for one, place in ((member, cast.neighbour_member), (other, cast.association_member)):
        for each in made:
            vote = {"choice": "for", "early_close": each is made[0]}
            answer = await one.put(path_of(cast, f"/{each['id']}/votes/{place.id}"), vote)
            assert answer.status_code == 200, answer.text
    late = await cast["coordinator"].post(path_of(cast), {"kind": "close", "reason": "Taas", "on_day": day.isoformat()})
    assert late.json()["code"] == "decision_waiting", late.text
    await pass_days(cast, 30)
    states = [(await member.get(path_of(cast, f"/{one['id']}"))).json()["state"] for one in made]
    assert states == ["adopted", "dropped"]
    statement = select(OutboxMessage.recipient).where(col(OutboxMessage.subject).startswith("Ehdotus raukesi"))
    heard = (await world.session.exec(statement)).all()
    assert {f"{one.person_id.hex}@example.org" for one in (member, other)} <= set(heard)


async def test_what_a_second_person_said_of_a_meeting_is_not_withdrawn(world: World) -> None:
    cast = await make_cast(world)
    await association(cast)
    given = {
        "kind": "rulebook",
        "way": "meeting",
        "subject_id": await draft(cast),
        "met_on": clock.today().isoformat(),
        "present_member_ids": [str(cast.association_member.id), str(cast.neighbour_member.id)],
    }
    before = given | {"met_on": (clock.today() - timedelta(days=1)).isoformat()}
    early = await cast["secretary"].post(path_of(cast), before)
    assert (early.status_code, early.json()["errors"][0]["pointer"]) == (422, "/met_on"), "there was no such draft"
    made = await cast["secretary"].post(path_of(cast), given)
    path = path_of(cast, f"/{made.json()['id']}")
    seen = await cast["representative"].post(f"{path}/confirm", if_match=1)
    refused = await cast["secretary"].post(f"{path}/drop", if_match=seen.json()["version"])
    assert refused.json()["code"] == "proposal_answered"


async def test_an_office_that_members_gave_the_coordinator_does_not_take(world: World) -> None:
    cast = await make_cast(world)
    first, second = await world.person(name="Ensimmäinen"), await world.person(name="Toinen")
    lead, officers = cast["coordinator"], f"/networks/{cast.network.id}/officers/chair"
    assert (await by_vote(world, cast.network, lead, kind="chair", subject_id=str(first.id))).json()["state"] == "done"
    refused = await lead.delete(f"{officers}/{first.id}", if_match=await _version(cast))
    assert (refused.status_code, refused.json()["code"]) == (409, "office_chosen")
    named = await lead.delete(f"{officers}/{cast['chair'].id}", if_match=await _version(cast))
    assert named.status_code in (204, 409), "whom the coordinator named, or the migration counts as chosen"
    await by_vote(world, cast.network, lead, kind="chair", subject_id=str(second.id))
    held = select(RoleGrant.principal_id).where(
        col(RoleGrant.scope_id) == cast.network.id,
        col(RoleGrant.role) == Role.chair,
        col(RoleGrant.chosen_at).is_not(None),
    )
    assert list((await world.session.exec(held)).all()) == [second.id], "choosing anew is how members take it"
    own = await (await world.again(second)).delete(f"{officers}/{second.id}", if_match=await _version(cast))
    assert own.status_code == 204, "anybody gives up their own"


async def test_to_give_endorsements_again_is_the_members_decision_too(world: World) -> None:
    cast = await make_cast(world)
    lead, path = cast["coordinator"], f"/networks/{cast.network.id}"
    done = await by_vote(world, cast.network, lead, kind="stop_deciding", reason="Ei jakseta.")
    assert done.json()["state"] == "done"
    refused = await lead.patch(path, {"decides": True}, if_match=await _version(cast))
    assert (refused.status_code, refused.json()["code"]) == (409, "members_decide")
    third = await world.organisation("Kolmas ry")
    await world.member(cast.network, third)
    for one in (cast.neighbour, third):
        await world.person((Role.owner, one.id))
    again = await by_vote(world, cast.network, lead, kind="begin_deciding")
    assert again.json()["state"] == "done", again.text
    assert (await lead.get(path)).json()["decides"] is True
    twice = await lead.post(path_of(cast), {"kind": "begin_deciding"})
    assert (twice.status_code, twice.json()["code"]) == (409, "proposal_overrun")


async def test_the_notice_of_what_is_decided_is_not_taken_back(world: World) -> None:
    network, lead, [_] = await scene(world)
    decided = await decide(world, lead, network, "stop_deciding")
    assert decided["state"] == "adopted"
    refused = await lead.post(f"/networks/{network.id}/changes/stop_deciding/drop")
    assert (refused.status_code, refused.json()["code"]) == (409, "decision_made")
    with clock.fixed(clock.now() + timedelta(days=31)):
        await decide_due(world.session)
        seen = (await (await world.again(lead)).get(f"/networks/{network.id}/decisions/{decided['id']}")).json()
    assert seen["state"] == "done"


async def test_a_member_that_leaves_proposes_and_objects_no_more(world: World) -> None:
    cast = await make_cast(world)
    await association(cast)
    member = cast["representative"]
    cast.neighbour_member.state = MemberState.leaving
    await world.session.flush()
    with clock.fixed(clock.now() + timedelta(minutes=1)):
        who = await world.again(member)
        refused = await who.post(path_of(cast), {"kind": "chair", "subject_id": str(cast["viewer"].id)})
        assert (refused.status_code, refused.json()["code"]) == (409, "takes_part_no_more")
        given = {"kind": "stop_deciding", "way": "second_person", "reason": "Tauko."}
        made = await (await world.again(cast["coordinator"])).post(path_of(cast), given)
        assert made.status_code == 201, made.text
        path = path_of(cast, f"/{made.json()['id']}/object")
        refused = await who.post(path, {"reason": "Kosto."}, if_match=1)
        assert (refused.status_code, refused.json()["code"]) == (409, "takes_part_no_more")


@pytest.mark.parametrize("leaves", [False, True])
async def test_who_has_left_the_organisation_speaks_for_it_no_more(world: World, leaves: bool) -> None:
    cast = await make_cast(world)
    owner = await world.person((Role.owner, cast.neighbour.id))
    representative = cast["representative"]
    await world.grant(representative.id, Role.editor, cast.neighbour.id)
    who = representative if leaves else owner
    assert (await who.delete(f"/organisations/{cast.neighbour.id}/people/{representative.id}")).status_code == 204
    mine = select(RoleGrant.role).where(col(RoleGrant.principal_id) == representative.id)
    assert list((await world.session.exec(mine)).all()) == []
    deputy = select(RoleGrant.role).where(col(RoleGrant.principal_id) == cast["deputy"].id)
    assert list((await world.session.exec(deputy)).all()) == [Role.deputy]


async def test_operators_take_no_part_in_networks_either(world: World) -> None:
    cast = await make_cast(world)
    operator = await world.person(
        (Role.operator, None),
        (Role.secretary, cast.network.id),
        (Role.owner, cast.neighbour.id),
        (Role.representative, cast.network.id, cast.neighbour.id),
    )
    path = f"/networks/{cast.network.id}"
    member = f"{path}/members/{cast.neighbour_member.id}"
    heir = await world.person((Role.viewer, cast.neighbour.id))
    present = [str(cast.association_member.id), str(cast.neighbour_member.id)]
    record = {"kind": "rulebook", "way": "meeting", "subject_id": await draft(cast), "present_member_ids": present}
    meeting = {"network_id": str(cast.network.id), "kind": "meeting", "title": "K", "place": "X"}
    answers = [
        await operator.post(path_of(cast), record | {"met_on": clock.today().isoformat()}),
        await operator.post("/meetings", meeting | {"starts_at": clock.now().isoformat()}),
        await operator.put(f"{member}/representative", {"principal_id": str(heir.id)}, if_match=1),
        await operator.put(f"{path}/rulebooks/1/acceptances/{cast.neighbour_member.id}"),
    ]
    assert [one.status_code for one in answers] == [403] * 4, [one.text for one in answers]


async def test_whoever_heard_of_a_decision_hears_that_it_fell(world: World) -> None:
    """A member without a vote, too; and the mail says that it was decided."""
    cast = await make_cast(world)
    silent = await world.organisation("Hiljainen ry")
    await world.member(cast.network, silent, votes=False)
    listens = await world.person((Role.representative, cast.network.id, silent.id))
    day = clock.today() + timedelta(days=60)
    made = await by_vote(world, cast.network, cast["coordinator"], kind="rest", reason="Tauko", on_day=day.isoformat())
    if made.json()["state"] == "open":
        await pass_days(cast, 30)
    mails = select(OutboxMessage.subject).where(col(OutboxMessage.recipient) == f"{listens.person_id.hex}@example.org")
    [decided] = (await world.session.exec(mails)).all()
    cast.network.state = NetworkState.closed
    await world.session.flush()
    await pass_days(cast, 61)
    fell = (await world.session.exec(select(OutboxMessage).where(
        col(OutboxMessage.recipient) == f"{listens.person_id.hex}@example.org", col(OutboxMessage.subject) != decided
    ))).all()  # fmt: skip
    assert [one.subject.split(":")[0] for one in fell] == ["Päätös raukesi"]
    assert "Verkoston päätös ei tule voimaan" in fell[0].body and "äänillä" not in fell[0].body
