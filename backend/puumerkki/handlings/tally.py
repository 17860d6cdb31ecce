"""The count of a ballot from its votes. Pure: the same when a ballot closes and when it is looked at again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from puumerkki.networks.blocs import Counted, as_one
from puumerkki.networks.decision_rule import DecisionMethod, DecisionRule
from puumerkki.networks.tally import Choice, Outcome, Tally, tally


@dataclass(frozen=True, kw_only=True)
class Given:
    """A member's vote. `condition_taken` is None until the condition is answered, `stands` until the member says."""

    member_id: UUID
    choice: Choice
    recorded: bool = False
    condition_taken: bool | None = None
    stands: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Electors:
    """Who could vote. `recused` stand aside, `applying` among them as applicants; `blocs` says who votes together."""

    electorate: frozenset[UUID]
    recused: frozenset[UUID]
    applying: frozenset[UUID]
    blocs: Mapping[UUID, UUID]


def counting(votes: Iterable[Given], of: Electors) -> frozenset[UUID]:
    """The members whose votes are counted: one of each bloc, and nobody who stands aside. `votes` as in `count_of`."""
    return frozenset(_as_one({vote.member_id: vote.choice for vote in votes}, of).votes)


def complete(votes: Iterable[Given], of: Electors) -> bool:
    """Whether every member, or bloc, of the base has a vote among these that is counted."""
    one = _as_one({vote.member_id: vote.choice for vote in votes}, of)
    return bool(one.electorate - one.recused) and one.electorate - one.recused == frozenset(one.votes)


def count_of(
    votes: Iterable[Given],
    of: Electors,
    rule: DecisionRule,
    *,
    undecided_stand: bool = False,
    without_recorded: bool = False,
) -> Tally:
    """The tally of `votes`, which come in the order in which they were first given.

    `undecided_stand`: as if every vote whose condition was refused stood, unless its member says otherwise.
    """
    given = {
        vote.member_id: _weighed(vote, undecided_stand=undecided_stand)
        for vote in votes
        if not (vote.recorded and without_recorded)
    }
    one = _as_one(given, of)
    found = tally(one.votes, electorate=one.electorate, recused=one.recused, rule=rule)
    deciding = found.base if rule.method is DecisionMethod.no_objection else found.turnout
    if deciding < rule.fewest and found.reason is not Outcome.meeting_decides:
        return replace(found, quorum_reached=False, reason=Outcome.no_quorum)
    return found


def _as_one(votes: Mapping[UUID, Choice], of: Electors) -> Counted:
    return as_one(votes, electorate=of.electorate, recused=of.recused, applying=of.applying, blocs=of.blocs)


def _weighed(vote: Given, *, undecided_stand: bool) -> Choice:
    """A conditional vote is blank once its condition was refused, unless its member says that it stands."""
    stands = undecided_stand if vote.stands is None else vote.stands
    return Choice.blank if vote.condition_taken is False and not stands else vote.choice
