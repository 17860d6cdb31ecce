"""An organisation's applications by their id in another system: that system says what they are, first and later."""

from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.content import parts_of
from puumerkki.applications.models.applications import (
    Application,
    ApplicationApplicant,
    ApplicationAuthority,
    ApplicationNeed,
    ApplicationNetwork,
)
from puumerkki.applications.queries import applications as queries
from puumerkki.applications.schemas.applications import ApplicationCreate, ApplicationUpdate
from puumerkki.applications.service.applications import create_application, lock_for, update_application
from puumerkki.kernel.errors import NotFound, PreconditionFailed
from puumerkki.kernel.external_ids import find_known, lock_id

_LISTS: dict[str, Any] = {
    "network_ids": (ApplicationNetwork.application_id, ApplicationNetwork.network_id),
    "need_ids": (ApplicationNeed.application_id, ApplicationNeed.need_id),
    "co_applicant_ids": (ApplicationApplicant.application_id, ApplicationApplicant.organisation_id),
}


async def get(session: AsyncSession, actor: Actor, applicant_id: UUID, scheme: str, value: str) -> Application:
    """The application that the caller may know of, or NotFound. Others than its writers know of none by such an id."""
    id_ = await _find(session, applicant_id, scheme, value)
    if id_ is None or not actor.may(P.applications_read, applicant_id):
        raise NotFound()
    return await queries.application(session, actor, id_)


async def put(
    session: AsyncSession, *, actor: Actor, scheme: str, value: str, if_version: int | None, given: ApplicationCreate
) -> tuple[Application, bool]:
    """What it is now; whether it was begun. Sent again, it changes nothing.

    Without a version the newest is meant. Whoever names a version means one that is there.
    """
    actor.require(P.applications_write, on=given.applicant_id)
    await lock_id(session, place=f"applications {given.applicant_id}", scheme=scheme, value=value)
    id_ = await _find(session, given.applicant_id, scheme, value)
    if id_ is None:
        if if_version is not None:
            raise PreconditionFailed()
        return await create_application(session, actor=actor, given=given, known_as=(scheme, value)), True
    found = await queries.application(session, actor, id_, for_update=True)
    version = found.version if if_version is None else if_version
    changes = await _changes(session, found, given)
    if not changes:
        return await lock_for(session, actor, id_, P.applications_write, version), False
    update = ApplicationUpdate(**changes)
    return await update_application(session, actor=actor, application_id=id_, if_version=version, given=update), False


async def _find(session: AsyncSession, applicant_id: UUID, scheme: str, value: str) -> UUID | None:
    return await find_known(
        session, Application, col(Application.applicant_id), applicant_id, scheme=scheme, value=value
    )


async def _changes(session: AsyncSession, found: Application, given: ApplicationCreate) -> dict[str, Any]:
    """What was sent and is other than what is there."""
    sent = given.model_fields_set & ApplicationUpdate.model_fields.keys()
    return {name: getattr(given, name) for name in sent if not await _is_so(session, found, given, name)}


async def _is_so(session: AsyncSession, found: Application, given: ApplicationCreate, name: str) -> bool:
    if name == "content":
        return parts_of(found.content, given.content.model_dump(mode="json", exclude_unset=True)) == found.content
    if name == "private":
        return given.private.model_dump(mode="json") == found.private
    if name == "authorities":
        rows = await session.exec(
            select(ApplicationAuthority.authority_id, ApplicationAuthority.asks).where(
                col(ApplicationAuthority.application_id) == found.id
            )
        )
        return set(rows.all()) == {(one.authority_id, one.asks) for one in given.authorities}
    if name in _LISTS:
        key, column = _LISTS[name]
        ids = await session.exec(select(column).where(col(key) == found.id))
        return set(ids.all()) == set(getattr(given, name))
    return bool(getattr(found, name) == getattr(given, name))
