"""Whose vote stands for a member, as SQL over a table of votes: of a ballot, or of a decision about the network.

One person votes for one member, and the representative before the deputy. `votes` is the table, `on` its column of
what is voted on, `of` one such id.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.networks.models import NetworkMember

VOICES = (Role.representative, Role.deputy)


def voted_for_another(votes: Any, on: Any, of: Any, *, person: Any, member: Any) -> list[ColumnElement[bool]]:
    """Conditions: the votes that somebody gave for another member."""
    return [on == of, col(votes.cast_by) == person, col(votes.member_id) != member]


def by_representative(
    votes: Any, on: Any, of: Any, *, person: Any, member: Any, network: Any, organisation: Any
) -> list[ColumnElement[bool]]:
    """Conditions: the vote of a member that its representative gave, where somebody else is none."""

    def represents(one: Any) -> ColumnElement[bool]:
        return exists().where(
            col(RoleGrant.principal_id) == one,
            col(RoleGrant.scope_id) == network,
            col(RoleGrant.for_organisation_id) == organisation,
            col(RoleGrant.role) == Role.representative,
        )

    cast_by = col(votes.cast_by)
    return [on == of, col(votes.member_id) == member, cast_by != person, represents(cast_by), ~represents(person)]


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
    """The ids of members for whom nobody speaks but people who have voted for another.

    `own`: which votes people gave themselves; `kept_out`: of somebody, that they vote for nobody anyhow.
    """
    voice, other = aliased(RoleGrant), aliased(RoleGrant)

    def speaks(grant: Any) -> list[ColumnElement[bool]]:
        return [
            col(grant.scope_id) == col(NetworkMember.network_id),
            col(grant.for_organisation_id) == col(NetworkMember.organisation_id),
            col(grant.role).in_(VOICES),
            or_(col(grant.expires_at).is_(None), col(grant.expires_at) > now),
        ]

    def elsewhere(grant: Any) -> ColumnElement[bool]:
        given = voted_for_another(votes, on, of, person=col(grant.principal_id), member=col(NetworkMember.id))
        return exists().where(*given, *([] if own is None else [own]))

    free = [] if kept_out is None else [~kept_out(col(other.principal_id))]
    return select(NetworkMember.id).where(
        members,
        exists().where(*speaks(voice), elsewhere(voice)),
        ~exists().where(*speaks(other), ~elsewhere(other), *free),
    )
