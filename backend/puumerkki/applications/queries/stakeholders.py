"""Who stands around an application: its applicants, the networks that handle it, the authorities that it reached."""

from typing import Any
from uuid import UUID

from sqlalchemy import SelectBase, union
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller
from puumerkki.access.permissions import P
from puumerkki.access.scopes import by_scope
from puumerkki.applications.followers import followers, reached
from puumerkki.applications.models.applications import Application, ApplicationApplicant, VersionApplicant
from puumerkki.applications.queries.applicants import sees_working_copy
from puumerkki.kernel.reads.listings import AccessPath
from puumerkki.kernel.reads.statements import Statement, param


def _scopes() -> SelectBase:
    key = param("application_id", Uuid())
    return union(
        select(Application.applicant_id).where(col(Application.id) == key),
        select(ApplicationApplicant.organisation_id).where(
            col(ApplicationApplicant.application_id) == key, sees_working_copy(ApplicationApplicant, writes=False)
        ),
        select(VersionApplicant.organisation_id).where(col(VersionApplicant.application_id) == key),
        *reached(key),
    )


_SCOPES = Statement(_scopes)


async def scopes_of(session: AsyncSession, application_id: UUID) -> frozenset[UUID]:
    """The ids of all organisations and networks around an application."""
    return frozenset(id_ for (id_,) in await _SCOPES.fetch_all(session, application_id=application_id))


def by_applicants(caller: Caller, permission: P, application_id: Any) -> list[AccessPath]:
    """How a caller knows of a row of an application: by a permission in one of its applicants."""
    leading = aliased(Application)
    return [
        by_scope(permission, caller, at=col(leading.applicant_id), key=col(leading.id), on=application_id),
        *by_further_applicants(caller, permission, application_id),
    ]


def by_further_applicants(caller: Caller, permission: P, application_id: Any = None) -> list[AccessPath]:
    """The same by those beside the leading one: of the working copy, and for reading of any frozen version too."""
    further, frozen = aliased(ApplicationApplicant), aliased(VersionApplicant)
    reads = permission == P.applications_read
    access_paths = [
        by_scope(
            permission,
            caller,
            at=col(further.organisation_id),
            also=sees_working_copy(further, writes=not reads),
            key=col(further.application_id),
            on=application_id,
        )
    ]
    if reads:
        applied = col(frozen.application_id)
        access_paths.append(
            by_scope(permission, caller, at=col(frozen.organisation_id), key=applied, on=application_id)
        )
    return access_paths


def by_networks(caller: Caller, permission: P, application_id: Any = None) -> list[AccessPath]:
    """How a caller knows of a row of an application (None: of itself): by a permission in a network that has it."""
    return [path for one in followers() for path in one.sql.handles(caller, permission, application_id)]


def by_authorities(caller: Caller, application_id: Any = None) -> list[AccessPath]:
    """The same by reading the cases of an authority."""
    return [path for one in followers() for path in one.sql.receives(caller, application_id)]


def by_handovers(caller: Caller, application_id: Any = None) -> list[AccessPath]:
    """The same as one of its cases was handed over to them."""
    return [path for one in followers() for path in one.sql.handed(caller, application_id)]
