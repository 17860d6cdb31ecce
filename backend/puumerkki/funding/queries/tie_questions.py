"""Ties in dispute: what is asked in a case, about whom, and who may ask or settle it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, literal, or_
from sqlalchemy import select as core_select
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import PrincipalKind, RoleGrant, Tie
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.funding.models import Handling, PartnerRequest, TieQuestion
from puumerkki.funding.queries.applicants import applicants_for_ties, begun, is_tied
from puumerkki.funding.queries.hats import has_led
from puumerkki.funding.queries.second_persons import wanted
from puumerkki.funding.queries.settled_ties import Scope, alleged, in_authority, in_network, is_open, unfounded
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.networks.queries.second_persons import is_second_person, second_persons
from puumerkki.organisations.models import Organisation

IN_NETWORK = (Role.representative, Role.deputy, Role.coordinator, Role.chair, Role.secretary)
IN_AUTHORITY = (Role.officer, Role.decider)


@dataclass(frozen=True)
class TieCase:
    """The case in which it is asked: a network's handling, or an authority's request."""

    of: Handling | PartnerRequest

    @property
    def application_id(self) -> UUID:
        return self.of.application_id

    @property
    def network_id(self) -> UUID | None:
        return self.of.network_id if isinstance(self.of, Handling) else None

    @property
    def authority_id(self) -> UUID | None:
        return self.of.authority_id if isinstance(self.of, PartnerRequest) else None

    @property
    def where(self) -> UUID:
        """The network or the authority."""
        return self.of.network_id if isinstance(self.of, Handling) else self.of.authority_id

    @property
    def scope(self) -> Scope:
        return in_network(self.where) if self.network_id else in_authority(self.where)


async def is_alleged(
    session: AsyncSession,
    principal_id: UUID,
    application_id: UUID,
    *,
    network_id: UUID | None = None,
    authority_id: UUID | None = None,
) -> bool:
    """Whether somebody is said to be tied in a case, and nobody has settled it."""
    scope = in_network(network_id) if network_id else in_authority(authority_id)
    said = alleged(literal(principal_id, Uuid()), literal(application_id, Uuid()), scope, clock.now())
    return bool((await session.exec(select(said))).one())


async def tied_here(session: AsyncSession, case: TieCase, principal_id: UUID) -> bool:
    """Whether somebody is tied in the case, by what is on record or was settled."""
    return await is_tied(
        session, principal_id, case.application_id, network_id=case.network_id, authority_id=case.authority_id
    )


async def questions(session: AsyncSession, case: TieCase) -> Sequence[TieQuestion]:
    """All that was asked in the case, the newest first."""
    statement = select(TieQuestion).where(
        col(TieQuestion.application_id) == case.application_id, case.scope(TieQuestion)
    )
    order = (col(TieQuestion.raised_at).desc(), col(TieQuestion.id).desc())
    return (await session.exec(statement.order_by(*order))).all()


async def open_of(session: AsyncSession, case: TieCase, raised_by: UUID) -> int:
    """How many questions somebody has open in the case."""
    statement = (
        select(func.count())
        .select_from(TieQuestion)
        .where(
            col(TieQuestion.application_id) == case.application_id,
            case.scope(TieQuestion),
            col(TieQuestion.raised_by) == raised_by,
            is_open(TieQuestion, clock.now()),
        )
    )
    return (await session.exec(statement)).one()


async def acting(session: AsyncSession, case: TieCase) -> Sequence[tuple[UUID, str]]:
    """Who votes, leads or confirms in the network, or prepares and decides for the authority, by name."""
    roles = IN_NETWORK if case.network_id else IN_AUTHORITY
    held = select(RoleGrant.principal_id).where(
        col(RoleGrant.scope_id) == case.where,
        col(RoleGrant.role).in_(roles),
        or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
    )
    statement = select(User.id, User.name).where(col(User.id).in_(held), col(User.state) == UserState.active)
    return (await session.exec(statement.order_by(col(User.name), col(User.id)))).all()


async def applicants_named(session: AsyncSession, application_id: UUID) -> Sequence[Organisation]:
    """To whom somebody can be tied: the applicants of all versions, and their hosts."""
    ids = core_select(applicants_for_ties(literal(application_id, Uuid())).subquery().c[0])
    statement = select(Organisation).where(col(Organisation.id).in_(ids))
    return (await session.exec(statement.order_by(col(Organisation.sort_key), col(Organisation.id)))).all()


async def ties_on_record(session: AsyncSession, case: TieCase, principal_id: UUID) -> frozenset[UUID]:
    """The applicants to which somebody has a tie on record that counts here."""
    id_ = literal(case.application_id, Uuid())
    statement = select(Tie.organisation_id).where(
        col(Tie.principal_id) == principal_id,
        col(Tie.organisation_id).in_(applicants_for_ties(id_)),
        or_(col(Tie.until_at).is_(None), col(Tie.until_at) >= begun(id_)),
        ~unfounded(Tie, id_, case.scope),
    )
    return frozenset((await session.exec(statement)).all())


def takes_part(actor: Actor, case: TieCase, *, applicants: Sequence[UUID], authorities: Sequence[UUID]) -> bool:
    """Whether somebody may say that a person is tied: people of applicants, members and asked authorities."""
    networks = [case.network_id] if case.network_id else []
    sides = (*networks, *applicants, *authorities)
    return actor.kind == PrincipalKind.user and any(actor.may(P.threads_write, one) for one in sides)


async def settlers(session: AsyncSession, case: TieCase, question: TieQuestion) -> Sequence[UUID]:
    """Who could settle it in a network now: a second person for whoever raised it and for whom it is about."""
    if not isinstance(case.of, Handling):
        return []
    first, other = [
        await second_persons(session, wanted(case.of, first_id=one))
        for one in (question.raised_by, question.principal_id)
    ]
    return sorted(set(first) & set(other))


async def may_settle(session: AsyncSession, actor: Actor, case: TieCase, question: TieQuestion) -> bool:
    """Whether somebody may settle it: a second person of the network, or an untied decider of the authority."""
    who = actor.id
    if who is None or actor.kind != PrincipalKind.user or who in (question.raised_by, question.principal_id):
        return False
    if isinstance(case.of, Handling):
        asked = [wanted(case.of, first_id=one) for one in {question.raised_by, question.principal_id}]
        return all([await is_second_person(session, one, who) for one in asked])
    if not actor.may(P.partner_requests_decide, case.where) or await tied_here(session, case, who):
        return False
    said = await is_alleged(session, who, case.application_id, authority_id=case.authority_id)
    return not said and not await has_led(session, who, case.application_id)
