"""Cases that were handed over: how somebody knows of them."""

from typing import Any

from sqlalchemy import and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.access.actor import Caller, caller_id
from puumerkki.access.models import RoleGrant
from puumerkki.kernel.reads.listings import AccessPath
from puumerkki.networks.queries.participation import now_of
from puumerkki.partnerships.models.handovers import CaseHandover
from puumerkki.partnerships.models.partner_requests import PartnerRequest


def by_handover(caller: Caller, application_id: Any = None, *, of_case: bool = False) -> AccessPath:
    """How a caller knows of a row of an application (None: of itself): one of its cases was handed over to them.

    `of_case`: the way to the case itself.
    """
    handed, request, grant = aliased(CaseHandover), aliased(PartnerRequest), aliased(RoleGrant)
    belongs = exists().where(
        col(grant.principal_id) == caller_id(caller),
        col(grant.scope_id) == col(request.authority_id),
        or_(col(grant.expires_at).is_(None), col(grant.expires_at) > now_of()),
    )
    given = exists().where(
        col(handed.principal_id) == caller_id(caller), col(handed.partner_request_id) == col(request.id)
    )
    mine = and_(given.correlate_except(handed), belongs.correlate_except(grant))
    key = col(request.id) if of_case else col(request.application_id)
    return AccessPath(mine, key=key, on=application_id)
