"""Of the table of steps: saying that somebody is tied, settling it, and handing a case over."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest

from tests.disqualification import test_tie_questions as disputes
from tests.factories import World
from tests.partnerships import test_case_handovers as handovers

Case = Callable[[World], Awaitable[None]]
NAMED_SET = type(pytest.param())
BY, SECOND, AGAIN, NOBODY = "by whom", "second person", "looked at again", "if nobody can"


def every(test: Callable[..., Awaitable[None]]) -> list[Case]:
    """A test with each of the parameters that it stands there with."""
    found: list[Case] = [test]
    for endorsement in getattr(test, "pytestmark", []):
        names, values = endorsement.args
        names = [one.strip() for one in names.split(",")] if isinstance(names, str) else names
        sets = [one.values if isinstance(one, NAMED_SET) else one if len(names) > 1 else (one,) for one in values]
        found = [partial(case, **dict(zip(names, one, strict=True))) for case in found for one in sets]
    return found


def runs_elsewhere(case: Case) -> bool:
    """Whether pytest runs it where it stands: a test of its module, with one of its sets of parameters."""
    test: Any = case.func if isinstance(case, partial) else case
    given = case.keywords if isinstance(case, partial) else {}
    sets = [one.keywords if isinstance(one, partial) else {} for one in every(test)]
    return (
        test.__name__.startswith("test_") and test.__module__.rpartition(".")[2].startswith("test_") and given in sets
    )


TIE_STEPS: dict[str, dict[str, tuple[Case, ...]]] = {
    "say that somebody is tied, dispute a tie": {
        BY: (disputes.test_who_takes_no_part_says_nothing, disputes.test_the_person_disputes_a_tie_on_record),
        AGAIN: (
            disputes.test_what_cannot_be_said,
            disputes.test_what_nobody_settles_before_the_count_goes_by_what_is_on_record,
        ),
    },
    "settle it": {
        BY: (
            disputes.test_in_an_authoritys_case_another_decider_settles,
            *every(disputes.test_who_settles_nothing),
        ),
        SECOND: (partial(disputes.test_who_settles_nothing, who="raiser"),),
        AGAIN: (
            disputes.test_what_nobody_settles_before_the_count_goes_by_what_is_on_record,
            partial(disputes.test_who_settles_nothing, who="tied"),
        ),
        NOBODY: (disputes.test_a_week_later_nobody_is_held_up_any_more,),
    },
    "hand a case over": {
        BY: (handovers.test_who_hands_no_case_over,),
        AGAIN: (
            handovers.test_the_case_stays_with_an_officer_who_is_not_tied,
            *every(handovers.test_who_gets_no_case),
        ),
        NOBODY: (handovers.test_who_hands_no_case_over,),
    },
}
