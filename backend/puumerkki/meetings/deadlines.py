"""Days of meetings, for those who read the network's own matters."""

from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col

from puumerkki.access.actor import Caller
from puumerkki.kernel.deadlines import Deadline, falls
from puumerkki.kernel.last_day import day_in_finland
from puumerkki.meetings.models import Meeting, MeetingState
from puumerkki.meetings.queries import readable


def _planned(caller: Caller) -> Select[Any]:
    """Meetings that are planned, or were held."""
    columns = falls(
        col(Meeting.id),
        due_on=day_in_finland(col(Meeting.starts_at)),
        due_at=col(Meeting.starts_at),
        since=col(Meeting.created_at),
        network_id=col(Meeting.network_id),
        title=col(Meeting.title),
    )
    return (
        select(*columns)
        .select_from(Meeting)
        .where(col(Meeting.state).in_([MeetingState.planned, MeetingState.held]), readable(caller))
    )


DEADLINES = (Deadline(kind="meeting", subject="meeting", rows=_planned),)
