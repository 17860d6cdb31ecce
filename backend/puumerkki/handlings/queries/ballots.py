"""Reads of ballots. What is hidden until the close is read here only for the count and for one's own votes."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.handlings.models.votes import BallotElector, Recusal, Vote


async def electorate(session: AsyncSession, ballot_id: UUID) -> frozenset[UUID]:
    """The members in the frozen electorate."""
    statement = select(BallotElector.member_id).where(col(BallotElector.ballot_id) == ballot_id)
    return frozenset((await session.exec(statement)).all())


async def recused(session: AsyncSession, ballot_id: UUID) -> frozenset[UUID]:
    """The members that stand aside."""
    statement = select(Recusal.member_id).where(col(Recusal.ballot_id) == ballot_id)
    return frozenset((await session.exec(statement)).all())


async def applying(session: AsyncSession, ballot_id: UUID) -> frozenset[UUID]:
    """The members that stand aside since they apply themselves."""
    statement = select(Recusal.member_id).where(col(Recusal.ballot_id) == ballot_id, col(Recusal.own_application))
    return frozenset((await session.exec(statement)).all())


async def blocs(session: AsyncSession, ballot_id: UUID) -> dict[UUID, UUID]:
    """Each elector's bloc: with whom it has one vote."""
    statement = select(BallotElector.member_id, BallotElector.bloc_id).where(col(BallotElector.ballot_id) == ballot_id)
    return {member: bloc or member for member, bloc in (await session.exec(statement)).all()}


async def interests(session: AsyncSession, ballot_id: UUID, *, aside: Collection[UUID]) -> list[dict[str, Any]]:
    """The electors that vote though they are near the application, each with what is near about it."""
    statement = select(BallotElector).where(
        col(BallotElector.ballot_id) == ballot_id, col(BallotElector.umbrella) | col(BallotElector.same_call)
    )
    found = (await session.exec(statement.order_by(col(BallotElector.member_id)))).all()
    return [
        {"member_id": one.member_id, "umbrella": one.umbrella, "same_call": one.same_call}
        for one in found
        if one.member_id not in aside
    ]


async def blocs_voted(session: AsyncSession, ballot_id: UUID) -> dict[UUID, UUID]:
    """By bloc: the member that votes for it. What was written down for one yields to the others' own votes."""
    statement = (
        select(BallotElector.bloc_id, Vote.member_id)
        .join(
            Vote,
            (col(Vote.ballot_id) == col(BallotElector.ballot_id)) & (col(Vote.member_id) == BallotElector.member_id),
        )
        .where(col(BallotElector.ballot_id) == ballot_id, col(Vote.recorded).is_(False))
        .order_by(col(Vote.created_at).desc(), col(Vote.id).desc())
    )
    return {bloc or member: member for bloc, member in (await session.exec(statement)).all()}


async def votes(session: AsyncSession, ballot_id: UUID, *, members: Collection[UUID] | None = None) -> Sequence[Vote]:
    """The votes of a ballot, or those of some members."""
    statement = select(Vote).where(col(Vote.ballot_id) == ballot_id).order_by(col(Vote.member_id))
    if members is not None:
        statement = statement.where(col(Vote.member_id).in_(members))
    return (await session.exec(statement)).all()


async def recorders(session: AsyncSession, ballot_id: UUID) -> Sequence[UUID]:
    """Who wrote votes down for members."""
    statement = select(Vote.cast_by).where(col(Vote.ballot_id) == ballot_id, col(Vote.recorded)).distinct()
    return (await session.exec(statement.order_by(col(Vote.cast_by)))).all()


async def turnout(session: AsyncSession, ballot_id: UUID) -> int:
    """How many have voted."""
    statement = select(func.count()).select_from(Vote).where(col(Vote.ballot_id) == ballot_id)
    return (await session.exec(statement)).one()


async def recorded(session: AsyncSession, ballot_id: UUID) -> int:
    """How many votes were written down for members."""
    statement = select(func.count()).select_from(Vote).where(col(Vote.ballot_id) == ballot_id, col(Vote.recorded))
    return (await session.exec(statement)).one()


async def early_close_agreed(session: AsyncSession, ballot_id: UUID) -> int:
    """How many members agree that the ballot closes once all have voted."""
    statement = select(func.count()).select_from(Vote).where(col(Vote.ballot_id) == ballot_id, col(Vote.early_close))
    return (await session.exec(statement)).one()
