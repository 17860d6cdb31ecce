"""What waits of organisations: who says that one of the viewer's organisations is their host, or their umbrella."""

from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, cast, func, literal, null, or_
from sqlalchemy import select as core_select
from sqlalchemy.types import Date, DateTime, Text, Uuid
from sqlmodel import col

from puumerkki.access.actor import Viewer, granted, viewer_id
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.db import Moment
from puumerkki.organisations.models.organisations import (
    ABOVE,
    TIME_TO_END,
    Organisation,
    OrganisationRelation,
    OrganisationState,
)


def waiting(viewer: Viewer) -> Select[Any]:
    """What waits for a viewer who administers an organisation: to accept as a host, or not."""
    return _task(viewer, "host_to_answer", null()).where(col(OrganisationRelation.accepted_at).is_(None))


def above(viewer: Viewer) -> Select[Any]:
    """Where it is called an umbrella or a parish union: to end the relation if it is none, while there is time."""
    until = col(OrganisationRelation.told_at) + TIME_TO_END
    return _task(viewer, "umbrella_to_check", func.timezone(clock.FINLAND.key, until)).where(
        col(OrganisationRelation.kind).in_(ABOVE),
        # whoever could not be written to yet sees it all the same
        or_(
            col(OrganisationRelation.tell_at).is_not(None),
            until > bindparam("viewer_now", clock.now(), type_=DateTime(timezone=True)),
        ),
        # who may say so for both did
        col(OrganisationRelation.said_by).is_distinct_from(viewer_id(viewer)),
    )


def _task(viewer: Viewer, kind: str, due_on: Any) -> Select[Any]:
    now = bindparam("viewer_now", clock.now(), type_=DateTime(timezone=True))
    today = cast(func.timezone(clock.FINLAND.key, now), Date)
    columns: tuple[ColumnElement[Any], ...] = (
        cast(literal(kind), Text).label("kind"),
        cast(literal("organisation"), Text).label("subject_kind"),
        col(OrganisationRelation.organisation_id).label("subject_id"),
        cast(null(), Uuid()).label("network_id"),
        col(OrganisationRelation.other_id).label("organisation_id"),
        cast(due_on, Date).label("due_on"),
        cast(OrganisationRelation.created_at, Moment).label("created_at"),
    )
    return (
        core_select(*columns)
        .select_from(OrganisationRelation)
        .join(Organisation, col(Organisation.id) == col(OrganisationRelation.organisation_id))
        .where(
            or_(col(OrganisationRelation.ends_on).is_(None), col(OrganisationRelation.ends_on) >= today),
            col(Organisation.state) == OrganisationState.active,
            granted(P.memberships_manage, on=col(OrganisationRelation.other_id), viewer=viewer),
        )
    )
