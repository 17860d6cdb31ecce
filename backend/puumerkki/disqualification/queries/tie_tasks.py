"""What waits about ties in dispute, in any case: who is to answer."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_
from sqlalchemy import select as core_select
from sqlmodel import col

from puumerkki.disqualification.models.ties import TieQuestion, TieQuestionKind
from puumerkki.disqualification.queries.settled_ties import is_open
from puumerkki.kernel.last_day import last_day_of
from puumerkki.kernel.tasks import Task, waits
from puumerkki.networks.queries.participation import now_of


def questions(table: Any, same: ColumnElement[bool], **columns: Any) -> Select[Any]:
    """The questions that are open, with their case. `same`: the network or the authority is the question's."""
    found = waits(
        col(table.id),
        due_on=last_day_of(col(TieQuestion.settle_by)),
        since=col(TieQuestion.raised_at),
        **columns,
    )
    return (
        core_select(*found)
        .select_from(TieQuestion)
        .join(table, and_(col(table.application_id) == col(TieQuestion.application_id), same))
        .where(is_open(TieQuestion, now_of()))
    )


def to_answer(subject: str, questions_of: Callable[..., Select[Any]]) -> Task:
    """For whom a question is about, and who has not answered it."""

    def rows() -> Select[Any]:
        return questions_of(person_id=col(TieQuestion.principal_id)).where(
            col(TieQuestion.kind) == TieQuestionKind.alleged, col(TieQuestion.answered_at).is_(None)
        )

    return Task(kind="tie_to_answer", subject=subject, rows=rows)
