"""One row of what waits in a handling, in the columns that `desk` joins."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, DateTime, Select, Text, and_, cast, func, literal
from sqlalchemy import select as core_select
from sqlalchemy.types import Uuid
from sqlmodel import col

from puumerkki.access.actor import Viewer, viewer_id
from puumerkki.disqualification.queries.settled_ties import alleged, in_network
from puumerkki.disqualification.queries.tied import is_tied_sql
from puumerkki.handlings.models.handlings import Handling
from puumerkki.networks.queries.participation import now_of


def asked_now(ids: Any, viewer: Viewer) -> ColumnElement[bool]:
    """SQL over `handling`: the viewer is among those who were asked, and nobody says now that they are tied."""
    who, here = viewer_id(viewer), in_network(col(Handling.network_id))
    return and_(who == func.any(ids), ~alleged(who, col(Handling.application_id), here, now_of()))


def task(viewer: Viewer, kind: Any, *, organisation_id: Any, due_on: Any, since: Any) -> Select[Any]:
    """Nothing waits for somebody who is tied to an applicant."""
    columns: tuple[Any, ...] = (
        cast(kind, Text).label("kind"),
        cast(literal("handling"), Text).label("subject_kind"),
        col(Handling.id).label("subject_id"),
        col(Handling.network_id).label("network_id"),
        cast(organisation_id, Uuid[UUID]()).label("organisation_id"),
        cast(due_on, Date).label("due_on"),
        cast(since, DateTime(timezone=True)).label("created_at"),
    )
    untied = ~is_tied_sql(viewer_id(viewer), col(Handling.application_id), col(Handling.network_id))
    return core_select(*columns).select_from(Handling).where(untied)
