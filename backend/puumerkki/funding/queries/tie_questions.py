"""Ties in dispute: what is asked in a case, about whom, and who may ask or settle it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal, or_
from sqlalchemy import select as core_select
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import PrincipalKind, RoleGrant, Tie
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.funding.models.handlings import Handling
from puumerkki.funding.models.handovers import CaseOffice
from puumerkki.funding.models.partner_requests import PartnerRequest
from puumerkki.funding.models.recipients import HandlingState
from puumerkki.funding.models.ties import TieQuestion
from puumerkki.funding.queries.acting import OPEN, handed_to
from puumerkki.funding.queries.acting import acting as in_place
from puumerkki.funding.queries.applicants import applicants_for_ties, begun
from puumerkki.funding.queries.hats import has_led
from puumerkki.funding.queries.second_persons import wanted
from puumerkki.funding.queries.settled_ties import Scope, alleged, in_authority, in_network, is_open, unfounded
from puumerkki.funding.queries.tied import is_tied
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.networks.queries.second_persons import Asked, is_second_person, second_persons
from puumerkki.networks.queries.sides import belongs_to, organisations_of, with_shared
from puumerkki.organisations.models import Organisation

IN_NETWORK = (Role.representative, Role.deputy, Role.coordinator, Role.chair, Role.secretary)
IN_AUTHORITY = (Role.officer, Role.decider)
_OVER = (HandlingState.declined, HandlingState.stated, HandlingState.lapsed, HandlingState.withdrawn)


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


def is_over(case: TieCase) -> bool:
    """Whether nothing is done in the case any more for which a tie counts."""
    if isinstance(case.of, Handling):
        return case.of.state in _OVER
    return case.of.state not in OPEN and case.of.to_look_at is None


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


def reasons_of(question: TieQuestion) -> tuple[str | None, str | None]:
    """The reason of the answer that stands, and that of the other one who was asked."""
    first, second = question.settled_reason, question.seconded_reason
    return (first, second) if question.holds or second is None else (second, first)


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
    # read under a lock, too: what was settled meanwhile is seen
    statement = statement.order_by(*order).execution_options(populate_existing=True)
    return (await session.exec(statement)).all()


async def open_of(session: AsyncSession, case: TieCase, raised_by: UUID) -> int:
    """How many questions somebody and the others of their organisations have open in the case."""
    statement = (
        select(func.count())
        .select_from(TieQuestion)
        .where(
            col(TieQuestion.application_id) == case.application_id,
            case.scope(TieQuestion),
            of_one_side(case, raised_by, col(TieQuestion.raised_by)),
            is_open(TieQuestion, clock.now()),
        )
    )
    return (await session.exec(statement)).one()


def of_one_side(case: TieCase, first_id: UUID, other: Any) -> ColumnElement[bool]:
    """SQL: somebody is this person, or of one organisation with them."""
    since = begun(literal(case.application_id, Uuid()))
    theirs = with_shared(organisations_of(core_select(literal(first_id, Uuid())), since), literal(clock.now()))
    return or_(other == first_id, belongs_to(other, theirs, since))


async def raised_by_side(session: AsyncSession, case: TieCase, principal_id: UUID, ids: Sequence[UUID]) -> bool:
    """Whether somebody of one organisation with a person is among those who raised some questions."""
    raised = select(TieQuestion.id).where(
        col(TieQuestion.id).in_(ids), of_one_side(case, principal_id, col(TieQuestion.raised_by))
    )
    return (await session.exec(raised.limit(1))).first() is not None


async def acting(session: AsyncSession, case: TieCase) -> Sequence[tuple[UUID, str]]:
    """Who votes, leads or confirms in the network, or prepares and decides for the authority, by name.

    For an authority also to whom an owner handed the case, while everybody in the office takes no part.
    """
    roles = IN_NETWORK if case.network_id else IN_AUTHORITY
    held = select(RoleGrant.principal_id).where(
        col(RoleGrant.scope_id) == case.where,
        col(RoleGrant.role).in_(roles),
        or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
    )
    handed = await handed_to(session, case.of) if isinstance(case.of, PartnerRequest) else ()
    in_case = or_(col(User.id).in_(held), col(User.id).in_(handed))
    statement = select(User.id, User.name).where(in_case, col(User.state) == UserState.active)
    return (await session.exec(statement.order_by(col(User.name), col(User.id)))).all()


async def open_ties(session: AsyncSession, principal_id: UUID) -> frozenset[UUID]:
    """The organisations in which somebody has a role, or to which they have declared a tie and not taken it back."""
    statement = select(Tie.organisation_id).where(
        col(Tie.principal_id) == principal_id,
        or_(col(Tie.until_at).is_(None), col(Tie.until_at) > clock.now()),
    )
    return frozenset((await session.exec(statement)).all())


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
    """Who could settle it now: in a network a second person for whoever raised it and for whom it is about, for an
    authority its untied deciders with one hat.
    """
    if not isinstance(case.of, Handling):
        deciders = await _deciders(session, case.of)
        return [one for one in deciders if await decides_on(session, case, question, one)]
    first, other = [await second_persons(session, one) for one in _sides(case.of, question)]
    return sorted(set(first) & set(other))


def _sides(handling: Handling, question: TieQuestion) -> list[Asked]:
    """Of another side than who raised it, whom it is about, and who said how it is. Whoever is said to be tied too
    says it of others: otherwise a word about everybody would leave nobody.
    """
    others = (question.settled_by,) if question.settled_by else ()
    return [
        wanted(handling, first_id=one, others=others, said_too=True)
        for one in (question.raised_by, question.principal_id)
    ]


async def _deciders(session: AsyncSession, request: PartnerRequest) -> Sequence[UUID]:
    """Who decides for the authority, by office or because an owner handed the case over and nobody in office may."""
    held = select(RoleGrant.principal_id).where(
        col(RoleGrant.scope_id) == request.authority_id,
        col(RoleGrant.role) == Role.decider,
        or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
    )
    handed = await handed_to(session, request, CaseOffice.decider)
    statement = select(User.id).where(or_(col(User.id).in_(held), col(User.id).in_(handed)))
    return (await session.exec(statement.where(col(User.state) == UserState.active).order_by(col(User.id)))).all()


async def decides_on(session: AsyncSession, case: TieCase, question: TieQuestion, who: UUID) -> bool:
    """Whether a decider settles it: neither who raised it nor whom it is about, untied, with one hat."""
    if who in (question.raised_by, question.principal_id) or await tied_here(session, case, who):
        return False
    return not await has_led(session, who, case.application_id)


async def may_settle(session: AsyncSession, actor: Actor, case: TieCase, question: TieQuestion) -> bool:
    """Whether somebody may settle it: a second person of the network, or an untied decider of the authority."""
    who = actor.id
    if who is None or actor.kind != PrincipalKind.user or who in (question.raised_by, question.principal_id):
        return False
    if isinstance(case.of, Handling):
        return all([await is_second_person(session, one, who) for one in _sides(case.of, question)])
    decides = (await in_place(session, actor, case.of)).may(P.partner_requests_decide, case.where)
    return decides and await decides_on(session, case, question, who)
