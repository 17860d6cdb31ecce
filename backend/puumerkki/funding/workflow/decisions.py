"""When a meeting's decision holds."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.funding.errors import decisions as meeting_errors
from puumerkki.funding.errors import handlings as errors
from puumerkki.kernel.errors import PuumerkkiError


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """`recorded_by`: who recorded the decision that waits.

    Of the actor: `in_office`: since before the version arrived; `was_present`: the attendance of the meeting whose
    decision waits names their organisation; `one_side`: they are of the recorder's.
    """

    actor_id: UUID | None = None
    recorded_by: UUID | None = None
    in_office: bool = True
    was_present: bool = True
    one_side: bool = False


def decision_waits(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.recorded_by is not None else errors.NoDecision()


def another_person(facts: DecisionFacts) -> PuumerkkiError | None:
    return errors.SamePerson() if facts.recorded_by == facts.actor_id else None


def in_office(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.in_office else meeting_errors.NotInOffice()


def was_present(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.was_present else meeting_errors.NotPresent()


def of_another_side(facts: DecisionFacts) -> PuumerkkiError | None:
    return meeting_errors.OneSide() if facts.one_side else None
