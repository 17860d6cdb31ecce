"""Which reminder is due of an open task, by its kind's ladder and the day."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Text, case, cast, func, literal
from sqlalchemy.types import DateTime
from sqlmodel import col

from puumerkki.kernel import clock
from puumerkki.kernel.tasks import Ladder
from puumerkki.notifications.declared import declared
from puumerkki.notifications.models import OpenTask, Step

SHORT = timedelta(days=3)
"""Of a ballot that takes less people are reminded once."""


def of_ladder(*ladders: Ladder) -> ColumnElement[bool]:
    """SQL over `task`: its kind has one of these ladders."""
    kinds = {key[0] for key, tasks in declared().items() if tasks[0].ladder in ladders}
    return col(OpenTask.kind).in_(sorted(kinds))


def due_step(now: datetime) -> ColumnElement[Any]:
    """SQL over `task`: the reminder that its ladder asks for now, null where none; a weekly one with its Monday."""
    today = clock.day_of(now)
    monday = today - timedelta(days=today.weekday())
    weekly = literal(f"{Step.weekly.value} {monday}", Text())
    due, since = col(OpenTask.due_on), col(OpenTask.since)
    opened_on = cast(func.timezone(clock.FINLAND.key, col(OpenTask.opened_at)), Date())
    # the first moment after its last day
    end = func.timezone(clock.FINLAND.key, cast(due + timedelta(days=1), DateTime()))
    tomorrow = due <= today + timedelta(days=1)
    ballot = case(
        (tomorrow, Step.day_before.value),
        ((end - since >= SHORT) & (since + (end - since) * 2 / 3 <= now), Step.two_thirds.value),
    )
    weeks = [func.timezone(clock.FINLAND.key, since + timedelta(days=days)) for days in (7, 21, 28)]
    local = now.astimezone(clock.FINLAND).replace(tzinfo=None)
    slow = case(
        (weeks[2] < monday + timedelta(days=1), weekly),
        (weeks[1] <= local, Step.after_three_weeks.value),
        (weeks[0] <= local, Step.after_week.value),
    )
    days = case(
        (due <= monday - timedelta(days=7), weekly),
        (due < today, Step.late.value),
        (tomorrow, Step.day_before.value),
        # who was asked within that week has just heard of it
        ((due <= today + timedelta(days=7)) & (opened_on < due - timedelta(days=7)), Step.week_before.value),
    )
    return case((of_ladder(Ladder.ballot), ballot), (of_ladder(Ladder.slow), slow), else_=days)
