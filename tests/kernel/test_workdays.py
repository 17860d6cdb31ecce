"""Days off in Finland, and when a deadline ends."""

from datetime import UTC, date, datetime

import pytest

from puumerkki.kernel import clock, workdays


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 1, 6),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 6, 19),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2024, 12, 6),
        date(2026, 11, 28),
        date(2026, 11, 29),
        date(2025, 4, 18),
        date(2038, 4, 26),
    ],
)
def test_days_off(day: date) -> None:
    assert workdays.is_day_off(day)


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2026, 6, 18), date(2026, 4, 2), date(2026, 12, 23)])
def test_working_days(day: date) -> None:
    assert not workdays.is_day_off(day)


def test_a_deadline_ends_at_midnight_in_finland_with_a_working_day() -> None:
    with clock.fixed(datetime(2026, 3, 27, 9, tzinfo=UTC)):
        assert workdays.deadline(3) == datetime(2026, 3, 30, 21, tzinfo=UTC), "summer time has begun"
        assert workdays.deadline(7) == datetime(2026, 4, 7, 21, tzinfo=UTC), "Good Friday to Easter Monday"
    with clock.fixed(datetime(2026, 12, 17, 9, tzinfo=UTC)):
        assert clock.last_day(workdays.deadline(7)) == date(2026, 12, 28)
