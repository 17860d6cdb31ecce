"""Who may be the second person of a step: somebody else, of another organisation, whom members named or chose."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SelectBase, and_, exists, func, literal, or_, true
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.identity.making import made_by
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.networks.models import MemberState, NetworkMember
from puumerkki.networks.queries.sides import belongs_to, organisations_of, with_shared
from puumerkki.organisations.models import Organisation, OrganisationState
from puumerkki.organisations.queries.ties import tied


@dataclass(frozen=True)
class Asked:
    """For what one is wanted: `first_id` acts (`others` with them), the version is there since `since`.

    `applicants`, `begun`: SQL of the organisations whose people are tied, and since when ties count (to these, and
    to an organisation that two people share). `spared`: over a tie, under which it does not count; `kept_out`: SQL over
    a person: out without a tie.
    """

    network_id: UUID
    first_id: UUID
    applicants: SelectBase
    begun: Any
    since: datetime
    spared: Callable[[Any], ColumnElement[bool]] | None = None
    others: tuple[UUID, ...] = ()
    kept_out: Callable[[Any], ColumnElement[bool]] | None = None


async def second_persons(session: AsyncSession, asked: Asked) -> Sequence[UUID]:
    """All who could confirm it now."""
    return (await session.exec(_candidates(asked))).all()


async def has_second_person(session: AsyncSession, asked: Asked) -> bool:
    """Whether there is any."""
    return (await session.exec(_candidates(asked).limit(1))).first() is not None


async def is_second_person(session: AsyncSession, asked: Asked, principal_id: UUID) -> bool:
    """Whether somebody is one."""
    found = await session.exec(_candidates(asked).where(col(RoleGrant.principal_id) == principal_id))
    return found.first() is not None


def _candidates(asked: Asked) -> SelectOfScalar[UUID]:
    """Untied people who can sign in, in their role before the version came, and not of the first's side.

    Whose voice the first gave, or somebody whom the first made, was not named by the member. Organisations that share
    an owner or a signatory are one side. Operators take no part.
    """
    now = clock.now()
    grant = RoleGrant
    ids = literal([asked.first_id, *asked.others], ARRAY(Uuid[UUID]()))
    first = core_select(func.unnest(ids).label("id"))
    made = made_by(first)
    operators = core_select(col(RoleGrant.principal_id)).where(col(RoleGrant.role) == Role.operator)
    named = and_(
        col(grant.role).in_([Role.representative, Role.deputy]),
        or_(col(grant.granted_by).is_(None), col(grant.granted_by).not_in(made)),
        exists().where(
            col(NetworkMember.network_id) == asked.network_id,
            col(NetworkMember.organisation_id) == col(grant.for_organisation_id),
            col(NetworkMember.state) == MemberState.active,
            col(NetworkMember.organisation_id).in_(
                core_select(col(Organisation.id)).where(
                    col(Organisation.state) == OrganisationState.active, col(Organisation.confirmed_at).is_not(None)
                )
            ),
        ),
    )
    chosen = and_(col(grant.role).in_([Role.chair, Role.secretary]), col(grant.chosen_at) <= asked.since)
    return (
        select(col(grant.principal_id))
        .join(User, col(User.id) == col(grant.principal_id))
        .where(
            col(grant.scope_id) == asked.network_id,
            col(grant.created_at) <= asked.since,
            or_(col(grant.expires_at).is_(None), col(grant.expires_at) > now),
            or_(named, chosen),
            col(User.state) == UserState.active,
            col(grant.principal_id).not_in(made),
            col(grant.principal_id).not_in(operators),
            ~belongs_to(col(grant.principal_id), with_shared(organisations_of(first, asked.begun), now), asked.begun),
            ~tied(col(grant.principal_id), asked.applicants, asked.begun, spared=asked.spared),
            true() if asked.kept_out is None else ~asked.kept_out(col(grant.principal_id)),
        )
        .distinct()
        .order_by(col(grant.principal_id))
    )
