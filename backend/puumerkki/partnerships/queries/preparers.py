"""An officer who led in a network, and prepared the case."""

from typing import Any

from sqlalchemy import func, union
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.queries.people import named
from puumerkki.handlings.queries.two_hats import led_sql
from puumerkki.identity.models import ServiceAccount
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.partnerships.models.partner_requests import PartnerRequest

PREPARED = frozenset(
    {
        "partner_request.begun",
        "partner_request.groups_confirmed",
        "partner_request.proposed",
        "partner_request.referred",
        "partner_request.requirement_added",
        "partner_request.requirement_released",
        "partner_request.supplement_asked",
        "partner_request.supplement_closed",
    }
)
"""What an officer does in a case."""


async def prepared_by_leaders(session: AsyncSession, request: PartnerRequest) -> list[dict[str, Any]]:
    """Who prepared an authority's case and has the other hat too, each with `principal_id` and `name`."""
    prepared = (col(EventRow.subject_id) == request.id, col(EventRow.type).in_(PREPARED))
    # what a service account does is the deed of who made it
    makers = core_select(func.unnest(col(ServiceAccount.maker_ids))).join(
        EventRow, col(EventRow.actor_id) == col(ServiceAccount.id)
    )
    doers = union(core_select(col(EventRow.actor_id)).where(*prepared), makers.where(*prepared)).subquery("doers")
    [who] = doers.c
    found = await session.exec(select(who).where(led_sql(who, request.application_id)))
    return await named(session, [id_ for id_ in found.all() if id_ is not None])
