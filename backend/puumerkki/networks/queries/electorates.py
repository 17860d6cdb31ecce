"""Who votes on what came to a network: whoever was a member with a vote at that moment, and has not left since."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SelectBase, and_, any_, exists, func, or_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased
from sqlalchemy.types import Date, DateTime, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.networks.models.networks import (
    MemberRight,
    MemberState,
    Network,
    NetworkMember,
    NetworkState,
    Rulebook,
    RulebookAcceptance,
)
from puumerkki.organisations.models.organisations import Organisation, OrganisationState

_NETWORK = param("network", Uuid())
_AT = param("at", DateTime(timezone=True))
VOTING = (MemberState.active, MemberState.leaving)
"""In which states a member votes on what came before."""


def left_since(at: Any) -> ColumnElement[bool]:
    """SQL over `network_member`: it is no member any more, or left after a moment and came back; or it is archived, or
    nobody has confirmed it.
    """
    again, before = aliased(MemberRight), aliased(MemberRight)
    came_back = (
        exists()
        .where(
            col(again.member_id) == col(NetworkMember.id),
            col(again.from_at) > at,
            ~exists()
            .where(col(before.member_id) == col(again.member_id), col(before.until_at) == col(again.from_at))
            .correlate(again),
        )
        .correlate(NetworkMember)
    )
    acts_not = exists().where(
        col(Organisation.id) == col(NetworkMember.organisation_id),
        or_(col(Organisation.state) == OrganisationState.archived, col(Organisation.confirmed_at).is_(None)),
    )
    return or_(col(NetworkMember.state).not_in(VOTING), came_back, acts_not)


def _had_vote() -> ColumnElement[bool]:
    right = aliased(MemberRight)
    return exists().where(
        col(right.member_id) == col(NetworkMember.id),
        col(right.votes),
        col(right.from_at) <= _AT,
        or_(col(right.until_at).is_(None), col(right.until_at) > _AT),
    )


def _accepted() -> ColumnElement[bool]:
    """It accepted the rulebook of that moment or a later one, or the one before while that still counts.

    Where there was none yet, the first one that came counts.
    """
    book, first, former, agreed = (aliased(Rulebook) for _ in range(4))
    known = col(first.network_id) == _NETWORK, col(first.in_force_at).is_not(None)
    number = func.coalesce(
        select(func.max(first.number)).where(*known, col(first.in_force_at) <= _AT).scalar_subquery(),
        select(func.min(first.number)).where(*known).scalar_subquery(),
    )
    before = (
        select(func.max(former.number))
        .where(
            col(former.network_id) == _NETWORK,
            col(former.in_force_at).is_not(None),
            col(former.number) < col(book.number),
        )
        .correlate(book)
        .scalar_subquery()
    )
    still = and_(col(book.accept_by) >= param("today", Date()), col(agreed.number) == before)
    return exists().where(
        col(book.network_id) == _NETWORK,
        col(book.number) == number,
        col(agreed.network_id) == _NETWORK,
        or_(col(agreed.number) >= col(book.number), still),
        col(RulebookAcceptance.rulebook_id) == col(agreed.id),
        col(RulebookAcceptance.member_id) == col(NetworkMember.id),
    )


def _electorate() -> SelectBase:
    return (
        select(NetworkMember.id)
        .where(col(NetworkMember.network_id) == _NETWORK, _had_vote(), ~left_since(_AT), _accepted())
        .order_by(col(NetworkMember.id))
    )


_ELECTORATE = Statement(_electorate)
_LEFT = Statement(
    lambda: select(NetworkMember.id).where(
        col(NetworkMember.id) == any_(param("members", ARRAY(Uuid()))), left_since(_AT)
    )
)


async def electorate(session: AsyncSession, network_id: UUID, at: datetime | None = None) -> list[NetworkMember]:
    """The members that may vote on what came at a moment (now, where none is given).

    They were members with a vote then, have accepted the rules of that day or later ones, and have not left since.
    """
    moment = at or clock.now()
    found = await _ELECTORATE.fetch_all(session, network=network_id, at=moment, today=clock.today())
    members = await session.exec(
        select(NetworkMember)
        .where(col(NetworkMember.id).in_([id_ for (id_,) in found]))
        .order_by(col(NetworkMember.id))
    )
    return list(members.all())


async def lead_alone(session: AsyncSession, network: Network) -> bool:
    """Whether a network is forming and nobody takes part in it yet, so that whoever leads it has nobody to ask."""
    return network.state == NetworkState.forming and not await electorate(session, network.id)


async def have_left(session: AsyncSession, member_ids: list[UUID], since: datetime) -> frozenset[UUID]:
    """Those of some members that left after a moment, whether or not they came back, or were archived."""
    found = await _LEFT.fetch_all(session, members=member_ids, at=since)
    return frozenset(id_ for (id_,) in found)
