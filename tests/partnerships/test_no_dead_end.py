"""No dead end: from every state of a case, however a network fails it, somebody can walk on to an answer."""

from collections.abc import Awaitable, Callable
from itertools import product
from typing import Any

import pytest

from puumerkki.applications.models.recipients import PartnerRequestState as S
from tests.factories import World
from tests.partnerships.test_partner_requests import DECISION
from tests.partnerships.ways_on import (
    Walk,
    advisory,
    all_tied,
    at_the_city,
    clocks,
    closed,
    no_quorum,
    refused,
    silent,
)

Deed = Callable[[Walk], Awaitable[Any]]

STATES = (S.arrived, S.referred, S.in_preparation, S.supplement_asked, S.decided)
FAILURES: dict[str, Deed] = {
    "silent": silent,
    "closed": closed,
    "all tied": all_tied,
    "advisory": advisory,
    "refused": refused,
    "no quorum": no_quorum,
}
UNDER_WAY = (S.in_preparation, S.supplement_asked)
SENT_BACK = frozenset(product(UNDER_WAY, ("refused", "no quorum")))
"""Combinations that cannot be. What is prepared stands on an endorsement, and a network that has given one on a version
does not vote on it again: it refuses, or has no quorum, only on a new version, and that sends the case back. Their
walks begin in the state and go on from there."""


async def _to(walk: Walk, state: S) -> None:
    """The case in its state, as people bring it there."""
    if state is S.referred:
        return
    await walk.endorsed()
    await walk.step(walk.officer, "begin")
    if state is S.arrived:
        await walk.step(walk.scene.editor, "recall")
    elif state is S.supplement_asked:
        await walk.step(walk.officer, "ask_supplement", {"body": "Mikä on omarahoitus?"})
    elif state is S.decided:
        await walk.step(walk.decider, "decide", DECISION)


async def _endorsement_falls(walk: Walk, state: S, failure: str) -> None:
    """The endorsement that was there is there no more, so that the network is asked again."""
    if state in UNDER_WAY:
        await walk.endorsement_runs_out()
        assert await walk.state() == state
        if (state, failure) in SENT_BACK:
            await walk.new_version()
            assert await walk.state() == "referred"
    elif state is not S.referred:
        await walk.scene.revoked()
        assert await walk.state() == state


async def _straight_on(walk: Walk) -> None:
    """The straight path to a partnership is refused, with a code, and the refusal names whom it waits for."""
    state = await walk.state()
    if state == "decided":
        shown = await walk.seen()
        assert (shown["to_look_at"], shown["decision"]["outcome"]) == ("revoked", DECISION["outcome"])
        await walk.not_in_state(walk.officer, "begin", "decided")
    elif state == "supplement_asked":
        await walk.not_in_state(walk.decider, "decide", "supplement_asked", DECISION)
    elif state == "in_preparation":
        body = await walk.by_the_gate(walk.decider, "decide", "endorsement_expired", DECISION)
        assert body["endorsement"].startswith(walk.scene.network.prefix)
    else:
        await walk.by_the_gate(walk.officer, "begin", "endorsement_missing")


async def _waives_what_cannot_come(walk: Walk) -> None:
    await walk.waived("network_cannot")


async def _waives_what_did_not_come(walk: Walk) -> None:
    await walk.waived("network_did_not_answer")


async def _waives_by_law(walk: Walk) -> None:
    await walk.waived("law")


async def _answers_no(walk: Walk) -> None:
    await walk.answered_no()


async def _does_not_take_it_up(walk: Walk) -> None:
    await walk.answered_no("not_take_up")


async def _votes_again(walk: Walk) -> None:
    """The network votes, this time with a quorum. One that has stopped deciding finishes what it has open."""
    await walk.endorsed()
    await walk.decided()


async def _says_yes_to_a_new_version(walk: Walk) -> None:
    await walk.new_version()
    await _votes_again(walk)


