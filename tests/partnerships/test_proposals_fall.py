"""A proposed decision falls with what it was made for: the version, the state, a requirement that is not met."""

from typing import Any

import pytest
from sqlmodel import select

from puumerkki.access.roles import Role
from puumerkki.kernel.eventlog.events import EventRow
from tests.factories import World
from tests.partnerships.authority import seen
from tests.partnerships.cases import act, officer
from tests.partnerships.gate import Scene, policy, receive
from tests.partnerships.test_case_letters import letters
from tests.partnerships.test_proposals import PROPOSAL, decider, kinds, prepared, proposed, told


async def _new_version(world: World, arrived: Scene) -> None:
    await receive(world.session, arrived.application, await world.version(arrived.application))


async def _recalled(world: World, arrived: Scene) -> None:
    editor = await world.person((Role.editor, arrived.association.id))
    assert told(await act(editor, arrived.request, "recall")) == "yes"


async def _asked(world: World, arrived: Scene) -> None:
    assert told(await act(await officer(world, arrived), arrived.request, "ask_supplement", {"body": "Mitä?"})) == "yes"


async def _brought(world: World, arrived: Scene) -> None:
    asked = await policy(world, arrived.city, arrived.network, target_groups=["KR2"])
    given = {"policy_id": str(asked.id), "reason": "Koskee."}
    assert told(await act(await officer(world, arrived), arrived.request, "bring", given)) == "yes"


async def _not_asked(world: World, arrived: Scene) -> None:
    version = await world.version(arrived.application, authorities=[])
    await receive(world.session, arrived.application, version)


@pytest.mark.parametrize("change", [_new_version, _recalled, _asked, _brought, _not_asked])
async def test_a_proposal_falls_when_it_could_not_be_decided_any_more(world: World, change: Any) -> None:
    arrived = await prepared(world)
    who = await proposed(world, arrived)
    decides = await decider(world, arrived)
    await change(world, arrived)
    shown = await seen(decides, arrived)
    assert shown["proposal"] is None
    assert shown["former_proposal"]["handed_back_reason"] is None
    fell = await world.session.exec(select(EventRow).where(EventRow.type == "partner_request.proposal_fell"))
    assert [one.tier for one in fell.all()] == ["authority"]
    [letter] = await letters(world, who)
    assert arrived.request.case_number in letter
    assert "proposal_to_confirm" not in await kinds(decides)


async def test_a_row_that_is_met_lets_the_proposal_stand(world: World) -> None:
    arrived = await prepared(world, gate=True)
    await proposed(world, arrived)
    await _brought(world, arrived)
    assert (await seen(await decider(world, arrived), arrived))["proposal"] is not None


async def test_what_was_proposed_of_a_former_decision_is_kept_with_it(world: World) -> None:
    arrived = await prepared(world)
    who = await proposed(world, arrived)
    decides = await decider(world, arrived)
    assert told(await act(decides, arrived.request, "decide", PROPOSAL)) == "yes"
    await _new_version(world, arrived)
    reopened = await act(decides, arrived.request, "reopen")
    assert reopened.status_code == 200, reopened.text
    [former] = reopened.json()["former_decisions"]
    assert (former["as_proposed"], former["proposed_by"]["principal_id"]) == (True, str(who.id))
    assert reopened.json()["proposal"] is None
