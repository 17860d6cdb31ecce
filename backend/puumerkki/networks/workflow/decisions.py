"""How a proposal about the network itself becomes a decision, and the decision takes effect."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from puumerkki.access.permissions import P
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import ByItself, Grant, Workflow, transition
from puumerkki.networks.errors import decisions as errors
from puumerkki.networks.errors.networks import AuthoritiesNotAnswered, AuthoritiesNotTold
from puumerkki.networks.models.decisions import DecisionKind, DecisionState, DecisionWay
from puumerkki.networks.models.networks import NetworkChange


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """What the guards ask, read under the locks.

    `elector`: the actor speaks for a member that may vote. `second_person`: the actor can be the second one, and
    `has_second_person`: somebody can. `may_drop`: the actor proposed it; `answered`: somebody else voted, or confirmed
    what a meeting decided. `takes_part`: the actor does, by an office or by a member that was there when it was
    proposed. `made`: what the votes or the silence say. `fits`: what was proposed can still
    be done. `day_come`: of resting or closing. `untold`, `waits`: as with a network's own facts.
    """

    kind: DecisionKind
    way: DecisionWay
    in_time: bool = True
    elector: bool = False
    second_person: bool = False
    has_second_person: bool = False
    may_drop: bool = False
    answered: bool = False
    takes_part: bool = True
    made: bool | None = None
    fits: bool = True
    day_come: bool = True
    untold: frozenset[NetworkChange] = frozenset()
    waits: Mapping[NetworkChange, date] = field(default_factory=dict)


def by_vote(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.way is DecisionWay.vote else errors.NotByVote()


def by_record(facts: DecisionFacts) -> PuumerkkiError | None:
    return errors.MembersVote() if facts.way is DecisionWay.vote else None


def by_second_person(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.way is DecisionWay.second_person else errors.DecisionMade()


def in_time(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.in_time else errors.DecisionClosed()


def elector(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.elector else errors.NotDecisionElector()


def second_person(facts: DecisionFacts) -> PuumerkkiError | None:
    if facts.second_person:
        return None
    return errors.NotSecondPersonHere() if facts.has_second_person else errors.NobodyConfirms()


def may_drop(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.may_drop else errors.NotYourProposal()


def unanswered(facts: DecisionFacts) -> PuumerkkiError | None:
    return errors.ProposalAnswered() if facts.answered else None


def takes_part(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.takes_part else errors.TakesPartNoMore()


def still_fits(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.fits else errors.ProposalOverrun()


def passed(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.made else errors.DecisionNotMade()


def failed(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.made is False else errors.DecisionNotMade()


def day_come(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.day_come else errors.DayNotCome()


def authorities_answered(facts: DecisionFacts) -> PuumerkkiError | None:
    change = facts.kind.change
    if change is None:
        return None
    if change in facts.untold:
        return AuthoritiesNotTold()
    day = facts.waits.get(change)
    return None if day is None else AuthoritiesNotAnswered(possible_on=day.isoformat())


S = DecisionState
LEAD = Grant(P.networks_lead, on="network_id")
VOTER = Grant(P.ballots_vote, on="network_id")
SECOND = {VOTER, Grant(P.handlings_confirm, on="network_id"), Grant(P.handlings_record, on="network_id")}
"""Whose roles can make them a second person; whether they are one is a fact."""
CLOCK = ByItself()

NETWORK_DECISION: Workflow[DecisionState] = Workflow(
    "network_decision",
    DecisionState,
    S.open,
    (
        transition("vote", {S.open}, S.open, {VOTER}, by_vote, in_time, elector),
        transition("confirm", {S.open}, S.open, SECOND, by_record, in_time, second_person, still_fits),
        transition("confirm", {S.open}, S.adopted, SECOND, by_record, in_time, second_person, still_fits),
        transition("object", {S.open}, S.rejected, SECOND, by_record, in_time, takes_part),
        transition("adopt", {S.open}, S.adopted, {CLOCK}, passed, still_fits),
        transition("reject", {S.open}, S.rejected, {CLOCK}, failed),
        transition("drop", {S.open}, S.dropped, {LEAD, *SECOND}, may_drop, unanswered),
        transition("drop", {S.adopted}, S.dropped, {LEAD}, by_second_person, may_drop),
        transition("carry", {S.adopted}, S.done, {CLOCK}, still_fits, day_come, authorities_answered),
        transition("fall", {S.open, S.adopted}, S.dropped, {CLOCK}),
    ),
)
"""`confirm`: the first who confirms what a meeting decided leaves it open, for a third one or the clock.
`fall`: what was proposed has been overtaken, so that nothing is left to decide.
"""
