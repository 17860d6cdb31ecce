"""Who stands around an application: its applicants, the networks that handle it, the authorities that it reached."""

from typing import Any
from uuid import UUID

from sqlalchemy import SelectBase, and_, exists, or_, union
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Viewer, granted, viewer_id
from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.funding.models.applications import Application, ApplicationApplicant, VersionApplicant
from puumerkki.funding.models.handlings import Handling
from puumerkki.funding.models.handovers import CaseHandover
from puumerkki.funding.models.partner_requests import PartnerRequest
from puumerkki.funding.queries.applicants import sees_working_copy
from puumerkki.kernel.reads.listings import Way
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.networks.queries.taking_part import now_of


def _scopes() -> SelectBase:
    key = param("application_id", Uuid())
    return union(
        select(Application.applicant_id).where(col(Application.id) == key),
        select(ApplicationApplicant.organisation_id).where(
            col(ApplicationApplicant.application_id) == key, sees_working_copy(ApplicationApplicant, writes=False)
        ),
        select(VersionApplicant.organisation_id).where(col(VersionApplicant.application_id) == key),
        select(Handling.network_id).where(col(Handling.application_id) == key),
        select(PartnerRequest.authority_id).where(col(PartnerRequest.application_id) == key),
    )


_SCOPES = Statement(_scopes)


async def scopes_of(session: AsyncSession, application_id: UUID) -> frozenset[UUID]:
    """The ids of all organisations and networks around an application."""
    return frozenset(id_ for (id_,) in await _SCOPES.all(session, application_id=application_id))


def by_applicants(viewer: Viewer, permission: P, application_id: Any) -> list[Way]:
    """How a viewer knows of a row of an application: by a permission in one of its applicants."""
    leading = aliased(Application)
    leads = granted(permission, on=col(leading.applicant_id), viewer=viewer)
    return [
        Way(leads, key=col(leading.id), on=application_id),
        *by_further_applicants(viewer, permission, application_id),
    ]


def by_further_applicants(viewer: Viewer, permission: P, application_id: Any = None) -> list[Way]:
    """The same by those beside the leading one: of the working copy, and for reading of any frozen version too."""
    further, frozen = aliased(ApplicationApplicant), aliased(VersionApplicant)
    reads = permission == P.applications_read
    follows = and_(
        granted(permission, on=col(further.organisation_id), viewer=viewer),
        sees_working_copy(further, writes=not reads),
    )
    ways = [Way(follows, key=col(further.application_id), on=application_id)]
    if reads:
        applied = granted(permission, on=col(frozen.organisation_id), viewer=viewer)
        ways.append(Way(applied, key=col(frozen.application_id), on=application_id))
    return ways


def by_authorities(viewer: Viewer, application_id: Any = None) -> Way:
    """How a viewer knows of a row of an application (None: of itself): by reading the cases of an authority."""
    request = aliased(PartnerRequest)
    reads = granted(P.partner_requests_read, on=col(request.authority_id), viewer=viewer)
    return Way(reads, key=col(request.application_id), on=application_id)


def by_handover(viewer: Viewer, application_id: Any = None, *, of_case: bool = False) -> Way:
    """How a viewer knows of a row of an application (None: of itself): one of its cases was handed over to them.

    `of_case`: the way to the case itself.
    """
    handed, request, grant = aliased(CaseHandover), aliased(PartnerRequest), aliased(RoleGrant)
    belongs = exists().where(
        col(grant.principal_id) == viewer_id(viewer),
        col(grant.scope_id) == col(request.authority_id),
        or_(col(grant.expires_at).is_(None), col(grant.expires_at) > now_of()),
    )
    mine = and_(
        col(handed.principal_id) == viewer_id(viewer),
        col(handed.partner_request_id) == col(request.id),
        belongs.correlate_except(grant),
    )
    key = col(request.id) if of_case else col(request.application_id)
    return Way(mine, key=key, on=application_id)
