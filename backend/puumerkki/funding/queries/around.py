"""Who stands around an application: its applicants, the networks that handle it, the authorities that it reached."""

from uuid import UUID

from sqlalchemy import union_all
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.funding.models import Application, ApplicationApplicant, Handling, PartnerRequest


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
