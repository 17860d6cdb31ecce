"""Business time. Rules ask this clock and hand the answer to SQL as a parameter, so a year can run in a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

FINLAND = ZoneInfo("Europe/Helsinki")

_offset = timedelta(0)
_fixed: datetime | None = None


def now() -> datetime:
    """The present moment in UTC, with a time zone."""
    return _fixed if _fixed is not None else datetime.now(UTC) + _offset


def today() -> date:
    """The present day in Finland: deadlines and validity are days there."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The day of a moment in Finland."""
    return moment.astimezone(FINLAND).date()


def end_of_day(day: date) -> datetime:
    """The first moment after `day` in Finland, in UTC: a deadline of that day has passed from then on."""
    following = day + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=FINLAND).astimezone(UTC)


def last_day(deadline: datetime) -> date:
    """The day at whose end a deadline passes."""
    return day_of(deadline - timedelta(seconds=1))


@contextmanager
def fixed(at: datetime) -> Iterator[None]:
    """Within the block the clock of this process stands at `at`."""
    global _fixed
    before, _fixed = _fixed, at.astimezone(UTC)
    try:
        yield
    finally:
        _fixed = before
