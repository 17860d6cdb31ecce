"""An application as one actor may see it, its versions and their comparison."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import SelectBase, and_, any_, or_
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.compare import compare
from puumerkki.applications.content import LABELS
from puumerkki.applications.followers import followers
from puumerkki.applications.models.applications import Application, ApplicationNetwork, ApplicationVersion
from puumerkki.applications.queries import applications as queries
from puumerkki.applications.queries.applicants import reader_ids, writer_ids
from puumerkki.applications.queries.application_facts import frozen_content, gather_facts, newest_version
from puumerkki.applications.queries.co_applicants import co_applicants
from puumerkki.applications.queries.versions import version as frozen_version
from puumerkki.applications.schemas import application_views as views
from puumerkki.applications.schemas.applications import Private
from puumerkki.applications.schemas.recipients import HandlingBrief, PartnerRequestBrief
from puumerkki.applications.workflow.applicants import ForApplicants
from puumerkki.applications.workflow.applications import APPLICATION
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.reads.statements import Statement, fetch_all, param
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.needs.models import Need
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models.networks import Network, Rulebook, RulebookState
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.reference.models import Area


async def view(session: AsyncSession, actor: Actor, application: Application) -> views.ApplicationPublic:
    """The working copy for applicants, the newest frozen version for others who may know of it."""
    applies = await _is_applicant(session, actor, application)
    frozen = None if applies else await newest_version(session, application)
    content = await frozen_content(session, application) if frozen is None else frozen.content
    applicant = await session.get_one(Organisation, application.applicant_id)
    return views.ApplicationPublic(
        id=application.id,
        state=application.state,
        working_copy=applies,
        title=application.title if frozen is None else frozen.title,
        language=application.language,
        applicant=views.OrganisationName(id=applicant.id, names=applicant.names),
        co_applicants=await co_applicants(session, actor, application, frozen),
        call_id=content.get("call_id"),
        amount_cents=content.get("amount_cents"),
        content=views.ContentPublic.model_validate(content),
        private=await _private(session, actor, application, frozen, applies=applies),
        networks=await _networks(session, actor, application, working=applies),
        authorities=await _authorities(session, actor, application, content),
        needs=await _needs(session, content),
        areas=await _areas(session, content),
        current_version=application.current_version,
        continues_id=application.continues_id,
        created_at=application.created_at,
        updated_at=application.updated_at if frozen is None else frozen.created_at,
        version=application.version,
        available_actions=await available(session, actor, application, await writer_ids(session, application)),
    )


async def available(
    session: AsyncSession, actor: Actor, application: Application, applicant_ids: frozenset[UUID]
) -> list[AvailableAction[Any]]:
    """What the actor may do with an application, and what blocks the rest."""
    mine = (P.applications_submit, P.applications_write, P.applications_withdraw)
    if not any(actor.may(permission, one) for permission in mine for one in applicant_ids):
        return []
    facts = await gather_facts(session, application, applicant_ids, actor=actor)
    return APPLICATION.available(application, actor=ForApplicants(actor, application.id, applicant_ids), facts=facts)


async def versions(session: AsyncSession, application: Application) -> views.VersionList:
    """All frozen versions, the newest first."""
    statement = (
        select(ApplicationVersion)
        .where(col(ApplicationVersion.application_id) == application.id)
        .order_by(col(ApplicationVersion.number).desc())
    )
    return views.VersionList(items=[_version_item(one) for one in (await session.exec(statement)).all()])


async def version(session: AsyncSession, actor: Actor, application: Application, number: int) -> views.VersionPublic:
    """One frozen version, whole."""
    found = await frozen_version(session, application.id, number)
    return views.VersionPublic(
        **dict(_version_item(found)),
        content=views.FrozenContent.model_validate(found.content),
        private=await _private(
            session, actor, application, found, applies=await _is_applicant(session, actor, application)
        ),
    )


async def compare_versions(
    session: AsyncSession, actor: Actor, application: Application, *, old: int, new: int | None
) -> views.Comparison:
    """The differences between two frozen versions, or (`new` None, for applicants) to the working copy."""
    before = await frozen_version(session, application.id, old)
    if new is None:
        await _require_applicant(session, actor, application)
        after: Mapping[str, Any] = await frozen_content(session, application)
    else:
        after = (await frozen_version(session, application.id, new)).content
    return _comparison((application.id, old, before.content), (application.id, new, after))


async def compare_previous(session: AsyncSession, actor: Actor, application: Application) -> views.Comparison:
    """The differences to the application that this one continues, as far as the actor may see both."""
    if application.continues_id is None:
        raise NotFound()
    previous = await queries.application(session, actor, application.continues_id)
    before = await newest_version(session, previous)
    if before is None:
        raise NotFound()
    number = application.current_version
    after: Mapping[str, Any]
    if await _is_applicant(session, actor, application):
        number, after = None, await frozen_content(session, application)
    else:
        after = (await frozen_version(session, application.id, number or 0)).content
    return _comparison((previous.id, before.number, before.content), (application.id, number, after))


def _comparison(
    old: tuple[UUID, int | None, Mapping[str, Any]], new: tuple[UUID, int | None, Mapping[str, Any]]
) -> views.Comparison:
    def change(one: Any) -> views.ChangePublic:
        part = one.pointer.split("/")[1] if "/" in one.pointer else ""
        label = LABELS.get(part, {"en": part})
        return views.ChangePublic(part=part, label=label, pointer=one.pointer, kind=one.kind, old=one.old, new=one.new)

    return views.Comparison(
        old=views.ComparisonSide(application_id=old[0], number=old[1]),
        new=views.ComparisonSide(application_id=new[0], number=new[1]),
        changes=[change(one) for one in compare(old[2], new[2])],
    )


async def _is_applicant(session: AsyncSession, actor: Actor, application: Application) -> bool:
    applicant_ids = await reader_ids(session, application)
    return any(actor.may(P.applications_read, one) for one in applicant_ids)


async def _require_applicant(session: AsyncSession, actor: Actor, application: Application) -> None:
    if not await _is_applicant(session, actor, application):
        raise NotFound()


async def _private(
    session: AsyncSession, actor: Actor, application: Application, frozen: ApplicationVersion | None, *, applies: bool
) -> Private | None:
    """The contact persons: to applicants, and to those who handle the application."""
    if applies:
        kept: dict[str, Any] | None = application.private if frozen is None else frozen.private
    else:
        handles = select(Application.id).where(col(Application.id) == application.id, queries.sees_private(actor))
        if frozen is None or (await session.exec(handles)).first() is None:
            return None
        kept = frozen.private
    return None if kept is None else Private.model_validate(kept)


_ORGANISATIONS = Statement(
    lambda: (
        select(col(Organisation.id), col(Organisation.names))
        .where(col(Organisation.id) == any_(param("ids", ARRAY(Uuid()))))
        .order_by(col(Organisation.sort_key), col(Organisation.id))
    )
)


def _networks_of(actor: Actor, *, working: bool) -> SelectBase:
    key = param("application", Uuid())
    [brief] = [brief for one in followers() for brief in one.sql.brief(actor, key, col(Network.id))]
    asked = and_(col(ApplicationNetwork.application_id) == key, col(ApplicationNetwork.network_id) == col(Network.id))
    in_force = and_(col(Rulebook.network_id) == col(Network.id), col(Rulebook.state) == RulebookState.in_force)
    statement = (
        core_select(col(Network.id), col(Network.names), col(Rulebook.rule), brief.id, brief.state)
        .outerjoin(brief.table, brief.on)
        .outerjoin(Rulebook, in_force)
    )
    if working:
        statement = statement.join(ApplicationNetwork, asked)
    else:
        receives = select(col(Application.id)).where(col(Application.id) == key, queries.receives(actor))
        statement = statement.where(brief.id.is_not(None), or_(brief.seen, receives.exists()))
    return statement.order_by(col(Network.sort_key), col(Network.id))


async def _networks(
    session: AsyncSession, actor: Actor, application: Application, *, working: bool
) -> list[views.ApplicationNetworkPublic]:
    """The networks asked; to others than applicants those that have received it."""
    params = actor.params() | {"application": application.id}
    found = await fetch_all(session, (_networks, working), lambda: _networks_of(actor, working=working), params)
    return [
        views.ApplicationNetworkPublic(
            network_id=network_id,
            names=names,
            asks_for=[] if rule is None else list(DecisionRule.model_validate(rule).required_parts),
            handling=None if handling_id is None else HandlingBrief(id=handling_id, state=state),
        )
        for network_id, names, rule, handling_id, state in found
    ]


def _cases_of(actor: Actor) -> SelectBase:
    [cases] = [known for one in followers() for known in one.sql.cases(actor, param("application", Uuid()))]
    return cases


async def _authorities(
    session: AsyncSession, actor: Actor, application: Application, content: Mapping[str, Any]
) -> list[views.ApplicationAuthorityPublic]:
    asks = {UUID(one["id"]): one["asks"] for one in content.get("authorities", ())}
    if not asks:
        return []
    params = actor.params() | {"application": application.id}
    cases = await fetch_all(session, _authorities, lambda: _cases_of(actor), params)
    seen = {key: PartnerRequestBrief(id=id_, state=state) for key, id_, state in cases}
    return [
        views.ApplicationAuthorityPublic(authority_id=key, names=names, asks=asks[key], partner_request=seen.get(key))
        for key, names in await _ORGANISATIONS.fetch_all(session, ids=list(asks))
    ]


_NEEDS = Statement(
    lambda: (
        select(col(Need.id), col(Need.title), col(Need.state))
        .where(col(Need.id) == any_(param("ids", ARRAY(Uuid()))))
        .order_by(col(Need.id))
    )
)


async def _needs(session: AsyncSession, content: Mapping[str, Any]) -> list[views.ApplicationNeedPublic]:
    keys = [UUID(one) for one in content.get("need_ids", ())]
    if not keys:
        return []
    found = await _NEEDS.fetch_all(session, ids=keys)
    return [
        views.ApplicationNeedPublic.model_validate({"id": key, "title": title, "state": state})
        for key, title, state in found
    ]


_AREAS = Statement(
    lambda: (
        select(col(Area.id), col(Area.names), col(Area.municipality_code))
        .where(col(Area.id) == any_(param("ids", ARRAY(Uuid()))))
        .order_by(col(Area.sort_key), col(Area.id))
    )
)


async def _areas(session: AsyncSession, content: Mapping[str, Any]) -> list[views.ApplicationAreaPublic]:
    keys = [UUID(one) for one in content.get("area_ids", ())]
    if not keys:
        return []
    found = await _AREAS.fetch_all(session, ids=keys)
    return [
        views.ApplicationAreaPublic.model_validate({"id": key, "names": names, "municipality_code": code})
        for key, names, code in found
    ]


def _version_item(found: ApplicationVersion) -> views.VersionItem:
    return views.VersionItem(
        number=found.number,
        title=found.title,
        submitted_at=found.created_at,
        submitted_for_organisation_id=found.submitted_for_organisation_id,
    )
