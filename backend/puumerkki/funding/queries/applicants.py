"""Who applies. Whatever concerns a case asks here, and is told of frozen versions, never of the working copy."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SelectBase, and_, any_, exists, func, or_, union
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased
from sqlalchemy.types import DateTime, Integer, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import PrincipalKind, RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.funding.errors.kept_out import KeptOut
from puumerkki.funding.models import (
    ApplicantAnswer,
    Application,
    ApplicationApplicant,
    ApplicationVersion,
    VersionApplicant,
)
from puumerkki.funding.queries.kept_out import broke_glass, named_since
from puumerkki.funding.queries.settled_ties import founded, in_authority, in_network, unfounded
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.networks.models import NetworkMember
from puumerkki.organisations.models import Organisation, OrganisationState
from puumerkki.organisations.queries.succession import with_kin
from puumerkki.organisations.queries.ties import deeds_of, hosts_of, own_post, tied

ANSWERS = (P.memberships_manage, P.agreements_sign)
WRITES = ("application.created", "application.changed", "application.submitted")
_KEY = param("application", Uuid())
_PERSON = param("person", Uuid())


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


def is_tied_sql(principal_id: Any, application_id: Any, network_id: Any) -> ColumnElement[bool]:
    """SQL: somebody is tied in a network's case, by what is on record or was settled there, or kept out as if so."""
    here = in_network(network_id)
    by_tie = tied(
        principal_id,
        applicants_for_ties(application_id),
        begun(application_id),
        spared=lambda tie: unfounded(tie, application_id, here),
    )
    return or_(by_tie, founded(principal_id, application_id, here), kept_out_sql(principal_id, application_id))


def kept_out_sql(principal_id: Any, application_id: Any) -> ColumnElement[bool]:
    """SQL: somebody takes no part in the cases though no tie binds them."""
    return or_(named_since(principal_id, application_id), _broke_glass(principal_id, application_id))


def _broke_glass(principal_id: Any, application_id: Any) -> ColumnElement[bool]:
    return broke_glass(principal_id, application_id, applicants_for_ties(application_id), begun(application_id))


def _wrote(principal_id: Any, application_id: Any) -> ColumnElement[bool]:
    """The person wrote or submitted the application, also by a service account."""
    authors, version, told = deeds_of(principal_id), aliased(ApplicationVersion), aliased(EventRow)
    submitted = (
        exists()
        .where(col(version.application_id) == application_id, col(version.submitted_by).in_(authors))
        .correlate_except(version)
    )
    changed = (
        exists()
        .where(col(told.subject_id) == application_id, col(told.actor_id).in_(authors), col(told.type).in_(WRITES))
        .correlate_except(told)
    )
    return or_(submitted, changed)


def is_tied_in_case_sql(principal_id: Any, application_id: Any, authority_id: Any) -> ColumnElement[bool]:
    """SQL: somebody is tied in an authority's own case, or kept out as if so.

    One's post in the authority is no tie though it applies itself, unless one wrote the application.
    """
    return or_(
        is_bound_in_case_sql(principal_id, application_id, authority_id), named_since(principal_id, application_id)
    )


def is_bound_in_case_sql(principal_id: Any, application_id: Any, authority_id: Any) -> ColumnElement[bool]:
    """SQL: the same, but for an operator's naming: for who only says which of the others acts."""
    here = in_authority(authority_id)
    by_tie = tied(
        principal_id,
        applicants_for_ties(application_id),
        begun(application_id),
        spared=lambda tie: or_(
            and_(own_post(tie, authority_id), ~_wrote(principal_id, application_id)),
            unfounded(tie, application_id, here),
        ),
    )
    return or_(by_tie, founded(principal_id, application_id, here), _broke_glass(principal_id, application_id))


_TIED = Statement(lambda: core_select(is_tied_sql(_PERSON, _KEY, param("network", Uuid()))))
_TIED_IN_OWN_CASE = Statement(lambda: core_select(is_tied_in_case_sql(_PERSON, _KEY, param("authority", Uuid()))))


async def is_tied(
    session: AsyncSession,
    principal_id: UUID,
    application_id: UUID,
    *,
    network_id: UUID | None = None,
    authority_id: UUID | None = None,
) -> bool:
    """Whether somebody is tied in the case that a network or an authority has of an application.

    In an authority's own case one's post in it is no tie though it applies itself, unless one wrote the application.
    """
    assert (network_id is None) is not (authority_id is None), "a tie is asked of in one case"
    if authority_id is None:
        found = await _TIED.first(session, person=principal_id, application=application_id, network=network_id)
    else:
        found = await _TIED_IN_OWN_CASE.first(
            session, person=principal_id, application=application_id, authority=authority_id
        )
    return bool(found and found[0])


