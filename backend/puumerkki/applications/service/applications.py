"""The working copy: begin, edit, continue, delete. Many may edit: the version is compared under the row's lock."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.content import parts_of
from puumerkki.applications.errors.applications import ApplicationEnded, ApplicationWasSubmitted
from puumerkki.applications.events.applications import ApplicationChanged, ApplicationCreated, ApplicationDeleted
from puumerkki.applications.followers import followers
from puumerkki.applications.models.applications import (
    Application,
    ApplicationAuthority,
    ApplicationNeed,
    ApplicationNetwork,
    ApplicationState,
)
from puumerkki.applications.queries import application_checks as checks
from puumerkki.applications.queries import applications as queries
from puumerkki.applications.queries import versions
from puumerkki.applications.queries.applicants import writer_ids
from puumerkki.applications.queries.application_facts import frozen_content, gather_facts
from puumerkki.applications.schemas.applications import ApplicationCreate, ApplicationUpdate
from puumerkki.applications.service.applicants import name_applicants
from puumerkki.applications.workflow.applicants import ForApplicants
from puumerkki.applications.workflow.applications import APPLICATION
from puumerkki.kernel.db import touch
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref

EDITABLE = frozenset({ApplicationState.draft, ApplicationState.active})
_IDS = frozenset({"call_id", "area_ids"})
LISTS = frozenset({"network_ids", "authorities", "need_ids"})


async def create_application(
    session: AsyncSession,
    *,
    actor: Actor,
    given: ApplicationCreate,
    known_as: tuple[str | None, str | None] = (None, None),
) -> Application:
    """A new draft of an organisation. `known_as`: in which other system, and by which id there."""
    actor.require(P.applications_write, on=given.applicant_id)
    await checks.check(session, given, applicant_id=given.applicant_id)
    made = Application(
        applicant_id=given.applicant_id,
        call_id=given.call_id,
        title=given.title,
        language=given.language,
        content=parts_of({}, given.content.model_dump(mode="json", exclude_unset=True)),
        private=given.private.model_dump(mode="json"),
        amount_cents=given.amount_cents,
        area_ids=given.area_ids,
        external_scheme=known_as[0],
        external_id=known_as[1],
    )
    session.add(made)
    await session.flush()
    await _set_lists(session, made, {name: getattr(given, name) for name in LISTS})
    await name_applicants(session, application=made, organisation_ids=given.co_applicant_ids, actor=actor)
    await publish(session, ApplicationCreated(subject=Ref("application", made.id)), actor_id=actor.id)
    return made


async def update_application(
    session: AsyncSession, *, actor: Actor, application_id: UUID, if_version: int | None, given: ApplicationUpdate
) -> Application:
    """Change the given parts of the working copy. What others see stays until the next submission."""
    application = await lock_for(session, actor, application_id, P.applications_write, if_version)
    if application.state not in EDITABLE:
        raise ApplicationEnded()
    await checks.check(session, given, applicant_id=application.applicant_id, present=application)
    changes = given.model_dump(mode="json", exclude_unset=True)
    for name in given.model_fields_set - LISTS - {"content", "co_applicant_ids"}:
        setattr(application, name, getattr(given, name) if name in _IDS else changes[name])
    if given.content is not None:
        application.content = parts_of(application.content, changes["content"])
    lists = {name: getattr(given, name) for name in given.model_fields_set & LISTS}
    if lists or given.co_applicant_ids is not None:
        touch(application)
    if lists:
        await _set_lists(session, application, lists)
    if given.co_applicant_ids is not None:
        await name_applicants(session, application=application, organisation_ids=given.co_applicant_ids, actor=actor)
    parts = [f"content.{part}" for part in changes.get("content", {})]
    await publish(
        session,
        ApplicationChanged(
            subject=Ref("application", application.id),
            changed=(*(name for name in changes if name != "content"), *parts),
        ),
        actor_id=actor.id,
    )
    return application


async def delete_application(
    session: AsyncSession, *, actor: Actor, application_id: UUID, if_version: int | None
) -> None:
    """Remove a draft that nobody else has ever seen."""
    application = await lock_for(session, actor, application_id, P.applications_write, if_version)
    if application.state != ApplicationState.draft or application.current_version is not None:
        raise ApplicationWasSubmitted()
    for follower in followers():
        await follower.on_deleted(session, application.id)
    await name_applicants(session, application=application, organisation_ids=(), actor=actor)
    for table in _TABLES.values():
        await _clear(session, application.id, table)
    await session.delete(application)
    await publish(session, ApplicationDeleted(subject=Ref("application", application.id)), actor_id=actor.id)


async def continue_application(
    session: AsyncSession, *, actor: Actor, application_id: UUID, if_version: int | None
) -> Application:
    """Next year's application: a new draft with this one's content, for no call yet."""
    application = await lock_for(session, actor, application_id, P.applications_write, if_version)
    applicant_ids = await writer_ids(session, application)
    facts = await gather_facts(session, application, applicant_ids, actor=actor)
    APPLICATION.check("continue", application, actor=ForApplicants(actor, application.id, applicant_ids), facts=facts)
    made = Application(
        applicant_id=application.applicant_id,
        title=application.title,
        language=application.language,
        content=dict(application.content),
        private=dict(application.private),
        amount_cents=application.amount_cents,
        area_ids=application.area_ids,
        continues_id=application.id,
    )
    session.add(made)
    await session.flush()
    content = await frozen_content(session, application)
    await _set_lists(
        session,
        made,
        {
            "network_ids": sorted(await versions.networks_asked(session, application.id)),
            "authorities": [(UUID(one["id"]), one["asks"]) for one in content.get("authorities", ())],
            "need_ids": [UUID(one) for one in content.get("need_ids", ())],
        },
    )
    further = applicant_ids - {application.applicant_id}
    await name_applicants(session, application=made, organisation_ids=sorted(further), actor=actor)
    await publish(
        session,
        ApplicationCreated(subject=Ref("application", made.id), related=(application.id,), continues_id=application.id),
        actor_id=actor.id,
    )
    return made


async def lock_for(
    session: AsyncSession,
    actor: Actor,
    application_id: UUID,
    permission: P,
    if_version: int | None,
    *,
    leading: bool = False,
) -> Application:
    """The application, locked, after the checks: readable, permission in an applicant or the leading one, version."""
    application = await queries.application(session, actor, application_id, for_update=True)
    applicant_ids = {application.applicant_id} if leading else await writer_ids(session, application)
    if not any(actor.may(permission, one) for one in applicant_ids):
        raise actor.refusal(permission)
    require_version(application, if_version)
    return application


_TABLES: Mapping[str, type[SQLModel]] = {
    "network_ids": ApplicationNetwork,
    "authorities": ApplicationAuthority,
    "need_ids": ApplicationNeed,
}


async def _clear(session: AsyncSession, application_id: UUID, table: Any) -> None:
    await session.exec(delete(table).where(col(table.application_id) == application_id))


async def _set_lists(session: AsyncSession, application: Application, lists: Mapping[str, Any]) -> None:
    """Replace what the named lists hold."""
    for name in lists:
        await _clear(session, application.id, _TABLES[name])
    key = application.id
    session.add_all(ApplicationNetwork(application_id=key, network_id=one) for one in lists.get("network_ids", ()))
    session.add_all(
        ApplicationAuthority(application_id=key, authority_id=authority_id, asks=asks)
        for authority_id, asks in map(_asked, lists.get("authorities", ()))
    )
    session.add_all(ApplicationNeed(application_id=key, need_id=one) for one in lists.get("need_ids", ()))
    await session.flush()


def _asked(authority: Any) -> tuple[UUID, str | None]:
    if isinstance(authority, tuple):
        return authority[0], authority[1]
    return authority.authority_id, authority.asks
