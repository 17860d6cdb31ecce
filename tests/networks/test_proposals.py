"""Removing a member and taking its vote: a reason, seven days to be heard, a second person."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.kernel.formatting import written_day
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.networks.models.networks import MemberState
from puumerkki.networks.models.proposals import MemberProposal, ProposalState
from puumerkki.networks.service.proposals import drop_stale
from tests.factories import Client, World
from tests.personas import Cast, make_cast

REASON = {"reason": "Ei noudata pelisääntöjä."}
WEEK = timedelta(days=8)


def _path(cast: Cast, tail: str = "") -> str:
    return f"/networks/{cast.network.id}/members/{cast.association_member.id}{tail}"


async def _act(cast: Cast, tail: str, by: Client, json: object = None) -> httpx.Response:
    await cast.world.session.refresh(cast.association_member)
    return await by.post(_path(cast, tail), json, if_match=cast.association_member.version)


async def test_nobody_removes_a_member_alone_or_unheard(world: World) -> None:
    cast = await make_cast(world)
    proposed = await _act(cast, "/remove", cast["coordinator"], REASON)
    assert (proposed.status_code, proposed.json()["state"], proposed.json()["votes"]) == (200, "active", True)
    assert proposed.json()["proposal"]["reason"] == REASON["reason"]
    assert (await world.nobody.get(_path(cast))).json()["proposal"] is None
    written = (await world.session.exec(select(OutboxMessage))).all()
    assert len(written) == 3, "the association's owner, and the neighbour's two"
    early = await _act(cast, "/proposal/confirm", cast["representative"])
    assert (early.status_code, early.json()["code"]) == (409, "member_not_heard")
    again = await _act(cast, "/take_vote", cast["coordinator"], REASON)
    assert again.json()["code"] == "member_proposal_open"
    last = clock.today() + timedelta(days=7)
    due = [(one["kind"], one["due_on"]) for one in (await cast["owner"].get("/tasks")).json()["items"]]
    assert ("member_proposal_to_answer", last.isoformat()) in due, "it is heard until that day ends"
    assert all(written_day(last, "fi") in one.body for one in written), "as the mails say"
    said = await cast["owner"].put(_path(cast, "/proposal/view"), {"view": "Emme ole samaa mieltä."})
    assert said.json()["proposal"]["view"] == "Emme ole samaa mieltä."
    with clock.fixed(clock.now() + WEEK):
        alone = await _act(cast, "/proposal/confirm", await world.again(cast["coordinator"]))
        assert alone.status_code == 403
        theirs = await world.person((Role.deputy, cast.network.id, cast.association.id))
        assert (await _act(cast, "/proposal/confirm", theirs)).json()["code"] == "not_second_person"
        second = await world.again(cast["representative"])
        tasks = (await second.get("/tasks")).json()["items"]
        assert [one["kind"] for one in tasks] == ["member_proposal_to_confirm"]
        done = await _act(cast, "/proposal/confirm", second)
        assert (done.status_code, done.json()["state"]) == (200, "removed"), done.text
        assert done.json()["end_reason"] == REASON["reason"]
    for change in ("confirmed_by = proposed_by", "ended_at = null", "ended_at = heard_until - interval '1 s'"):
        with pytest.raises(DBAPIError):
            async with world.session.begin_nested():
                await (await world.session.connection()).execute(text(f"update member_proposal set {change}"))


async def test_a_vote_is_taken_by_two_and_given_by_one(world: World) -> None:
    cast = await make_cast(world)
    version = cast.association_member.version
    alone = await cast["coordinator"].patch(_path(cast), {"votes": False}, if_match=version)
    assert (alone.status_code, alone.json()["code"]) == (409, "vote_needs_proposal")
    assert (await _act(cast, "/take_vote", cast["coordinator"], REASON)).status_code == 200
    with clock.fixed(clock.now() + WEEK):
        done = await _act(cast, "/proposal/confirm", await world.again(cast["deputy"]))
        assert (done.json()["state"], done.json()["votes"], done.json()["proposal"]) == ("active", False, None)
        lead = await world.again(cast["coordinator"])
        nothing = await _act(cast, "/take_vote", lead, REASON)
        assert nothing.json()["code"] == "has_no_vote"
        given = await lead.patch(_path(cast), {"votes": True}, if_match=done.json()["version"])
        assert given.json()["votes"] is True


async def test_without_a_second_person_it_is_not_even_proposed(world: World) -> None:
    network = await world.network()
    member = await world.member(network, await world.organisation())
    lead = await world.person((Role.coordinator, network.id))
    path = f"/networks/{network.id}/members/{member.id}"
    answer = await lead.post(f"{path}/remove", REASON, if_match=1)
    assert (answer.status_code, answer.json()["code"]) == (409, "nobody_confirms")
    shown = (await lead.get(path)).json()["available_actions"]
    assert {"action": "remove", "allowed": False, "blocked_by": "nobody_confirms"} in shown


async def test_whom_the_proposer_named_is_no_second_person(world: World) -> None:
    network = await world.network()
    own, other = await world.organisation("Oma ry"), await world.organisation("Toinen ry")
    mine = await world.member(network, own)
    member = await world.member(network, other)
    lead = await world.person((Role.coordinator, network.id), (Role.owner, own.id))
    friend = await world.person((Role.viewer, own.id))
    named = await lead.put(
        f"/networks/{network.id}/members/{mine.id}/representative", {"principal_id": str(friend.id)}, if_match=1
    )
    assert named.status_code == 200
    answer = await lead.post(f"/networks/{network.id}/members/{member.id}/remove", REASON, if_match=1)
    assert answer.json()["code"] == "nobody_confirms"


async def test_it_is_dropped_by_hand_by_the_clock_and_by_leaving(world: World) -> None:
    cast = await make_cast(world)
    assert (await _act(cast, "/remove", cast["coordinator"], REASON)).status_code == 200
    other = await world.person((Role.coordinator, cast.network.id))
    assert (await _act(cast, "/proposal/drop", other)).json()["code"] == "not_yours_to_drop"
    dropped = await _act(cast, "/proposal/drop", cast["coordinator"], {"reason": "Asia selvisi."})
    assert (dropped.json()["state"], dropped.json()["proposal"]) == ("active", None)
    assert (await _act(cast, "/remove", cast["coordinator"], REASON)).status_code == 200
    with clock.fixed(clock.now() + timedelta(days=36)):
        await drop_stale(world.session)
        assert (await cast.world.session.exec(_states())).all() == ["dropped", "open"]
    with clock.fixed(clock.now() + timedelta(days=39)):
        await drop_stale(world.session)
        assert (await cast.world.session.exec(_states())).all() == ["dropped", "dropped"]
    assert (await _act(cast, "/take_vote", cast["coordinator"], REASON)).status_code == 200
    assert (await _act(cast, "/leave", cast["owner"])).json()["state"] == "left"
    assert (await cast.world.session.exec(_states())).all() == ["dropped"] * 3


def _states() -> SelectOfScalar[ProposalState]:
    return select(MemberProposal.state).order_by(col(MemberProposal.created_at))


async def test_an_invitation_is_taken_back_at_once(world: World) -> None:
    cast = await make_cast(world)
    cast.association_member.state = MemberState.invited
    await world.session.flush()
    answer = await _act(cast, "/remove", cast["coordinator"], REASON)
    assert (answer.json()["state"], answer.json()["end_reason"]) == ("removed", REASON["reason"])
    assert (await world.session.exec(select(MemberProposal))).all() == []
