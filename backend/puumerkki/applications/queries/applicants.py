"""Who applies. Whatever concerns a case asks here, and is told of frozen versions, never of the working copy."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SelectBase, exists, func, or_, union
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Integer, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import (
    ApplicantAnswer,
    Application,
    ApplicationApplicant,
    VersionApplicant,
)
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.organisations.models.organisations import Organisation, OrganisationState
from puumerkki.organisations.queries.succession import with_kin
from puumerkki.organisations.queries.ties import hosts_of

ANSWERS = (P.memberships_manage, P.agreements_sign)
_KEY = param("application", Uuid())


def applicants_for_ties(application_id: Any) -> SelectBase:
    """SQL: the organisations whose people are tied in an application's cases.

    The applicants of all its frozen versions (of the working copy where there is none), with the hosts that the
    versions keep and those of any day since it was begun; each with whoever stands in its place, or it in theirs.
    """
    leading, further, frozen = aliased(Application), aliased(ApplicationApplicant), aliased(VersionApplicant)
    submitted = exists().where(col(frozen.application_id) == application_id).correlate_except(frozen)
    versions = aliased(VersionApplicant)
    applicants = union(
        core_select(col(leading.applicant_id)).where(col(leading.id) == application_id).correlate_except(leading),
        core_select(col(versions.organisation_id))
        .where(col(versions.application_id) == application_id)
        .correlate_except(versions),
        core_select(col(further.organisation_id))
        .where(col(further.application_id) == application_id, ~submitted)
        .correlate_except(further),
    )
    hosted = aliased(VersionApplicant)
    hosts = (
        core_select(func.unnest(col(hosted.host_ids)))
        .where(col(hosted.application_id) == application_id)
        .correlate_except(hosted)
    )
    since = begun(application_id)
    return with_kin(union(applicants, hosts, hosts_of(applicants, since)), since)


def begun(application_id: Any) -> Any:
    """SQL: when the application was begun; what ended before binds nobody."""
    one = aliased(Application)
    return core_select(col(one.created_at)).where(col(one.id) == application_id).correlate_except(one).scalar_subquery()


def _hosts() -> SelectBase:
    group = aliased(Organisation)
    return hosts_of(core_select(col(group.id)).where(col(group.id) == param("group", Uuid())), begun(_KEY))


_HOSTS = Statement(_hosts)


async def hosts_since_begun(session: AsyncSession, application_id: UUID, organisation_id: UUID) -> list[UUID]:
    """Who answered for an unregistered group at any time since an application was begun."""
    found = await _HOSTS.fetch_all(session, application=application_id, group=organisation_id)
    return sorted({id_ for (id_,) in found})


_FOR_TIES = Statement(lambda: core_select(applicants_for_ties(_KEY).subquery().c[0]))


async def tied_applicants(session: AsyncSession, application_id: UUID) -> frozenset[UUID]:
    """The organisations whose people are tied in the application's cases, and whose own members stand aside."""
    return frozenset(id_ for (id_,) in await _FOR_TIES.fetch_all(session, application=application_id))


async def applicants_of(session: AsyncSession, application_id: UUID, number: int) -> Sequence[VersionApplicant]:
    """The applicants of a frozen version, the leading one first, as they were called then."""
    statement = (
        select(VersionApplicant)
        .where(col(VersionApplicant.application_id) == application_id, col(VersionApplicant.version_number) == number)
        .order_by(col(VersionApplicant.place))
    )
    return (await session.exec(statement)).all()


async def submitted_by(session: AsyncSession, application: Application) -> UUID | None:
    """The leading applicant of the newest frozen version."""
    found = await applicants_of(session, application.id, application.current_version or 0)
    return found[0].organisation_id if found else None


async def acting_ids(session: AsyncSession, application_id: UUID, number: int) -> tuple[UUID, ...]:
    """The applicants of a frozen version who have not left it, the leading one first: who acts and is told for it."""
    found = await applicants_of(session, application_id, number)
    return tuple(one.organisation_id for one in found if one.left_at is None)


_LEFT = Statement(
    lambda: (
        select(VersionApplicant.organisation_id)
        .join(Organisation, col(Organisation.id) == col(VersionApplicant.organisation_id))
        .where(
            col(VersionApplicant.application_id) == _KEY,
            col(VersionApplicant.version_number) == param("number", Integer()),
            or_(col(VersionApplicant.left_at).is_not(None), col(Organisation.state) == OrganisationState.archived),
        )
    )
)


async def have_left(session: AsyncSession, application_id: UUID, number: int) -> bool:
    """Whether an applicant of a version has left since, or was archived."""
    return await _LEFT.fetch_one(session, application=application_id, number=number) is not None


_FURTHER = Statement(
    lambda: select(ApplicationApplicant.organisation_id, ApplicationApplicant.answer).where(
        col(ApplicationApplicant.application_id) == _KEY
    )
)


async def writer_ids(session: AsyncSession, application: Application) -> frozenset[UUID]:
    """Who edits the working copy: the leading applicant, and those who accepted to apply with it."""
    further = await _FURTHER.fetch_all(session, application=application.id)
    return frozenset(id_ for id_, answer in further if answer == ApplicantAnswer.accepted) | {application.applicant_id}


async def reader_ids(session: AsyncSession, application: Application) -> frozenset[UUID]:
    """Who sees the working copy: its writers, and who is asked to apply with them."""
    further = await _FURTHER.fetch_all(session, application=application.id)
    seeing = (None, ApplicantAnswer.accepted)
    return frozenset(id_ for id_, answer in further if answer in seeing) | {application.applicant_id}


def sees_working_copy(further: Any, *, writes: bool) -> ColumnElement[bool]:
    """SQL over `application_applicant`: the organisation edits the working copy, or (not `writes`) sees it."""
    accepted = col(further.answer) == ApplicantAnswer.accepted
    return accepted if writes else or_(accepted, col(further.answer).is_(None))


def may_answer(actor: Actor, organisation_id: UUID) -> bool:
    """Who says for an organisation whether it applies with others: its owners and signatories, never a machine."""
    return actor.kind == PrincipalKind.user and any(actor.may(one, organisation_id) for one in ANSWERS)
