"""Who takes no part in an application's cases though no tie binds them: by an operator's naming, or a broken glass.

Both count as ties do, wherever these are asked for. A naming keeps somebody out of the version that had arrived before;
a broken glass for good.
"""

from typing import Any

from sqlalchemy import ColumnElement, SelectBase, exists, or_, union
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.access.models import RoleGrant
from puumerkki.funding.models.handlings import Handling
from puumerkki.funding.models.partner_requests import PartnerRequest
from puumerkki.identity.models import BreakGlass


def named_since(principal_id: Any, application_id: Any) -> ColumnElement[bool]:
    """SQL: an operator's naming gave somebody a role where the application is handled, after the version came."""
    grant, handling, request = aliased(RoleGrant), aliased(Handling), aliased(PartnerRequest)
    in_network = exists().where(
        col(handling.application_id) == application_id,
        col(handling.network_id) == col(grant.scope_id),
        col(handling.received_at) < col(grant.acts_from),
    )
    in_authority = exists().where(
        col(request.application_id) == application_id,
        col(request.authority_id) == col(grant.scope_id),
        col(request.arrived_at) < col(grant.acts_from),
    )
    return (
        exists()
        .where(
            col(grant.principal_id) == principal_id,
            col(grant.acts_from).is_not(None),
            or_(in_network.correlate_except(handling), in_authority.correlate_except(request)),
        )
        .correlate_except(grant)
    )


def broke_glass(principal_id: Any, application_id: Any, applicants: SelectBase, begun: Any) -> ColumnElement[bool]:
    """SQL: somebody looked, as an operator, into an applicant, a network or an authority of the application."""
    glass, handling, request = aliased(BreakGlass), aliased(Handling), aliased(PartnerRequest)
    scopes: SelectBase = union(
        applicants,
        core_select(col(handling.network_id))
        .where(col(handling.application_id) == application_id)
        .correlate_except(handling),
        core_select(col(request.authority_id))
        .where(col(request.application_id) == application_id)
        .correlate_except(request),
    )
    return (
        exists()
        .where(
            col(glass.operator_id) == principal_id,
            col(glass.expires_at) >= begun,
            col(glass.scope_id).in_(scopes),
        )
        .correlate_except(glass)
    )
