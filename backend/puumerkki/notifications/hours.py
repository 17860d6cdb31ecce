"""When mails leave: by day, in Finland's hours, over both changes of its clocks."""

from datetime import datetime, time, timedelta

from puumerkki.kernel import clock

FROM, UNTIL = time(7), time(20)
MORNING = time(8)
"""What came up at night, and the digest, go out at this hour."""


def quiet(moment: datetime) -> bool:
    """Whether nothing leaves at this moment."""
    return not FROM <= moment.astimezone(clock.FINLAND).time() < UNTIL


def opens(moment: datetime) -> datetime:
    """The moment from which a mail may leave that is ready now: at once by day, in the morning by night."""
    if not quiet(moment):
        return moment
    local = moment.astimezone(clock.FINLAND)
    day = local.date() + timedelta(days=1 if local.time() >= UNTIL else 0)
    return datetime.combine(day, MORNING, clock.FINLAND).astimezone(moment.tzinfo)


def last_morning(moment: datetime) -> datetime:
    """The last moment at which a digest was due, in UTC's terms of the given moment."""
    local = moment.astimezone(clock.FINLAND)
    day = local.date() - timedelta(days=0 if local.time() >= MORNING else 1)
    return datetime.combine(day, MORNING, clock.FINLAND).astimezone(moment.tzinfo)


def next_morning(moment: datetime) -> datetime:
    """The next moment at which a digest is due."""
    day = last_morning(moment).astimezone(clock.FINLAND).date() + timedelta(days=1)
    return datetime.combine(day, MORNING, clock.FINLAND).astimezone(moment.tzinfo)


def last_monday(moment: datetime) -> datetime:
    """The last moment at which a weekly digest was due: Monday's morning."""
    morning = last_morning(moment).astimezone(clock.FINLAND)
    monday = morning.date() - timedelta(days=morning.weekday())
    return datetime.combine(monday, MORNING, clock.FINLAND).astimezone(moment.tzinfo)


def weekend(moment: datetime) -> bool:
    """Saturday, Sunday, and Monday until its morning."""
    local = moment.astimezone(clock.FINLAND)
    return local.weekday() >= 5 or (local.weekday() == 0 and local.time() < MORNING)
