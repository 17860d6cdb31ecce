"""Who takes no part in an application's cases though no tie binds them: by an operator's naming, or a broken glass.

Both count as ties do, wherever these are asked for. A naming keeps somebody out of the version that had arrived before;
a broken glass for good.
"""

from typing import Any

from sqlalchemy import ColumnElement, SelectBase, exists, or_, union
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.access.models import RoleGrant
from puumerkki.applications.followers import followers, reached
from puumerkki.identity.models import BreakGlass


def named_since(principal_id: Any, application_id: Any) -> ColumnElement[bool]:
    """SQL: an operator's naming gave somebody a role where the application is handled, after the version came."""
    grant = aliased(RoleGrant)
    came = [
        arrived
        for one in followers()
        for arrived in one.sql.arrived(application_id, col(grant.scope_id), col(grant.acts_from))
    ]
    return (
        exists()
        .where(
            col(grant.principal_id) == principal_id,
            col(grant.acts_from).is_not(None),
            or_(*came),
        )
        .correlate_except(grant)
    )


def broke_glass(principal_id: Any, application_id: Any, applicants: SelectBase, begun: Any) -> ColumnElement[bool]:
    """SQL: somebody looked, as an operator, into an applicant, a network or an authority of the application."""
    glass = aliased(BreakGlass)
    scopes: SelectBase = union(applicants, *reached(application_id))
    return (
        exists()
        .where(
            col(glass.operator_id) == principal_id,
            col(glass.expires_at) >= begun,
            col(glass.scope_id).in_(scopes),
        )
        .correlate_except(glass)
    )
