"""Who stands around an application: its applicants, the networks that handle it, the authorities that it reached."""

from typing import Any
from uuid import UUID

from sqlalchemy import union_all
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Viewer, granted
from puumerkki.access.permissions import P
from puumerkki.funding.models import Application, ApplicationApplicant, Handling, PartnerRequest
from puumerkki.kernel.listings import Way


async def scopes_of(session: AsyncSession, application_id: UUID) -> frozenset[UUID]:
    """The ids of all organisations and networks around an application."""
    found = union_all(
        select(Application.applicant_id).where(col(Application.id) == application_id),
        select(ApplicationApplicant.organisation_id).where(col(ApplicationApplicant.application_id) == application_id),
        select(Handling.network_id).where(col(Handling.application_id) == application_id),
        select(PartnerRequest.authority_id).where(col(PartnerRequest.application_id) == application_id),
    )
    ids = found.subquery()
    return frozenset((await session.exec(select(ids.c[0]))).all())


def by_applicants(viewer: Viewer, permission: P, application_id: Any) -> list[Way]:
    """How a viewer knows of a row of an application: by a permission in one of its applicants."""
    leading, further = aliased(Application), aliased(ApplicationApplicant)
    leads = granted(permission, on=col(leading.applicant_id), viewer=viewer)
    follows = granted(permission, on=col(further.organisation_id), viewer=viewer)
    return [
        Way(leads, key=col(leading.id), on=application_id),
        Way(follows, key=col(further.application_id), on=application_id),
    ]


def by_authorities(viewer: Viewer, application_id: Any = None) -> Way:
    """How a viewer knows of a row of an application (None: of itself): by reading the cases of an authority."""
    request = aliased(PartnerRequest)
    reads = granted(P.partner_requests_read, on=col(request.authority_id), viewer=viewer)
    return Way(reads, key=col(request.application_id), on=application_id)
