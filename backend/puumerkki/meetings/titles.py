"""What a meeting is called, for those who know of it by its id only."""

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from puumerkki.meetings.models import Meeting


def title_sql(meeting_id: Any) -> ColumnElement[Any]:
    """SQL: the title by language. It says in none that it is of."""
    titled = func.jsonb_build_object("fi", col(Meeting.title))
    return select(titled).where(col(Meeting.id) == meeting_id).scalar_subquery()
