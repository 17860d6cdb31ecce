"""Ties in dispute: what is asked in a case, about whom, and who may ask or settle it."""

from collections.abc import Sequence
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
from puumerkki.applications.queries.applicants import applicants_for_ties, begun
from puumerkki.disqualification.models.ties import TieQuestion
from puumerkki.disqualification.queries.settled_ties import alleged, in_authority, in_network, is_open, unfounded
from puumerkki.disqualification.queries.tied import is_tied
from puumerkki.disqualification.tie_cases import TieCase, kind_of
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.networks.queries.sides import belongs_to, organisations_of, with_shared
from puumerkki.organisations.models.organisations import Organisation


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


async def acting_there(
    session: AsyncSession, case: TieCase, roles: Sequence[Role], *, handed: Sequence[UUID] = ()
) -> Sequence[tuple[UUID, str]]:
    """Who has one of the roles where the case is, or to whom it was handed over; by name."""
    held = select(RoleGrant.principal_id).where(
        col(RoleGrant.scope_id) == case.where,
        col(RoleGrant.role).in_(roles),
        or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
    )
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
    return actor.kind == PrincipalKind.user and any(actor.may(P.discussions_write, one) for one in sides)


async def may_settle(session: AsyncSession, actor: Actor, case: TieCase, question: TieQuestion) -> bool:
    """Whether somebody may settle it: a second person of the network, or an untied decider of the authority."""
    who = actor.id
    if who is None or actor.kind != PrincipalKind.user or who in (question.raised_by, question.principal_id):
        return False
    return await kind_of(case).may_settle(session, actor, case, question)
