"""What waits of organisations: who says that one of the caller's organisations is their host, or their umbrella."""

from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, cast, func, or_
from sqlalchemy import select as core_select
from sqlalchemy.types import Date, DateTime
from sqlmodel import col

from puumerkki.access.actor import caller_id
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.tasks import Task, waits
from puumerkki.organisations.models.organisations import (
    ABOVE,
    TIME_TO_END,
    Organisation,
    OrganisationRelation,
    OrganisationState,
)


def _to_answer() -> Select[Any]:
    """To accept as a host, or not."""
    return _said().where(col(OrganisationRelation.accepted_at).is_(None))


def _to_check() -> Select[Any]:
    """Where it is called an umbrella or a parish union: to end the relation if it is none, while there is time."""
    until = col(OrganisationRelation.told_at) + TIME_TO_END
    return _said(due_on=func.timezone(clock.FINLAND.key, until), said_by=col(OrganisationRelation.said_by)).where(
        col(OrganisationRelation.kind).in_(ABOVE),
        # whoever could not be written to yet sees it all the same
        or_(col(OrganisationRelation.tell_at).is_not(None), until > _now()),
    )


def _not_said_for_both(row: Any, caller: Any) -> ColumnElement[bool]:
    return row.said_by.is_distinct_from(caller_id(caller))  # type: ignore[no-any-return]


def _said(**columns: Any) -> Select[Any]:
    today = cast(func.timezone(clock.FINLAND.key, _now()), Date)
    found = waits(
        col(OrganisationRelation.organisation_id),
        scope_id=col(OrganisationRelation.other_id),
        organisation_id=col(OrganisationRelation.other_id),
        since=col(OrganisationRelation.created_at),
        **columns,
    )
    return (
        core_select(*found)
        .select_from(OrganisationRelation)
        .join(Organisation, col(Organisation.id) == col(OrganisationRelation.organisation_id))
        .where(
            or_(col(OrganisationRelation.ends_on).is_(None), col(OrganisationRelation.ends_on) >= today),
            col(Organisation.state) == OrganisationState.active,
        )
    )


def _now() -> ColumnElement[Any]:
    return bindparam("caller_now", clock.now(), type_=DateTime(timezone=True))


TASKS = (
    Task(
        kind="host_to_answer",
        subject="organisation",
        permissions=(P.memberships_manage,),
        rows=_to_answer,
    ),
    Task(
        kind="umbrella_to_check",
        subject="organisation",
        permissions=(P.memberships_manage,),
        rows=_to_check,
        fits=_not_said_for_both,
    ),
)
