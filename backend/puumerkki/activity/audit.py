"""The operator's search of the event log: who did what, when, to what. Events hold no personal data, only ids.

That somebody voted is sealed from operators, too.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, cast, func, literal, or_
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.types import Date, DateTime, Uuid
from sqlmodel import col

from puumerkki.access.actor import Caller, granted
from puumerkki.access.permissions import P
from puumerkki.activity.feed import EVENT
from puumerkki.identity.models import ServiceAccount, User
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventPosition, EventRow, Tier
from puumerkki.kernel.reads.listings import Filter, Join, Listing, Sort


def _readable(caller: Caller) -> ColumnElement[bool]:
    return and_(granted(P.platform_operate, on=None, caller=caller), col(EventRow.tier) != Tier.sealed)


def _source(statement: Select[Any]) -> Select[Any]:
    return statement.select_from(EventPosition).join(
        EventRow,
        and_(
            col(EventRow.id) == col(EventPosition.event_id),
            col(EventRow.occurred_at) == col(EventPosition.occurred_at),
        ),
    )


def _of_subject(subject: Any) -> ColumnElement[bool]:
    return or_(
        col(EventRow.subject_id) == subject,
        col(EventRow.related).contains(array([subject], type_=ARRAY(Uuid()))),
    )


def _midnight(day: Any) -> Any:
    """The beginning of a day in Finland."""
    return func.timezone(literal(clock.FINLAND.key), cast(day, DateTime()))


AUDIT = Listing(
    name="audit_events",
    item={
        **EVENT,
        "actor_name": func.coalesce(col(User.name), col(ServiceAccount.name)),
    },
    source=_source,
    display=(
        Join(User, col(User.id) == col(EventRow.actor_id), outer=True),
        Join(ServiceAccount, col(ServiceAccount.id) == col(EventRow.actor_id), outer=True),
    ),
    sorts={"-position": Sort((col(EventPosition.position),), descending=True)},
    readable=_readable,
    filters={
        "type": Filter(col(EventRow.type)),
        "subject_kind": Filter(col(EventRow.subject_kind)),
        "subject": Filter(by=_of_subject, type_=Uuid()),
        "actor": Filter(col(EventRow.actor_id)),
        "since": Filter(by=lambda day: col(EventRow.occurred_at) >= _midnight(day), type_=Date()),
        "until": Filter(by=lambda day: col(EventRow.occurred_at) < _midnight(day + 1), type_=Date()),
    },
)
