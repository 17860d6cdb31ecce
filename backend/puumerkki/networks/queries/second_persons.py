"""Who may be the second person of a step: somebody else, of another organisation, whom members named or chose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SelectBase, and_, cast, exists, false, func, null, or_, true
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import DateTime, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import REPRESENTATIVES, Role
from puumerkki.identity.making import made_by
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.networks.models.networks import MemberState, NetworkMember
from puumerkki.networks.queries.sides import belongs_to, organisations_of, with_shared
from puumerkki.organisations.models.organisations import Organisation, OrganisationState
from puumerkki.organisations.queries.ties import tied

_NETWORK, _PERSON = param("network", Uuid()), param("person", Uuid())
_FIRSTS = param("firsts", ARRAY(Uuid()))
_SINCE, _NOW = param("since", DateTime(timezone=True)), param("now", DateTime(timezone=True))

DAYS_FOR_SECOND = 7
"""Within how many days a second person is hoped to confirm something, or to drop it."""


@dataclass(frozen=True)
class Bars:
    """What keeps people out, as SQL over a kind's own parameters.

    `applicants`, `begun`: the organisations whose people are tied, and since when ties count (to these, and to an
    organisation that two people share). `spared`: over a tie, under which it does not count; `kept_out`: over a person:
    out without a tie.
    """

    applicants: SelectBase
    begun: Any
    spared: Callable[[Any], ColumnElement[bool]] | None = None
    kept_out: Callable[[Any], ColumnElement[bool]] | None = None


class Candidates:
    """Who may be second in one kind of case: statements that are built once, from what `bars` makes."""

    def __init__(self, bars: Callable[[], Bars]) -> None:
        self.all = Statement(lambda: _candidates(bars()))
        self.one = Statement(lambda: _candidates(bars()).where(col(RoleGrant.principal_id) == _PERSON))


@dataclass(frozen=True)
class Asked:
    """For what one is wanted: `first_id` acts (`others` with them), the version is there since `since`.

    `given`: the parameters of the kind's own bars.
    """

    kind: Candidates
    network_id: UUID
    first_id: UUID
    since: datetime
    others: tuple[UUID, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def params(self) -> dict[str, Any]:
        """All parameters of its statements."""
        firsts = [self.first_id, *self.others]
        return {"network": self.network_id, "firsts": firsts, "since": self.since, "now": clock.now(), **self.given}


async def second_persons(session: AsyncSession, asked: Asked) -> list[UUID]:
    """All who could confirm it now."""
    return [id_ for (id_,) in await asked.kind.all.fetch_all(session, **asked.params)]


async def has_second_person(session: AsyncSession, asked: Asked) -> bool:
    """Whether there is any."""
    return await asked.kind.all.fetch_one(session, **asked.params) is not None


async def is_second_person(session: AsyncSession, asked: Asked, principal_id: UUID) -> bool:
    """Whether somebody is one."""
    return await asked.kind.one.fetch_one(session, **asked.params, person=principal_id) is not None


def _candidates(bars: Bars) -> SelectOfScalar[UUID]:
    """Untied people who can sign in, in their role before the version came, and not of the first's side.

    Whoever became a representative by the first, or by somebody whom the first made, was not named by the member.
    Organisations that share an owner or a signatory are one side. Operators take no part.
    """
    grant = RoleGrant
    first = core_select(func.unnest(_FIRSTS).label("id"))
    made = made_by(first)
    operators = core_select(col(RoleGrant.principal_id)).where(col(RoleGrant.role) == Role.operator)
    named = and_(
        col(grant.role).in_(REPRESENTATIVES),
        or_(col(grant.granted_by).is_(None), col(grant.granted_by).not_in(made)),
        exists().where(
            col(NetworkMember.network_id) == _NETWORK,
            col(NetworkMember.organisation_id) == col(grant.for_organisation_id),
            col(NetworkMember.state) == MemberState.active,
            col(NetworkMember.organisation_id).in_(
                core_select(col(Organisation.id)).where(
                    col(Organisation.state) == OrganisationState.active, col(Organisation.confirmed_at).is_not(None)
                )
            ),
        ),
    )
    chosen = and_(col(grant.role).in_([Role.chair, Role.secretary]), col(grant.chosen_at) <= _SINCE)
    return (
        select(col(grant.principal_id))
        .join(User, col(User.id) == col(grant.principal_id))
        .where(
            col(grant.scope_id) == _NETWORK,
            col(grant.created_at) <= _SINCE,
            or_(col(grant.expires_at).is_(None), col(grant.expires_at) > _NOW),
            or_(named, chosen),
            col(User.state) == UserState.active,
            col(grant.principal_id).not_in(made),
            col(grant.principal_id).not_in(operators),
            ~belongs_to(col(grant.principal_id), with_shared(organisations_of(first, bars.begun), _NOW), bars.begun),
            ~tied(col(grant.principal_id), bars.applicants, bars.begun, spared=bars.spared),
            true() if bars.kept_out is None else ~bars.kept_out(col(grant.principal_id)),
        )
        .distinct()
        .order_by(col(grant.principal_id))
    )


OF_THE_NETWORK = Candidates(lambda: Bars(core_select(cast(null(), Uuid[UUID]())).where(false()), _SINCE))
"""In a matter of the network itself: no applicant is in play, so nobody is tied."""
