"""Holes in what members do together, planted for one test each; the council's walk must find every one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import false

from puumerkki.access import actor
from puumerkki.handlings.queries import electors
from puumerkki.handlings.service import ballots, voting_blocs
from puumerkki.networks.queries import blocs, electorates, second_persons
from puumerkki.networks.service import decision_counts, decision_votes, members, proposals

Patch = pytest.MonkeyPatch


async def _nobody(*_: Any, **__: Any) -> list[Any]:
    return []


def sharing_members_vote_apart(patch: Patch) -> None:
    """Rule 13: whoever runs three groups votes with each of them."""
    patch.setattr(blocs, "sharing", _nobody)
    for where in (voting_blocs, decision_counts):
        patch.setattr(where, "sharing", _nobody)


def ones_own_side_confirms(patch: Patch) -> None:
    """Rules 14, 16: the second person is of the first one's organisation."""
    patch.setattr(second_persons, "belongs_to", lambda *_: false())


def a_tied_person_confirms(patch: Patch) -> None:
    """Rule 11: the second person sits on the applicant's board."""
    patch.setattr(second_persons, "tied", lambda *_, **__: false())


def nobody_is_heard(patch: Patch) -> None:
    """Rule 14: a member is removed the day that it was proposed."""
    facts = members.member_facts

    async def at_once(*given: Any, **more: Any) -> Any:
        return replace(await facts(*given, **more), hearing_until=None)

    patch.setattr(proposals, "member_facts", at_once)


def recorded_votes_decide(patch: Patch) -> None:
    """Rule 15: what whoever leads wrote down counts without a second person."""

    async def never(*_: Any) -> bool:
        return False

    patch.setattr(ballots, "recorded_decide", never)


def one_vote_decides_for_the_network(patch: Patch) -> None:
    """Rule 34b: the first vote on a decision is the last."""
    patch.setattr(decision_votes, "ends_early", lambda *_: True)


def archived_members_vote(patch: Patch) -> None:
    """Rule 3: what is archived speaks and votes as before."""
    patch.setattr(actor, "BY_ARCHIVED", frozenset())


def the_electorate_is_todays(patch: Patch) -> None:
    """Rule 13: whose vote was taken after the version came has none on it."""

    async def todays(session: Any, network_id: Any, *_: Any) -> Any:
        return await electorates.electorate(session, network_id)

    patch.setattr(electors, "electorate", todays)


def who_remains_waits_for_the_next_version(patch: Patch) -> None:
    """A member that is merged has no vote on what had come to it, nor has the one that remains."""
    patch.setattr(electorates, "_in_place_of_merged", lambda *_: false())


HOLES: dict[Callable[[Patch], None], str] = {
    sharing_members_vote_apart: "together",
    ones_own_side_confirms: "second persons",
    a_tied_person_confirms: "proposals",
    nobody_is_heard: "electorate",
    recorded_votes_decide: "ballots",
    one_vote_decides_for_the_network: "members",
    archived_members_vote: "archived",
    the_electorate_is_todays: "electorate",
    who_remains_waits_for_the_next_version: "merged",
}
"""What the walk that looks for each is mostly about."""
