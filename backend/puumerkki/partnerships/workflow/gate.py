"""The gate as its guards see it: a case's rows, the endorsements that could meet them, and what each of them lacks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.partnerships.models.gate import GatePolicy, GateRequirement

CARRIES = timedelta(days=90)
"""So long an endorsement that was valid when preparation began carries a decision after its last day."""


@dataclass(frozen=True)
class RowFacts:
    """One row that asks. `endorsements`: in force on the case's version, of networks that it names, the best first."""

    row: GateRequirement
    endorsements: Sequence[Endorsement] = ()


@dataclass(frozen=True)
class GateFacts:
    """What the gate asks of a case. `rows`: those that ask; `none_concerns`: the authority's policies miss the case."""

    today: date
    rows: tuple[RowFacts, ...] = ()
    begun_on: date | None = None
    networks: dict[UUID, Any] = field(default_factory=dict)
    none_concerns: bool = False
    groups_confirmed: bool = False


def valid_on(endorsement: Endorsement, day: date) -> bool:
    """Whether a day lies within an endorsement's validity."""
    return endorsement.valid_from <= day <= endorsement.valid_until


def open_before(endorsement: Endorsement) -> bool:
    """Whether a condition that must be met before an authority begins is not met."""
    return any(not one["met"] and one.get("when", "before") == "before" for one in endorsement.conditions)


def meets(endorsement: Endorsement, asked: GateRequirement | GatePolicy, day: date) -> bool:
    """Whether an endorsement on the case's version opens a row, or a policy that has none yet, on a day."""
    return (
        endorsement.network_id in asked.network_ids
        and valid_on(endorsement, day)
        and (asked.lets_open_conditions or not open_before(endorsement))
    )


def met_by(one: RowFacts, day: date) -> Endorsement | None:
    """The endorsement that opens a row on a day."""
    return next((endorsement for endorsement in one.endorsements if meets(endorsement, one.row, day)), None)


def carried_by(one: RowFacts, facts: GateFacts) -> Endorsement | None:
    """The endorsement that carries a decision: it opens the row, or preparation began on it, for 90 days more."""
    found = met_by(one, facts.today)
    if found is not None or facts.begun_on is None:
        return found
    begun_on = facts.begun_on
    return next(
        (
            endorsement
            for endorsement in one.endorsements
            if endorsement.id == one.row.endorsement_id
            and meets(endorsement, one.row, begun_on)
            and facts.today <= endorsement.valid_until + CARRIES
        ),
        None,
    )
