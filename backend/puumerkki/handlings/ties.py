"""Settles disputed ties in a network's handling: by whom, until when, and with what effect."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.disqualification.errors.ties import BallotCounted
from puumerkki.disqualification.models.ties import TieQuestion
from puumerkki.disqualification.queries.tie_questions import acting_there
from puumerkki.disqualification.tie_cases import DAYS, CaseKind, TieCase
from puumerkki.handlings.models.handlings import BallotState, Handling
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.queries.handlings import tie_case
from puumerkki.handlings.queries.second_persons import second_persons_for
from puumerkki.handlings.service import ballots
from puumerkki.handlings.service.counting import close_if_due
from puumerkki.handlings.service.handling_context import lock
from puumerkki.handlings.service.tied_votes import readmit_untied_members, remove_tied_votes
from puumerkki.kernel.workdays import deadline
from puumerkki.networks.queries.second_persons import Asked, is_second_person, second_persons

ROLES = (Role.representative, Role.deputy, Role.coordinator, Role.chair, Role.secretary)
_OVER = (HandlingState.declined, HandlingState.stated, HandlingState.lapsed, HandlingState.withdrawn)


async def _find(session: AsyncSession, application_id: UUID, network_id: UUID) -> TieCase:
    statement = select(Handling).where(
        col(Handling.application_id) == application_id, col(Handling.network_id) == network_id
    )
    return tie_case((await session.exec(statement)).one())


async def _readable(session: AsyncSession, actor: Actor, handling_id: UUID) -> TieCase:
    return tie_case(await queries.handling(session, actor, handling_id))


async def _lock(session: AsyncSession, case: TieCase) -> TieCase:
    _, handling = await lock(session, case.row)
    await close_if_due(session, handling)
    return tie_case(handling)


async def _is_over(session: AsyncSession, case: TieCase) -> bool:
    return case.row.state in _OVER


async def _acting(session: AsyncSession, case: TieCase) -> Sequence[tuple[UUID, str]]:
    """Who votes, leads or confirms in the network."""
    return await acting_there(session, case, ROLES)


def _sides(handling: Handling, question: TieQuestion) -> list[Asked]:
    """Of another side than who raised it, whom it is about, and who said how it is. Whoever is said to be tied too
    says it of others: otherwise a word about everybody would leave nobody.
    """
    others = (question.settled_by,) if question.settled_by else ()
    return [
        second_persons_for(handling, first_id=one, others=others, said_too=True)
        for one in (question.raised_by, question.principal_id)
    ]


async def _settlers(session: AsyncSession, case: TieCase, question: TieQuestion) -> Sequence[UUID]:
    """Second persons for whoever raised it and for whom it is about."""
    sides = _sides(case.row, question)
    first, other = [await second_persons(session, one) for one in sides]
    return sorted(set(first) & set(other))


async def _may_settle(session: AsyncSession, actor: Actor, case: TieCase, question: TieQuestion) -> bool:
    assert actor.id is not None
    sides = _sides(case.row, question)
    return all([await is_second_person(session, one, actor.id) for one in sides])


async def _settle_by(session: AsyncSession, case: TieCase) -> datetime:
    """A week, and before the count. What was counted is annulled instead, by two persons."""
    week = deadline(DAYS)
    ballot = await ballots.newest(session, case.id)
    if ballot is None or ballot.state is BallotState.annulled:
        return week
    if ballot.state is BallotState.open:
        return min(week, ballot.closes_at)
    if case.row.state is HandlingState.in_ballot:
        raise BallotCounted()
    return week


async def _carry_out(session: AsyncSession, case: TieCase, question: TieQuestion) -> None:
    """The person's vote goes, or may stand, in the ballot that is open."""
    ballot = await ballots.newest(session, case.id, for_update=True)
    if ballot is not None and ballot.state is BallotState.open:
        take = remove_tied_votes if question.holds else readmit_untied_members
        await take(session, case.row, ballot)


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
