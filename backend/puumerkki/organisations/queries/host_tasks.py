"""What waits of organisations: groups that say that one of the viewer's organisations answers for them."""

from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, cast, func, literal, null, or_
from sqlalchemy import select as core_select
from sqlalchemy.types import Date, DateTime, Text, Uuid
from sqlmodel import col

from puumerkki.access.actor import Viewer, granted
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.db import Moment
from puumerkki.organisations.models import Organisation, OrganisationRelation, OrganisationState


def waiting(viewer: Viewer) -> Select[Any]:
    """What waits for a viewer who administers an organisation: to accept as a host, or not."""
    now = bindparam("viewer_now", clock.now(), type_=DateTime(timezone=True))
    today = cast(func.timezone(clock.FINLAND.key, now), Date)
    columns: tuple[ColumnElement[Any], ...] = (
        cast(literal("host_to_answer"), Text).label("kind"),
        cast(literal("organisation"), Text).label("subject_kind"),
        col(OrganisationRelation.organisation_id).label("subject_id"),
        cast(null(), Uuid()).label("network_id"),
        col(OrganisationRelation.other_id).label("organisation_id"),
        cast(null(), Date).label("due_on"),
        cast(OrganisationRelation.created_at, Moment).label("created_at"),
    )
    return (
        core_select(*columns)
        .select_from(OrganisationRelation)
        .join(Organisation, col(Organisation.id) == col(OrganisationRelation.organisation_id))
        .where(
            col(OrganisationRelation.accepted_at).is_(None),
            or_(col(OrganisationRelation.ends_on).is_(None), col(OrganisationRelation.ends_on) >= today),
            col(Organisation.state) == OrganisationState.active,
            granted(P.memberships_manage, on=col(OrganisationRelation.other_id), viewer=viewer),
        )
    )
