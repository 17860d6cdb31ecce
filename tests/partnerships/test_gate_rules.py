"""What the gate asks, by sequences of allowed calls that once opened it, or once kept an authority from answering."""

from datetime import timedelta

import pytest
from sqlmodel import select

from puumerkki.access.roles import Role
from puumerkki.calls.models import FundingCall
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.organisations.models.organisations import Organisation
from tests.factories import World
from tests.partnerships.authority import both, seen, under
from tests.partnerships.cases import act, officer
from tests.partnerships.gate import endorse, policy, receive, rows_of, scene
from tests.partnerships.test_partner_requests import DECISION


@pytest.mark.parametrize(("groups", "cause"), [([], "missing"), (["KR1"], "wider"), (["KR1.1"], "named")])
async def test_no_group_and_the_parent_group_are_asked_too(world: World, groups: list[str], cause: str) -> None:
    arrived = await under(world, target_groups=["KR1.1"], content={"target_groups": groups})
    caller = await officer(world, arrived)
    [row] = (await seen(caller, arrived))["requirements"]
    assert (row["cause"], row["standing"], row["releasable"]) == (cause, "missing", cause != "named")
    assert (await act(caller, arrived.request, "begin")).json()["code"] == "endorsement_missing"


async def test_where_no_policy_concerns_a_case_the_officer_says_that_the_groups_are_right(world: World) -> None:
    arrived = await under(world, target_groups=["KR2"])
    caller = await officer(world, arrived)
    body = await seen(caller, arrived)
    assert (body["requirements"], body["none_concerns"]) == ([], True)
    assert (await act(caller, arrived.request, "begin")).json()["code"] == "groups_unconfirmed"
    begun = await act(caller, arrived.request, "begin", {"groups_confirmed": True})
    assert (begun.status_code, begun.json()["state"]) == (200, "in_preparation")
    assert begun.json()["groups_confirmed_by"] == str(caller.id)


async def test_other_groups_in_preparation_are_confirmed_anew(world: World) -> None:
    arrived = await under(world, target_groups=["KR2"])
    caller = await officer(world, arrived)
    assert (await act(caller, arrived.request, "begin", {"groups_confirmed": True})).status_code == 200
    same = await world.version(arrived.application)
    await receive(world.session, arrived.application, same)
    assert (await seen(caller, arrived))["state"] == "in_preparation"
    other = await world.version(arrived.application, target_groups=["KR3"])
    await receive(world.session, arrived.application, other)
    body = await seen(caller, arrived)
    assert (body["state"], body["groups_confirmed_by"]) == ("arrived", None)
    assert (await act(caller, arrived.request, "begin")).json()["code"] == "groups_unconfirmed"


async def call_of_anybody(world: World, funder: Organisation) -> FundingCall:
    made = FundingCall(
        funder_id=funder.id,
        names={"fi": "Haku"},
        opens_at=clock.now(),
        closes_at=clock.now() + timedelta(days=30),
        state="published",
    )
    world.session.add(made)
    await world.session.flush()
    return made


async def test_a_call_that_only_a_planned_filing_names_is_asked_by(world: World) -> None:
    arrived = await scene(world, gate=False)
    call = await call_of_anybody(world, arrived.association)
    await policy(world, arrived.city, arrived.network, call_ids=[call.id])
    caller = await officer(world, arrived)
    assert (await act(caller, arrived.request, "begin", {"groups_confirmed": True})).status_code == 200
    editor = await world.person((Role.editor, arrived.association.id))
    given = {"application_id": str(arrived.application.id), "funder_id": str(call.funder_id), "call_id": str(call.id)}
    planned = await editor.post("/filings", given)
    assert planned.status_code == 201, planned.text
    body = await seen(caller, arrived)
    assert (body["state"], [row["standing"] for row in body["requirements"]]) == ("referred", ["missing"])


