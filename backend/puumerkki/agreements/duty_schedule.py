"""Which duties an agreement makes, on which days, and when each is told of. Pure."""

from calendar import isleap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Any
from uuid import UUID

from puumerkki.agreements.models import DutyKind

OPENS_BEFORE = timedelta(days=60)
SOON_BEFORE = timedelta(days=7)
ESCALATES_AFTER = timedelta(days=14)
GRACE = timedelta(days=30)
"""What would be late at once, because the agreement came later, gets this long."""
EXPIRING_MONTHS = 6
NOTICE_MONTHS = 3
"""How long before the end its renewal is decided where the agreement itself gives no time of notice."""
_OUTLIVES = (DutyKind.report, DutyKind.evaluation)


class Stage(IntEnum):
    """How pressing a duty is; one reminder goes out for each stage."""

    closed = 0
    opened = 1
    soon = 2
    late = 3
    escalated = 4


@dataclass(frozen=True)
class Due:
    """A duty as the agreement asks for it. `key`: what stays the same when its day changes."""

    kind: DutyKind
    organisation_id: UUID
    year: int
    report_name: str
    opens_on: date
    due_on: date

    @property
    def key(self) -> tuple[DutyKind, UUID, int, str]:
        return self.kind, self.organisation_id, self.year, self.report_name


def on_day(year: int, month_day: str) -> date:
    """A day of every year (`MM-DD`) in one year; 29 February is the 28th in common years."""
    month, day = (int(part) for part in month_day.split("-"))
    return date(year, month, 28 if (month, day) == (2, 29) and not isleap(year) else day)


def reporting_year(due_on: date) -> int:
    """The year that a report or an evaluation is about: due in the first half of a year, the year before."""
    return due_on.year - 1 if due_on.month <= 6 else due_on.year


def confirms(due_on: date) -> int:
    """The year that is confirmed by a day: in the second half of a year, the year to come."""
    return due_on.year if due_on.month <= 6 else due_on.year + 1


def before(day: date, months: int) -> date:
    """The day some months before another, or the last one of that month."""
    count = day.year * 12 + day.month - 1 - months
    for last in (day.day, 30, 29, 28):
        try:
            return date(count // 12, count % 12 + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def expiring_from(ends_on: date) -> date:
    """The day from which an agreement counts as expiring."""
    return before(ends_on, EXPIRING_MONTHS)


def duties(
    content: Mapping[str, Any], parties: Sequence[UUID], *, starts_on: date, ends_on: date, in_force_on: date
) -> list[Due]:
    """All duties of a content over its frame period, by day; years over before it came into force ask nothing."""
    found = [
        *_yearly(DutyKind.confirmation, content.get("confirm_by"), parties, starts_on, ends_on),
        *_yearly(DutyKind.contact_check, content.get("check_contacts_by"), parties, starts_on, ends_on),
        *_yearly(DutyKind.evaluation, content.get("evaluate_by"), parties, starts_on, ends_on),
        *_renewal(content, parties, ends_on),
    ]
    for one in content.get("reporting", []):
        reporter = UUID(one["organisation_id"])
        found += _yearly(DutyKind.report, one.get("due_by"), [reporter], starts_on, ends_on, report_name=one["what"])
    kept = {one.key: one for one in found if one.year >= in_force_on.year}
    return sorted((_in_time(one, in_force_on) for one in kept.values()), key=lambda one: (one.due_on, one.key))


def _yearly(
    kind: DutyKind,
    month_day: str | None,
    parties: Sequence[UUID],
    starts_on: date,
    ends_on: date,
    report_name: str = "",
) -> Iterator[Due]:
    if month_day is None:
        return
    for year in range(starts_on.year, ends_on.year + 2):
        due_on = on_day(year, month_day)
        if kind in _OUTLIVES:
            year = reporting_year(due_on)
        # what begins is confirmed by being signed until its first day to confirm comes
        elif not starts_on <= due_on <= ends_on:
            continue
        elif kind == DutyKind.confirmation:
            year = confirms(due_on)
        if not starts_on.year <= year <= ends_on.year:
            continue
        for party in parties:
            yield Due(kind, party, year, report_name, due_on - OPENS_BEFORE, due_on)


def _renewal(content: Mapping[str, Any], parties: Sequence[UUID], ends_on: date) -> Iterator[Due]:
    due_on = before(ends_on, content.get("notice_months") or NOTICE_MONTHS)
    opens_on = min(expiring_from(ends_on), due_on - OPENS_BEFORE)
    for party in parties:
        yield Due(DutyKind.renewal, party, ends_on.year, "", opens_on, due_on)


def _in_time(one: Due, in_force_on: date) -> Due:
    due_on = one.due_on if one.due_on >= in_force_on else in_force_on + GRACE
    return Due(one.kind, one.organisation_id, one.year, one.report_name, min(one.opens_on, due_on), due_on)


def outlives(kind: DutyKind, year: int, ended_on: date) -> bool:
    """Whether a duty is still to be done after the agreement's last day: reports and evaluations of its years."""
    return kind in _OUTLIVES and year <= ended_on.year


def stage(opens_on: date, due_on: date, today: date) -> Stage:
    """How pressing a duty is on a day."""
    return max((stage for stage, day in _days(opens_on, due_on) if day <= today), default=Stage.closed)


def next_day(opens_on: date, due_on: date, today: date) -> date | None:
    """The first day after this one on which a duty becomes more pressing, if there is one."""
    return next((day for _, day in _days(opens_on, due_on) if day > today), None)


def _days(opens_on: date, due_on: date) -> tuple[tuple[Stage, date], ...]:
    return (
        (Stage.opened, opens_on),
        (Stage.soon, max(opens_on, due_on - SOON_BEFORE)),
        (Stage.late, due_on + timedelta(days=1)),
        (Stage.escalated, due_on + ESCALATES_AFTER + timedelta(days=1)),
    )
