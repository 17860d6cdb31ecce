"""Ballots are counted as the rulebook says: examples, properties, and every small ballot said another way."""

import dataclasses
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement
from random import Random
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from puumerkki.networks.decision_rule import ApplicationPart, DecisionMethod, DecisionRule
from puumerkki.networks.tally import Choice, Outcome, Tally, enough, tally

MEMBERS = tuple(UUID(int=number) for number in range(1, 31))
FOR, CONDITIONAL, AGAINST, BLANK = Choice.for_, Choice.for_with_conditions, Choice.against, Choice.blank
ABSENT, RECUSED = "absent", "recused"
M = DecisionMethod


def count(method: DecisionMethod, *stances: str, quorum_percent: int = 0, blanks_count: bool = False) -> Tally:
    """Tally an electorate of which each member takes one stance: a choice, absent or recused."""
    taken = dict(zip(MEMBERS, stances, strict=False))
    return tally(
        {member: Choice(stance) for member, stance in taken.items() if stance not in (ABSENT, RECUSED)},
        electorate=frozenset(taken),
        recused=frozenset(member for member, stance in taken.items() if stance == RECUSED),
        rule=DecisionRule(method=method, quorum_percent=quorum_percent, blanks_count=blanks_count),
    )


@pytest.mark.parametrize(
    ("method", "stances", "reason"),
    [
        (M.consensus, [FOR, BLANK, ABSENT], Outcome.passed),
        (M.consensus, [CONDITIONAL], Outcome.passed),
        (M.consensus, [BLANK, BLANK], Outcome.failed),
        (M.consensus, [], Outcome.no_quorum),
        (M.consensus, [ABSENT], Outcome.failed),
        (M.consensus, [FOR, FOR, AGAINST], Outcome.failed),
        (M.simple_majority, [FOR, CONDITIONAL, AGAINST], Outcome.passed),
        (M.simple_majority, [FOR, AGAINST], Outcome.failed),
        (M.simple_majority, [FOR, BLANK, BLANK], Outcome.passed),
        (M.two_thirds, [FOR, FOR, AGAINST], Outcome.passed),
        (M.two_thirds, [FOR] * 19 + [AGAINST] * 10, Outcome.failed),
        (M.two_thirds, [FOR] * 20 + [AGAINST] * 10, Outcome.passed),
        (M.two_thirds, [FOR, FOR, AGAINST, BLANK], Outcome.passed),
        (M.two_thirds, [BLANK, BLANK], Outcome.failed),
        (M.two_thirds, [ABSENT], Outcome.failed),
        (M.unanimity, [FOR, CONDITIONAL, RECUSED], Outcome.passed),
        (M.unanimity, [FOR, FOR, BLANK], Outcome.failed),
        (M.unanimity, [FOR, FOR, ABSENT], Outcome.failed),
        (M.no_objection, [ABSENT, ABSENT], Outcome.passed),
        (M.no_objection, [BLANK, CONDITIONAL], Outcome.passed),
        (M.no_objection, [FOR, FOR, AGAINST], Outcome.objection),
        (M.no_objection, [RECUSED], Outcome.no_quorum),
        (M.meeting_decides, [FOR, FOR], Outcome.meeting_decides),
        (M.meeting_decides, [ABSENT], Outcome.meeting_decides),
        (M.meeting_decides, [RECUSED], Outcome.no_quorum),
    ],
)
def test_each_method(method: DecisionMethod, stances: list[str], reason: Outcome) -> None:
    assert count(method, *stances).reason is reason


@pytest.mark.parametrize(
    ("reason", "passed"),
    [
        (Outcome.passed, True),
        (Outcome.failed, False),
        (Outcome.no_quorum, None),
        (Outcome.objection, None),
        (Outcome.meeting_decides, None),
    ],
)
def test_only_a_counted_yes_or_no_settles(reason: Outcome, passed: bool | None) -> None:
    assert dataclasses.replace(count(M.consensus, FOR), reason=reason).passed is passed


