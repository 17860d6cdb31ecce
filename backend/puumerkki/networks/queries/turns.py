"""Whose vote stands for a member, as SQL over a table of votes: of a ballot, or of a decision about the network.

One person votes for one member, and the representative before the deputy. `votes` is the table, `on` its column of
what is voted on, `of` one such id.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, literal, or_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import REPRESENTATIVES, Role
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.networks.errors.representatives import RepresentativeVoted
from puumerkki.networks.models.networks import NetworkMember


def voted_for_another(votes: Any, on: Any, of: Any, *, person: Any, member: Any) -> list[ColumnElement[bool]]:
    """Conditions: the votes that somebody gave for another member."""
    return [on == of, col(votes.cast_by) == person, col(votes.member_id) != member]


def _outranked(said_by: Any, *, person: Any, network: Any, organisation: Any) -> list[ColumnElement[bool]]:
    """Conditions: what somebody said for a member is its representative's word, and another, who is none, speaks."""

    def represents(one: Any) -> ColumnElement[bool]:
        return exists().where(
            col(RoleGrant.principal_id) == one,
            col(RoleGrant.scope_id) == network,
            col(RoleGrant.for_organisation_id) == organisation,
            col(RoleGrant.role) == Role.representative,
        )

    return [said_by != person, represents(said_by), ~represents(person)]


def by_representative(
    votes: Any, on: Any, of: Any, *, person: Any, member: Any, network: Any, organisation: Any
) -> list[ColumnElement[bool]]:
    """Conditions: the vote of a member that its representative gave, where somebody else is none."""
    outranked = _outranked(col(votes.cast_by), person=person, network=network, organisation=organisation)
    return [on == of, col(votes.member_id) == member, *outranked]


_SAID_BY, _SPEAKER, _NETWORK, _ORGANISATION = (
    param(name, Uuid()) for name in ("said_by", "speaker", "network", "organisation")
)
_OUTRANKED = Statement(
    lambda: core_select(literal(1)).where(
        *_outranked(_SAID_BY, person=_SPEAKER, network=_NETWORK, organisation=_ORGANISATION)
    )
)


async def require_not_outranked(
    session: AsyncSession, said_by: UUID, *, person: UUID, network_id: UUID, organisation_id: UUID
) -> None:
    """RepresentativeVoted where `said_by`, the member's representative, said it, and the other is a deputy."""
    found = await _OUTRANKED.fetch_one(
        session, said_by=said_by, speaker=person, network=network_id, organisation=organisation_id
    )
    if found is not None:
        raise RepresentativeVoted()


def spoken_elsewhere(
    votes: Any,
    on: Any,
    of: Any,
    *,
    members: ColumnElement[bool],
    now: Any,
    own: ColumnElement[bool] | None = None,
    kept_out: Any = None,
) -> SelectOfScalar[UUID]:
    """The ids of members whose representatives have all voted for another member.

    `own`: which votes people gave themselves; `kept_out`: of somebody, that they vote for nobody anyhow.
    """
    representative, other = aliased(RoleGrant), aliased(RoleGrant)

    def represents(grant: Any) -> list[ColumnElement[bool]]:
        return [
            col(grant.scope_id) == col(NetworkMember.network_id),
            col(grant.for_organisation_id) == col(NetworkMember.organisation_id),
            col(grant.role).in_(REPRESENTATIVES),
            or_(col(grant.expires_at).is_(None), col(grant.expires_at) > now),
        ]

    def elsewhere(grant: Any) -> ColumnElement[bool]:
        given = voted_for_another(votes, on, of, person=col(grant.principal_id), member=col(NetworkMember.id))
        return exists().where(*given, *([] if own is None else [own]))

    free = [] if kept_out is None else [~kept_out(col(other.principal_id))]
    return select(NetworkMember.id).where(
        members,
        exists().where(*represents(representative), elsewhere(representative)),
        ~exists().where(*represents(other), ~elsewhere(other), *free),
    )