_KEPT_OUT = Statement(lambda: core_select(named_since(_PERSON, _KEY), _broke_glass(_PERSON, _KEY)))


async def kept_out(session: AsyncSession, principal_id: UUID, application_id: UUID) -> KeptOut | None:
    """Why somebody takes no part whom no tie binds; None where a tie does, or nothing."""
    named, glass = await _KEPT_OUT.first(session, person=principal_id, application=application_id) or (False, False)
    if glass:
        return KeptOut.broke_glass
    return KeptOut.named_since if named else None


def _hosts() -> SelectBase:
    group = aliased(Organisation)
    return hosts_of(core_select(col(group.id)).where(col(group.id) == param("group", Uuid())), begun(_KEY))


_HOSTS = Statement(_hosts)


async def hosts_since_begun(session: AsyncSession, application_id: UUID, organisation_id: UUID) -> list[UUID]:
    """Who answered for an unregistered group at any time since an application was begun."""
    found = await _HOSTS.all(session, application=application_id, group=organisation_id)
    return sorted({id_ for (id_,) in found})


_FOR_TIES = Statement(lambda: core_select(applicants_for_ties(_KEY).subquery().c[0]))


async def tied_applicants(session: AsyncSession, application_id: UUID) -> frozenset[UUID]:
    """The organisations whose people are tied in the application's cases, and whose own members stand aside."""
    return frozenset(id_ for (id_,) in await _FOR_TIES.all(session, application=application_id))


def _silenced() -> SelectBase:
    voice, other = aliased(RoleGrant), aliased(RoleGrant)
    now = param("now", DateTime(timezone=True))

    def speaks(grant: Any) -> list[ColumnElement[bool]]:
        return [
            col(grant.scope_id) == col(NetworkMember.network_id),
            col(grant.for_organisation_id) == col(NetworkMember.organisation_id),
            col(grant.role).in_([Role.representative, Role.deputy]),
            or_(col(grant.expires_at).is_(None), col(grant.expires_at) > now),
        ]

    return select(NetworkMember.id).where(
        col(NetworkMember.id) == any_(param("members", ARRAY(Uuid()))),
        exists().where(*speaks(voice)),
        ~exists().where(*speaks(other), ~is_tied_sql(col(other.principal_id), _KEY, col(NetworkMember.network_id))),
    )


_SILENCED = Statement(_silenced)


async def silenced(session: AsyncSession, application_id: UUID, member_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of some members for whom only people speak who are tied in the application's cases."""
    found = await _SILENCED.all(session, application=application_id, members=list(member_ids), now=clock.now())
    return frozenset(id_ for (id_,) in found)


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
    return await _LEFT.first(session, application=application_id, number=number) is not None


_FURTHER = Statement(
    lambda: select(ApplicationApplicant.organisation_id, ApplicationApplicant.answer).where(
        col(ApplicationApplicant.application_id) == _KEY
    )
)


async def writer_ids(session: AsyncSession, application: Application) -> frozenset[UUID]:
    """Who edits the working copy: the leading applicant, and those who accepted to apply with it."""
    further = await _FURTHER.all(session, application=application.id)
    return frozenset(id_ for id_, answer in further if answer == ApplicantAnswer.accepted) | {application.applicant_id}


async def reader_ids(session: AsyncSession, application: Application) -> frozenset[UUID]:
    """Who sees the working copy: its writers, and who is asked to apply with them."""
    further = await _FURTHER.all(session, application=application.id)
    seeing = (None, ApplicantAnswer.accepted)
    return frozenset(id_ for id_, answer in further if answer in seeing) | {application.applicant_id}


def sees_working_copy(further: Any, *, writes: bool) -> ColumnElement[bool]:
    """SQL over `application_applicant`: the organisation edits the working copy, or (not `writes`) sees it."""
    accepted = col(further.answer) == ApplicantAnswer.accepted
    return accepted if writes else or_(accepted, col(further.answer).is_(None))


def may_answer(actor: Actor, organisation_id: UUID) -> bool:
    """Who says for an organisation whether it applies with others: its owners and signatories, never a machine."""
    return actor.kind == PrincipalKind.user and any(actor.may(one, organisation_id) for one in ANSWERS)
