"""Who takes part: a member votes and submits only after it accepted the rulebook in force."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, DateTime, and_, bindparam, cast, exists, func, literal, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.networks.models.networks import MemberState, NetworkMember, Rulebook, RulebookAcceptance, RulebookState


def now_of() -> ColumnElement[Any]:
    """SQL: the present moment, the parameter `caller_now` that every read carries."""
    return bindparam("caller_now", clock.now(), type_=DateTime(timezone=True))


def today_of() -> ColumnElement[Any]:
    """SQL: the present day in Finland."""
    return cast(func.timezone(literal(clock.FINLAND.key), now_of()), Date)


def takes_part(today: Any) -> ColumnElement[bool]:
    """SQL over `network_member`: an active member that accepted the rulebook in force.

    Until the last day to accept the version in force, an acceptance of the version before it still counts.
    `today` is a day, or an expression that gives one.
    """
    book = Rulebook.__table__.alias("accepted_book")  # type: ignore[attr-defined]
    force = Rulebook.__table__.alias("book_in_force")  # type: ignore[attr-defined]
    older = Rulebook.__table__.alias("older_book")  # type: ignore[attr-defined]
    before = (
        select(func.max(older.c.number))
        .where(older.c.network_id == book.c.network_id, older.c.state == RulebookState.replaced)
        .scalar_subquery()
    )
    still_time = exists().where(
        force.c.network_id == book.c.network_id, force.c.state == RulebookState.in_force, force.c.accept_by >= today
    )
    accepted = (
        exists()
        .where(
            col(RulebookAcceptance.member_id) == col(NetworkMember.id),
            col(RulebookAcceptance.rulebook_id) == book.c.id,
            book.c.network_id == col(NetworkMember.network_id),
            or_(
                book.c.state == RulebookState.in_force,
                and_(book.c.state == RulebookState.replaced, book.c.number == before, still_time),
            ),
        )
        .correlate(NetworkMember.__table__)  # type: ignore[attr-defined]
    )
    return and_(col(NetworkMember.state) == MemberState.active, accepted)


async def member_of(session: AsyncSession, network_id: UUID, organisation_id: UUID) -> NetworkMember | None:
    """How an organisation stands to a network, in whatever state; None where they never met."""
    found = await session.exec(
        select(NetworkMember).where(
            col(NetworkMember.network_id) == network_id, col(NetworkMember.organisation_id) == organisation_id
        )
    )
    return found.one_or_none()


async def takes_part_now(session: AsyncSession, member: NetworkMember) -> bool:
    """Whether a member is active and accepted the rules that hold today."""
    found = await session.exec(
        select(NetworkMember.id).where(col(NetworkMember.id) == member.id, takes_part(clock.today()))
    )
    return found.first() is not None
