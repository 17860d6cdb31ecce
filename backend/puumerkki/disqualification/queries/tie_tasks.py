"""What waits about ties in dispute, in any case: the columns, and who is to answer."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Select,
    Text,
    and_,
    cast,
    literal,
)
from sqlalchemy import select as core_select
from sqlalchemy.types import Uuid
from sqlmodel import col

from puumerkki.access.actor import Viewer, viewer_id
from puumerkki.disqualification.models.ties import TieQuestion, TieQuestionKind
from puumerkki.disqualification.queries.settled_ties import is_open
from puumerkki.kernel.last_day import last_day_of
from puumerkki.networks.queries.participation import now_of


def task(kind: str, subject: str, of: Any, *, network: Any, organisation: Any, due: Any, since: Any) -> Select[Any]:
    """In the columns that `desk` joins."""
    return core_select(
        cast(literal(kind), Text).label("kind"),
        cast(literal(subject), Text).label("subject_kind"),
        of.label("subject_id"),
        cast(network, Uuid[Any]()).label("network_id"),
        cast(organisation, Uuid[Any]()).label("organisation_id"),
        cast(due, Date).label("due_on"),
        cast(since, DateTime(timezone=True)).label("created_at"),
    )


def to_answer(
    viewer: Viewer, subject: str, table: Any, same: ColumnElement[bool], *, network: Any, organisation: Any
) -> Select[Any]:
    """Whom a question is about, and who has not answered it. `same`: the network or the authority is the question's."""
    found = task(
        "tie_to_answer",
        subject,
        col(table.id),
        network=network,
        organisation=organisation,
        due=last_day_of(col(TieQuestion.settle_by)),
        since=col(TieQuestion.raised_at),
    )
    return (
        found.select_from(TieQuestion)
        .join(table, and_(col(table.application_id) == col(TieQuestion.application_id), same))
        .where(
            is_open(TieQuestion, now_of()),
            col(TieQuestion.kind) == TieQuestionKind.alleged,
            col(TieQuestion.answered_at).is_(None),
            col(TieQuestion.principal_id) == viewer_id(viewer),
        )
    )
