"""When a meeting's decision holds."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.funding.errors import handlings as errors
from puumerkki.kernel.errors import PuumerkkiError


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """`recorded_by`: who recorded the decision that waits."""

    actor_id: UUID | None = None
    recorded_by: UUID | None = None


def decision_waits(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.recorded_by is not None else errors.NoDecision()


def another_person(facts: DecisionFacts) -> PuumerkkiError | None:
    return errors.SamePerson() if facts.recorded_by == facts.actor_id else None