async def _asks_anew_and_waits(walk: Walk) -> None:
    """The endorsement has run out and the network does not answer, also when asked about a new version."""
    refused_ = await walk.refused_waiver("network_did_not_answer")
    assert refused_["code"] == "waiver_unfounded", "it did answer once: only the law goes past that"
    await walk.new_version()
    await silent(walk)
    await walk.by_the_gate(walk.officer, "begin", "endorsement_missing")
    await walk.waived("network_did_not_answer")


async def _keeps_it(walk: Walk) -> None:
    await walk.step(walk.decider, "keep")
    assert (await walk.seen())["to_look_at"] is None


def _reopened(then: Deed) -> Deed:
    """The decider takes the case up again, and is where every case is that waits for a network."""

    async def way(walk: Walk) -> None:
        await walk.step(walk.decider, "reopen")
        await walk.by_the_gate(walk.officer, "begin", "endorsement_missing")
        await then(walk)
        assert len((await walk.seen())["former_decisions"]) == 1

    return way


WAYS: dict[tuple[S, str], Deed] = {
    (S.arrived, "silent"): _waives_what_did_not_come,
    (S.arrived, "closed"): _waives_what_cannot_come,
    (S.arrived, "all tied"): _waives_what_cannot_come,
    (S.arrived, "advisory"): _does_not_take_it_up,
    (S.arrived, "refused"): _answers_no,
    (S.arrived, "no quorum"): _votes_again,
    (S.referred, "silent"): _waives_what_did_not_come,
    (S.referred, "closed"): _does_not_take_it_up,
    (S.referred, "all tied"): _waives_what_cannot_come,
    (S.referred, "advisory"): _votes_again,
    (S.referred, "refused"): _says_yes_to_a_new_version,
    (S.referred, "no quorum"): _answers_no,
    (S.in_preparation, "silent"): _asks_anew_and_waits,
    (S.in_preparation, "closed"): _waives_what_cannot_come,
    (S.in_preparation, "all tied"): _answers_no,
    (S.in_preparation, "advisory"): _waives_what_cannot_come,
    (S.in_preparation, "refused"): _waives_by_law,
    (S.in_preparation, "no quorum"): _votes_again,
    (S.supplement_asked, "silent"): _answers_no,
    (S.supplement_asked, "closed"): _waives_what_cannot_come,
    (S.supplement_asked, "all tied"): _waives_what_cannot_come,
    (S.supplement_asked, "advisory"): _answers_no,
    (S.supplement_asked, "refused"): _says_yes_to_a_new_version,
    (S.supplement_asked, "no quorum"): _does_not_take_it_up,
    (S.decided, "silent"): _reopened(_waives_what_did_not_come),
    (S.decided, "closed"): _keeps_it,
    (S.decided, "all tied"): _reopened(_waives_what_cannot_come),
    (S.decided, "advisory"): _reopened(_votes_again),
    (S.decided, "refused"): _reopened(_answers_no),
    (S.decided, "no quorum"): _reopened(_votes_again),
}


def test_every_state_and_every_failure_has_its_way() -> None:
    """Of a withdrawn case nobody waits for an answer: its applicant ended it."""
    assert set(STATES) == set(S) - {S.withdrawn}
    assert list(WAYS) == list(product(STATES, FAILURES))


@pytest.mark.parametrize(("state", "failure"), [pytest.param(*one, id=f"{one[0]}-{one[1]}") for one in WAYS])
async def test_somebody_walks_on_to_an_answer(world: World, state: S, failure: str) -> None:
    with clocks() as stack:
        walk = await at_the_city(world, stack)
        await _to(walk, state)
        assert await walk.state() == state
        await _endorsement_falls(walk, state, failure)
        await FAILURES[failure](walk)
        await _straight_on(walk)
        await WAYS[state, failure](walk)
        shown = await walk.seen()
        assert (shown["state"], shown["decision"]["outcome"] is not None) == ("decided", True)