async def test_an_older_network_does_not_answer_for_a_changed_group(world: World) -> None:
    """Version 2 names the group of another policy: its network is asked too."""
    arrived = await under(world, target_groups=["KR1.1"])
    other = await world.network("Lapset")
    await policy(world, arrived.city, other, target_groups=["KR2"])
    version = await world.version(arrived.application, target_groups=["KR2"])
    await endorse(world.session, version, arrived.network)
    await receive(world.session, arrived.application, version)
    caller = await officer(world, arrived)
    assert [row["standing"] for row in (await seen(caller, arrived))["requirements"]] == ["met", "missing"]
    assert (await act(caller, arrived.request, "begin")).json()["code"] == "endorsement_missing"
    await endorse(world.session, version, other)
    assert (await act(caller, arrived.request, "begin")).status_code == 200


async def test_each_of_two_policies_must_be_met(world: World) -> None:
    arrived = await scene(world)
    second = await world.network("Toinen")
    await policy(world, arrived.city, second)
    await receive(world.session, arrived.application, version := await world.version(arrived.application))
    await endorse(world.session, version, arrived.network)
    caller = await officer(world, arrived)
    refused = await act(caller, arrived.request, "begin")
    assert (refused.status_code, [one["id"] for one in refused.json()["networks"]]) == (409, [str(second.id)])
    await endorse(world.session, version, second)
    assert (await act(caller, arrived.request, "begin")).status_code == 200


async def test_one_endorsement_may_meet_several_rows(world: World) -> None:
    arrived = await scene(world)
    await policy(world, arrived.city, arrived.network, await world.network("Toinen"))
    await receive(world.session, arrived.application, version := await world.version(arrived.application))
    await endorse(world.session, version, arrived.network)
    one = await both(world, arrived)
    assert (await act(one, arrived.request, "begin")).status_code == 200
    decided = await act(one, arrived.request, "decide", DECISION)
    assert len({ground["endorsement_number"] for ground in decided.json()["decision"]["grounds"]}) == 1
    assert len(decided.json()["decision"]["grounds"]) == 2


@pytest.mark.parametrize("lets", [False, True])
async def test_open_conditions_are_said_and_stand_in_the_way(world: World, lets: bool) -> None:
    arrived = await under(world, lets_open_conditions=lets)
    condition = {"text": "Sijaisapua myös Ylikiimingissä.", "met": False, "when": "before"}
    made = await endorse(world.session, arrived.version, arrived.network, conditions=[condition])
    caller = await officer(world, arrived)
    begun = await act(caller, arrived.request, "begin")
    if lets:
        [row] = begun.json()["requirements"]
        assert row["endorsement"]["open_conditions"] == [condition]
    else:
        assert (begun.json()["code"], begun.json()["endorsements"]) == ("conditions_open", [made.number])


async def test_a_network_without_a_handling_is_told_which_authority_asks_and_no_more(world: World) -> None:
    arrived = await scene(world, gate=False)
    other = await world.network("Toinen")
    wanted = await policy(world, arrived.city, other, target_groups=["KR2"])
    one = await both(world, arrived)
    await act(one, arrived.request, "bring", {"policy_id": str(wanted.id), "reason": "Koskee."})
    coordinator = await world.person((Role.coordinator, other.id))
    assert (await coordinator.get(f"/partner-requests/{arrived.request.id}")).status_code == 404
    told = await world.session.exec(select(EventRow).where(EventRow.subject_id == other.id))
    [asked] = told.all()
    assert (asked.type, asked.data) == ("network.endorsement_asked", {"authority_id": str(arrived.city.id)})
    assert (asked.tier, asked.related) == ("network", [])


async def test_an_officer_who_releases_nothing_leaves_every_row(world: World) -> None:
    arrived = await scene(world)
    await receive(world.session, arrived.application, await world.version(arrived.application, target_groups=["KR2"]))
    assert len(await rows_of(world.session, arrived.request)) == 1
