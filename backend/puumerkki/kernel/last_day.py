"""The last day of a deadline, in SQL; `clock.last_day` says the same of a moment that is at hand."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, cast, func, literal

from puumerkki.kernel import clock


def last_day_of(deadline: Any) -> ColumnElement[Any]:
    """SQL: the day in Finland at whose end, or on which, a deadline passes. At midnight that is the day before."""
    return cast(func.timezone(literal(clock.FINLAND.key), deadline - timedelta(seconds=1)), Date)


def day_in_finland(moment: Any) -> ColumnElement[Any]:
    """SQL: the day in Finland on which something is; `clock.day_of` says the same."""
    return cast(func.timezone(literal(clock.FINLAND.key), moment), Date)


def days_after(moment: Any, days: int) -> ColumnElement[Any]:
    """SQL: the day in Finland so many days after that of a moment; `clock.day_of` with a timedelta says the same."""
    return cast(func.timezone(literal(clock.FINLAND.key), moment), Date) + literal(days, Integer())