def test_counted_blanks_raise_what_two_thirds_needs() -> None:
    assert count(M.two_thirds, FOR, FOR, AGAINST, BLANK).cast == 3
    counted = count(M.two_thirds, FOR, FOR, AGAINST, BLANK, blanks_count=True)
    assert (counted.cast, counted.reason) == (4, Outcome.failed)


def test_figures() -> None:
    assert count(M.simple_majority, FOR, CONDITIONAL, AGAINST, BLANK, ABSENT, RECUSED) == Tally(
        electorate=6, recused=1, base=5, votes_for=2, conditional=1, against=1, blank=1, cast=3, turnout=4,
        quorum_reached=True, reason=Outcome.passed,
    )  # fmt: skip


@pytest.mark.parametrize("voter", [MEMBERS[1], MEMBERS[2]], ids=["recused", "outside"])
def test_a_vote_that_may_not_be_is_refused(voter: UUID) -> None:
    with pytest.raises(ValueError, match=str(voter)):
        tally(
            {voter: FOR},
            electorate=frozenset(MEMBERS[:2]),
            recused=frozenset(MEMBERS[1:2]),
            rule=DecisionRule(method=M.consensus),
        )


def test_a_recusal_from_outside_the_electorate_changes_nothing() -> None:
    rule = DecisionRule(method=M.consensus)
    votes, electorate = {MEMBERS[0]: FOR}, frozenset(MEMBERS[:2])
    outside = tally(votes, electorate=electorate, recused=frozenset(MEMBERS[5:6]), rule=rule)
    assert outside == tally(votes, electorate=electorate, recused=frozenset(), rule=rule)


methods = st.sampled_from(DecisionMethod)
ballots = st.lists(st.sampled_from([*Choice, ABSENT, RECUSED]), max_size=len(MEMBERS))
percents = st.integers(0, 100)


@given(methods, ballots, percents, st.booleans(), st.randoms(use_true_random=False))
def test_order_does_not_matter(
    method: DecisionMethod, stances: list[str], percent: int, blanks: bool, random: Random
) -> None:
    shuffled = random.sample(stances, len(stances))
    assert count(method, *stances, quorum_percent=percent, blanks_count=blanks) == count(
        method, *shuffled, quorum_percent=percent, blanks_count=blanks
    )


@given(methods, ballots, percents, st.booleans(), st.sampled_from([FOR, CONDITIONAL]))
def test_a_change_of_mind_in_favour_never_hurts(
    method: DecisionMethod, stances: list[str], percent: int, blanks: bool, better: Choice
) -> None:
    assume(AGAINST in stances)
    turned = list(stances)
    turned[turned.index(AGAINST)] = better
    before = count(method, *stances, quorum_percent=percent, blanks_count=blanks)
    after = count(method, *turned, quorum_percent=percent, blanks_count=blanks)
    if before.passed:
        assert after.passed
    assert (after.votes_for, after.against) == (before.votes_for + 1, before.against - 1)


@given(methods, ballots, percents)
def test_a_recusal_leaves_the_base(method: DecisionMethod, stances: list[str], percent: int) -> None:
    assume(ABSENT in stances)
    recused = list(stances)
    recused[recused.index(ABSENT)] = RECUSED
    before, after = (count(method, *each, quorum_percent=percent) for each in (stances, recused))
    assert (after.base, after.recused) == (before.base - 1, before.recused + 1)
    assert (after.electorate, after.turnout) == (before.electorate, before.turnout)


