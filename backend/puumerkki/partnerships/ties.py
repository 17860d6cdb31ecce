"""Ties in dispute in an authority's case: who settles them, and until when."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.disqualification.models.ties import TieQuestion
from puumerkki.disqualification.queries.tie_questions import acting_there, tied_here
from puumerkki.disqualification.tie_cases import DAYS, CaseKind, TieCase
from puumerkki.handlings.queries.two_hats import has_led
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.kernel.workdays import deadline
from puumerkki.partnerships.models.handovers import CaseOffice
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.acting import OPEN, acting, handed_to
from puumerkki.partnerships.queries.partner_requests import readable_request

ROLES = (Role.officer, Role.decider)


def tie_case(request: PartnerRequest) -> TieCase:
    """The case in which a tie is disputed."""
    return TieCase(
        row=request,
        id=request.id,
        application_id=request.application_id,
        version_number=request.version_number,
        authority_id=request.authority_id,
    )


async def _find(session: AsyncSession, application_id: UUID, authority_id: UUID) -> TieCase:
    statement = select(PartnerRequest).where(
        col(PartnerRequest.application_id) == application_id, col(PartnerRequest.authority_id) == authority_id
    )
    return tie_case((await session.exec(statement)).one())


async def _readable(session: AsyncSession, actor: Actor, request_id: UUID) -> TieCase:
    return tie_case(await readable_request(session, actor, request_id))


async def _lock(session: AsyncSession, case: TieCase) -> TieCase:
    await session.refresh(case.row, with_for_update=True)
    return tie_case(case.row)


async def _is_over(session: AsyncSession, case: TieCase) -> bool:
    return case.row.state not in OPEN and case.row.to_look_at is None


async def _acting(session: AsyncSession, case: TieCase) -> Sequence[tuple[UUID, str]]:
    """Who prepares and decides for the authority, also to whom an owner handed the case: who is tied can dispute it."""
    return await acting_there(session, case, ROLES, handed=await handed_to(session, case.row, able=False))


async def _settlers(session: AsyncSession, case: TieCase, question: TieQuestion) -> Sequence[UUID]:
    """The authority's untied deciders with one hat."""
    deciders = await _deciders(session, case.row)
    return [one for one in deciders if await decides_on(session, case, question, one)]


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


async def _may_settle(session: AsyncSession, actor: Actor, case: TieCase, question: TieQuestion) -> bool:
    assert actor.id is not None
    there = await acting(session, actor, case.row)
    decides = there.may(P.partner_requests_decide, case.where)
    return decides and await decides_on(session, case, question, actor.id)


async def _settle_by(session: AsyncSession, case: TieCase) -> datetime:
    return deadline(DAYS)


async def _carry_out(session: AsyncSession, case: TieCase, question: TieQuestion) -> None:
    """Who is tied is asked at every step."""


TIES = CaseKind(
    find=_find,
    readable=_readable,
    lock=_lock,
    is_over=_is_over,
    acting=_acting,
    settlers=_settlers,
    may_settle=_may_settle,
    settle_by=_settle_by,
    carry_out=_carry_out,
)
