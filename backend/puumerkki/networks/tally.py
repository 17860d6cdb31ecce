"""The count of a ballot or of a decision about the network, as a pure function of its votes and its rule.

The base is the electorate without those who are recused. A vote for with conditions counts as for. What each
method needs, in whole numbers:

=================  ==========================================  ==========================================
method             quorum                                      then it passes when
=================  ==========================================  ==========================================
consensus          votes x 100 >= quorum_percent x base        nobody is against and at least one is for
simple_majority    the same                                    for > against; a tie fails
two_thirds         the same                                    3 x for >= 2 x cast, and at least one is for
unanimity          the same                                    everybody in the base is for
no_objection       somebody in the base: silence is consent    nobody is against, even if nobody voted
meeting_decides    counted and shown, but does not bind        never by itself: the ballot only advises
=================  ==========================================  ==========================================

`votes` in the quorum are all votes given, blanks included. `cast` is for + against, and blanks where the rule
counts them. With `no_objection` one vote against does not fail the application but forces a meeting. A base
of nobody is never a quorum, whatever the method and the share.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from puumerkki.networks.decision_rule import DecisionMethod, DecisionRule


class Choice(StrEnum):
    """What a member may vote."""

    for_ = "for"
    for_with_conditions = "for_with_conditions"
    against = "against"
    blank = "blank"


class Outcome(StrEnum):
    """What a counted ballot says."""

    passed = "passed"
    failed = "failed"
    no_quorum = "no_quorum"
    objection = "objection"
    """Somebody objected under `no_objection`: a meeting has to decide."""
    meeting_decides = "meeting_decides"
    """The rule leaves the decision to a meeting; the votes are advice to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The figures of a counted ballot and the outcome that follows from them."""

    electorate: int
    recused: int
    base: int
    votes_for: int
    """With and without conditions."""
    conditional: int
    against: int
    blank: int
    cast: int
    turnout: int
    """All votes given, blanks included."""
    quorum_reached: bool
    reason: Outcome

    @property
    def passed(self) -> bool | None:
        """True endorses, False declines; None settles nothing, and the handling goes back to review."""
        return {Outcome.passed: True, Outcome.failed: False}.get(self.reason)


def tally(
    votes: Mapping[UUID, Choice], *, electorate: frozenset[UUID], recused: frozenset[UUID], rule: DecisionRule
) -> Tally:
    """Count a ballot.

    A vote of somebody who is recused or outside the electorate raises ValueError: a recusal must have removed
    it before the count. Recusals from outside the electorate (an applicant that is no member) change nothing.
    """
    entitled = electorate - recused
    strangers = votes.keys() - entitled
    if strangers:
        listed = ", ".join(sorted(map(str, strangers)))
        raise ValueError(f"votes of members who are recused or outside the electorate: {listed}")

    count = Counter(votes.values())
    base = len(entitled)
    conditional = count[Choice.for_with_conditions]
    votes_for = count[Choice.for_] + conditional
    against = count[Choice.against]
    blank = count[Choice.blank]
    cast = votes_for + against + (blank if rule.blanks_count else 0)
    quorum_reached = _quorum_reached(rule, base=base, turnout=len(votes))
    return Tally(
        electorate=len(electorate),
        recused=len(electorate & recused),
        base=base,
        votes_for=votes_for,
        conditional=conditional,
        against=against,
        blank=blank,
        cast=cast,
        turnout=len(votes),
        quorum_reached=quorum_reached,
        reason=_outcome(
            rule.method,
            base=base,
            votes_for=votes_for,
            against=against,
            cast=cast,
            quorum_reached=quorum_reached,
        ),
    )


def enough(rule: DecisionRule, *, base: int, turnout: int, fewest: int = 0) -> bool:
    """Whether so many of a base are the rule's share of it, and no fewer than the fewest.

    The share of nobody is reached: whether nobody decides is for the caller to say, or for `fewest`.
    """
    return turnout >= fewest and turnout * 100 >= rule.quorum_percent * base


def _quorum_reached(rule: DecisionRule, *, base: int, turnout: int) -> bool:
    if base == 0:
        return False
    if rule.method is DecisionMethod.no_objection:
        return True
    return enough(rule, base=base, turnout=turnout)


def _outcome(
    method: DecisionMethod, *, base: int, votes_for: int, against: int, cast: int, quorum_reached: bool
) -> Outcome:
    if method is DecisionMethod.meeting_decides and base > 0:
        return Outcome.meeting_decides
    if not quorum_reached:
        return Outcome.no_quorum
    if method is DecisionMethod.no_objection:
        return Outcome.objection if against else Outcome.passed
    match method:
        case DecisionMethod.consensus:
            satisfied = against == 0 and votes_for > 0
        case DecisionMethod.simple_majority:
            satisfied = votes_for > against
        case DecisionMethod.two_thirds:
            satisfied = votes_for > 0 and 3 * votes_for >= 2 * cast
        case DecisionMethod.unanimity:
            satisfied = votes_for == base
        case _:
            raise AssertionError(f"{method} is settled above")
    return Outcome.passed if satisfied else Outcome.failed