@given(st.integers(1, 30), percents, st.sampled_from([*Choice]))
def test_the_quorum_is_exact(base: int, percent: int, choice: Choice) -> None:
    needed = -(-percent * base // 100)
    for turnout in {needed, max(needed - 1, 0)}:
        result = count(M.simple_majority, *[choice] * turnout, *[ABSENT] * (base - turnout), quorum_percent=percent)
        assert result.quorum_reached is (turnout >= needed)
        assert (result.reason is Outcome.no_quorum) is (turnout < needed)


@given(st.integers(0, 15), st.booleans())
def test_a_tie_fails(pairs: int, blanks: bool) -> None:
    for method in (M.simple_majority, M.two_thirds, M.consensus, M.unanimity):
        result = count(method, *[FOR, AGAINST] * pairs, blanks_count=blanks)
        assert result.reason is (Outcome.failed if pairs else Outcome.no_quorum)


@given(st.integers(1, 10))
def test_two_thirds_is_exact(third: int) -> None:
    assert count(M.two_thirds, *[FOR] * (2 * third), *[AGAINST] * third).passed is True
    assert count(M.two_thirds, *[FOR] * (2 * third - 1), *[AGAINST] * third).passed is False


def expected(method: DecisionMethod, stances: tuple[str, ...], percent: int, blanks: bool) -> Outcome:
    """The same rules said another way: over the voters one by one, and with fractions."""
    base = [each for each in stances if each != RECUSED]
    votes = [each for each in base if each != ABSENT]
    in_favour = [each in (FOR, CONDITIONAL) for each in votes if blanks or each != BLANK]
    if not base:
        return Outcome.no_quorum
    if method is M.meeting_decides:
        return Outcome.meeting_decides
    if method is M.no_objection:
        return Outcome.objection if AGAINST in votes else Outcome.passed
    if Fraction(len(votes), len(base)) < Fraction(percent, 100):
        return Outcome.no_quorum
    decided = [each != AGAINST for each in votes if each != BLANK]
    passed = {
        M.consensus: any(decided) and all(decided),
        M.simple_majority: bool(decided) and Fraction(sum(decided), len(decided)) > Fraction(1, 2),
        M.two_thirds: bool(in_favour) and Fraction(sum(in_favour), len(in_favour)) >= Fraction(2, 3),
        M.unanimity: all(each in (FOR, CONDITIONAL) for each in base),
    }[method]
    return Outcome.passed if passed else Outcome.failed


def small_ballots() -> Iterator[tuple[str, ...]]:
    for size in range(7):
        yield from combinations_with_replacement([*Choice, ABSENT, RECUSED], size)


@pytest.mark.parametrize("method", DecisionMethod)
def test_every_ballot_of_up_to_six_members(method: DecisionMethod) -> None:
    for stances in small_ballots():
        for percent in (0, 33, 34, 50, 51, 67, 100):
            for blanks in (False, True):
                result = count(method, *stances, quorum_percent=percent, blanks_count=blanks)
                assert result.reason is expected(method, stances, percent, blanks), (stances, percent, blanks)


def test_a_rule_is_the_same_after_json() -> None:
    rule = DecisionRule.model_validate(
        {"method": "two_thirds", "required_parts": ["goals", "title", "goals"], "minor_fields": ["measures"]}
    )
    assert rule.required_parts == (ApplicationPart.title, ApplicationPart.goals)
    assert DecisionRule.model_validate_json(rule.model_dump_json()) == rule


@pytest.mark.parametrize(
    "wrong",
    [
        {"quorum_percent": 101}, {"quorum_percent": -1}, {"ballot_days": 0}, {"ballot_days": 91},
        {"handling_days": 366}, {"validity_days": 0}, {"validity_days": 1827}, {"decides": True},
        {"required_parts": ["poetry"]},
    ],
)  # fmt: skip
def test_a_rule_out_of_bounds_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        DecisionRule.model_validate({"method": "consensus", **wrong})


def test_a_share_is_reached_exactly_and_by_no_fewer_than_the_fewest() -> None:
    rule = DecisionRule(method=M.simple_majority, quorum_percent=50)
    assert enough(rule, base=5, turnout=3)
    assert enough(rule, base=4, turnout=2, fewest=2)
    assert not enough(rule, base=5, turnout=2)
    assert not enough(rule, base=1, turnout=1, fewest=2)
    assert enough(rule, base=0, turnout=0), "what a base of nobody means, the caller says"
