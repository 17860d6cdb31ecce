"""Days off in Finland, and deadlines that end with a working day."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from puumerkki.kernel import clock

_FIXED = frozenset({(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)})
_FROM_EASTER = (-2, 1, 39)
"""Good Friday, Easter Monday, Ascension Day."""
SATURDAY = 5


def is_day_off(day: date) -> bool:
    """Saturdays, Sundays and the other days on which no legal deadline ends."""
    if day.weekday() >= SATURDAY or (day.month, day.day) in _FIXED:
        return True
    midsummer_eve = day.month == 6 and 19 <= day.day <= 25 and day.weekday() == SATURDAY - 1
    return midsummer_eve or day in _moving(day.year)


def deadline(days: int) -> datetime:
    """The end of the day so many days from now in Finland, or of the next working day if that is a day off."""
    return end_of(clock.today() + timedelta(days=days))


def end_of(day: date) -> datetime:
    """The end of a day in Finland, or of the next working day if that is a day off."""
    while is_day_off(day):
        day += timedelta(days=1)
    return clock.end_of_day(day)


@lru_cache(maxsize=64)
def _moving(year: int) -> frozenset[date]:
    easter = _easter(year)
    return frozenset(easter + timedelta(days=one) for one in _FROM_EASTER)


def _easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus."""
    golden, century = year % 19, year // 100
    skipped = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = skipped - skipped // 28 * (1 - 29 // (skipped + 1) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    place = moon - weekday
    month = 3 + (place + 40) // 44
    return date(year, month, place + 28 - 31 * (month // 4))
