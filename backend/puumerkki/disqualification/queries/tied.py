"""Finds who is tied in a case of an application: on record, by what was settled, or kept out for another reason."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SelectBase, and_, any_, exists, or_
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased
from sqlalchemy.types import DateTime, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import REPRESENTATIVES
from puumerkki.applications.models.applications import ApplicationVersion
from puumerkki.applications.queries.applicants import applicants_for_ties, begun
from puumerkki.disqualification.errors.kept_out import KeptOut
from puumerkki.disqualification.queries.kept_out import broke_glass, named_since
from puumerkki.disqualification.queries.settled_ties import founded, in_authority, in_network, unfounded
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.organisations.queries.ties import deeds_of, own_post, tied

WRITES = ("application.created", "application.changed", "application.submitted")
_KEY = param("application", Uuid())
_PERSON = param("person", Uuid())


def is_tied_sql(principal_id: Any, application_id: Any, network_id: Any) -> ColumnElement[bool]:
    """SQL: somebody is tied in a network's case, on record or by what was settled there, or is kept out."""
    here = in_network(network_id)
    by_tie = tied(
        principal_id,
        applicants_for_ties(application_id),
        begun(application_id),
        spared=lambda tie: unfounded(tie, application_id, here),
    )
    return or_(by_tie, founded(principal_id, application_id, here), kept_out_sql(principal_id, application_id))


def kept_out_sql(principal_id: Any, application_id: Any) -> ColumnElement[bool]:
    """SQL: somebody may take no part in the cases though they have no tie."""
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
    """SQL: somebody is tied in an authority's own case, or is kept out of it.

    One's post in the authority is no tie though it applies itself, unless one wrote the application.
    """
    return or_(
        is_bound_in_case_sql(principal_id, application_id, authority_id), named_since(principal_id, application_id)
    )


def is_bound_in_case_sql(principal_id: Any, application_id: Any, authority_id: Any) -> ColumnElement[bool]:
    """SQL: the same without those whom an operator named; for choosing who acts among the others."""
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
    """Tell whether somebody is tied in the case that a network or an authority has of an application.

    In an authority's own case one's post in it is no tie though it applies itself, unless one wrote the application.
    """
    assert (network_id is None) is not (authority_id is None), "a tie is asked of in one case"
    if authority_id is None:
        found = await _TIED.fetch_one(session, person=principal_id, application=application_id, network=network_id)
    else:
        found = await _TIED_IN_OWN_CASE.fetch_one(
            session, person=principal_id, application=application_id, authority=authority_id
        )
    return bool(found and found[0])


_KEPT_OUT = Statement(lambda: core_select(named_since(_PERSON, _KEY), _broke_glass(_PERSON, _KEY)))


async def kept_out(session: AsyncSession, principal_id: UUID, application_id: UUID) -> KeptOut | None:
    """Why somebody without a tie may take no part; None where a tie keeps them out, or nothing does."""
    named, glass = await _KEPT_OUT.fetch_one(session, person=principal_id, application=application_id) or (False, False)
    if glass:
        return KeptOut.broke_glass
    return KeptOut.named_since if named else None


def _silenced() -> SelectBase:
    representative, other = aliased(RoleGrant), aliased(RoleGrant)
    now = param("now", DateTime(timezone=True))

    def represents(grant: Any) -> list[ColumnElement[bool]]:
        return [
            col(grant.scope_id) == col(NetworkMember.network_id),
            col(grant.for_organisation_id) == col(NetworkMember.organisation_id),
            col(grant.role).in_(REPRESENTATIVES),
            or_(col(grant.expires_at).is_(None), col(grant.expires_at) > now),
        ]

    return select(NetworkMember.id).where(
        col(NetworkMember.id) == any_(param("members", ARRAY(Uuid()))),
        exists().where(*represents(representative)),
        ~exists().where(*represents(other), ~is_tied_sql(col(other.principal_id), _KEY, col(NetworkMember.network_id))),
    )


_SILENCED = Statement(_silenced)


async def unrepresented(session: AsyncSession, application_id: UUID, member_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of some members that only people tied in the application's cases represent."""
    found = await _SILENCED.fetch_all(session, application=application_id, members=list(member_ids), now=clock.now())
    return frozenset(id_ for (id_,) in found)
