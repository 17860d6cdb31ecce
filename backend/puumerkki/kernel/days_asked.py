"""The last day of something that is asked for: what was given, else so many days from today."""

from datetime import date, timedelta

from puumerkki.kernel import clock
from puumerkki.kernel.errors import invalid


def last_day_asked(given: date | None, *, days: int, pointer: str) -> date:
    """The last day to do what is asked for: `given`, else `days` from today, a day in Finland.

    Invalid (`in_the_past`, of the field at `pointer`) where the day given is before today: it would be late at once.
    """
    require_to_come(given, pointer)
    return given or clock.today() + timedelta(days=days)


def require_to_come(given: date | None, pointer: str) -> None:
    """Invalid (`in_the_past`) where a day is given that is before today, in Finland."""
    if given is not None and given < clock.today():
        raise invalid(pointer, "in_the_past", "The last day cannot lie in the past.")
