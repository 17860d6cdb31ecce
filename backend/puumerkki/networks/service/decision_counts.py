"""Counts the votes on a decision about the network; members that share somebody count as one."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.networks.blocs import Counted, as_one
from puumerkki.networks.decision_rule import DecisionMethod, DecisionRule
from puumerkki.networks.errors.representatives import VotesTogether
from puumerkki.networks.models.decisions import NetworkDecision
from puumerkki.networks.queries import decisions
from puumerkki.networks.queries.blocs import joined, sharing
from puumerkki.networks.queries.decision_turns import bloc_rows, nobody_left
from puumerkki.networks.tally import Outcome, Tally, tally

FEWEST_VOTES = 2
AGREEING = 2
"""So many of those that voted agree to count before the last day, where the rulebook does not."""


@dataclass(frozen=True)
class VoteSoFar:
    """A vote so far. `blocs`: of each member; `agree`: how many votes that count are for counting early."""

    blocs: dict[UUID, UUID]
    voted: frozenset[UUID]
    counted: Counted
    tally: Tally
    agree: int

    @property
    def missing(self) -> frozenset[UUID]:
        """The members that can still vote: none of their bloc has."""
        done = {self.blocs[one] for one in self.voted} | {self.blocs[one] for one in self.counted.recused}
        return frozenset(one for one, bloc in self.blocs.items() if bloc not in done)


async def note_together(session: AsyncSession, of: NetworkDecision) -> None:
    """Let members that have come to share somebody since the opening vote together. Hold the decision's lock.

    Where both have voted by then, each keeps its vote.
    """
    if DecisionRule.model_validate(of.rule).shared_owners_apart:
        return
    rows = await bloc_rows(session, of)
    before = {one.member_id: one.bloc_id for one in rows}
    voted = {one.member_id for one in await decisions.votes_of(session, of.id)}
    blocs = joined(before, await sharing(session, before), voted=voted & before.keys())
    for one in rows:
        one.bloc_id = blocs[one.member_id]
    await session.flush()


async def require_first(session: AsyncSession, of: NetworkDecision, member_id: UUID) -> None:
    """Raise VotesTogether where another member of the bloc has voted: only that one changes the vote."""
    blocs = {one.member_id: one.bloc_id for one in await bloc_rows(session, of)}
    for vote in await decisions.votes_of(session, of.id):
        if vote.member_id != member_id and blocs[vote.member_id] == blocs[member_id]:
            raise VotesTogether(member_id=str(vote.member_id))


async def vote_so_far(session: AsyncSession, of: NetworkDecision) -> VoteSoFar:
    """The vote so far, without members that left; of each bloc, the first vote."""
    rule = DecisionRule.model_validate(of.rule)
    electors = frozenset(one.id for one in await decisions.electors_of(session, of))
    blocs = {one.member_id: one.bloc_id for one in await bloc_rows(session, of) if one.member_id in electors}
    given = [one for one in await decisions.votes_of(session, of.id) if one.member_id in electors]
    voted = frozenset(one.member_id for one in given)
    counted = as_one(
        {one.member_id: one.choice for one in given},
        electorate=electors,
        recused=await nobody_left(session, of, electors - voted),
        applying=frozenset(),
        blocs=blocs,
    )
    found = tally(counted.votes, electorate=counted.electorate, recused=counted.recused, rule=rule)
    agree = sum(one.early_close for one in given if one.member_id in counted.votes)
    return VoteSoFar(blocs, voted, counted, found, agree)


def ends_early(rule: DecisionRule, of: VoteSoFar) -> bool:
    """Tell whether to count now: all have voted, and the rulebook or two of them allow it."""
    all_voted = of.tally.turnout == of.tally.base >= FEWEST_VOTES
    return all_voted and (rule.closes_early or of.agree >= AGREEING)


def outcome_of(rule: DecisionRule, counted: Tally) -> Outcome:
    """What the count says; fewer than two votes decide nothing where two could vote."""
    silence = rule.method is DecisionMethod.no_objection
    enough = silence or counted.turnout >= min(FEWEST_VOTES, counted.base)
    return counted.reason if enough else Outcome.no_quorum
