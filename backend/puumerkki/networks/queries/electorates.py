"""Who votes on what came to a network: whoever was a member with a vote at that moment, and has not left since.

Two that are merged are one all along: the one that remains votes in place of the other. Parted again, each has its own.
"""

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
from puumerkki.organisations.models.archivings import OrganisationSuccession
from puumerkki.organisations.models.merges import OrganisationMerge
from puumerkki.organisations.models.organisations import Organisation, OrganisationState

_NETWORK = param("network", Uuid())
_AT = param("at", DateTime(timezone=True))
VOTING = (MemberState.active, MemberState.leaving)
"""In which states a member votes on what came before."""


def left_since(at: Any) -> ColumnElement[bool]:
    """SQL over `network_member`: it is no member any more, or left after a moment and came back; or it is archived, or
    nobody has confirmed it.
    """
    came_back = and_(_came_back(NetworkMember, at), ~_in_place_of_merged(at))
    acts_not = exists().where(
        col(Organisation.id) == col(NetworkMember.organisation_id),
        or_(col(Organisation.state) == OrganisationState.archived, col(Organisation.confirmed_at).is_(None)),
    )
    return or_(col(NetworkMember.state).not_in(VOTING), came_back, acts_not)


def _came_back(member: Any, at: Any) -> ColumnElement[bool]:
    """Whether it became a member anew after a moment, other than by a merge that was undone."""
    again, before, parted = aliased(MemberRight), aliased(MemberRight), aliased(OrganisationMerge)
    return exists().where(
        col(again.member_id) == col(member.id),
        col(again.from_at) > at,
        ~exists()
        .where(col(before.member_id) == col(again.member_id), col(before.until_at) == col(again.from_at))
        .correlate(again),
        ~exists()
        .where(
            col(parted.organisation_id) == col(member.organisation_id),
            col(parted.created_at) <= col(again.from_at),
            col(parted.undone_at) >= col(again.from_at),
        )
        .correlate(member, again),
    )


def _in_place_of_merged(at: Any) -> ColumnElement[bool]:
    """SQL over `network_member`: a member with a vote at a moment, and ever since, was merged into its organisation."""
    former, right, gone = aliased(NetworkMember), aliased(MemberRight), aliased(Organisation)
    link, first = aliased(OrganisationSuccession), aliased(OrganisationSuccession)
    merged_at = (
        select(func.min(col(first.from_at)))
        .where(col(first.predecessor_id) == col(former.organisation_id), col(first.until_at).is_(None))
        .correlate(former)
        .scalar_subquery()
    )
    stayed = exists().where(col(right.member_id) == col(former.id), col(right.until_at) >= merged_at).correlate(former)
    return (
        exists()
        .where(
            col(link.successor_id) == col(NetworkMember.organisation_id),
            col(link.until_at).is_(None),
            col(gone.id) == col(link.predecessor_id),
            col(gone.merged_into_id).is_not(None),
            col(former.organisation_id) == col(gone.id),
            col(former.network_id) == col(NetworkMember.network_id),
            _had_vote(former, at),
            stayed,
            ~_came_back(former, at),
        )
        .correlate(NetworkMember)
    )


def _in_place_of_parted(at: Any) -> ColumnElement[bool]:
    """SQL over `network_member`: another was a member in its place at a moment, since the two were merged then."""
    merge, other, right = aliased(OrganisationMerge), aliased(NetworkMember), aliased(MemberRight)
    return (
        exists()
        .where(
            col(merge.organisation_id) == col(NetworkMember.organisation_id),
            col(merge.created_at) <= at,
            col(merge.undone_at) > at,
            col(other.organisation_id) == col(merge.into_id),
            col(other.network_id) == col(NetworkMember.network_id),
            col(right.member_id) == col(other.id),
            col(right.votes),
            col(right.from_at) <= at,
            # it ended with the merge: else the other has its vote itself
            col(right.until_at) > at,
            col(right.until_at) <= col(merge.undone_at),
        )
        .correlate(NetworkMember)
    )


def _had_vote(member: Any, at: Any) -> ColumnElement[bool]:
    right = aliased(MemberRight)
    return exists().where(
        col(right.member_id) == col(member.id),
        col(right.votes),
        col(right.from_at) <= at,
        or_(col(right.until_at).is_(None), col(right.until_at) > at),
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
        .where(
            col(NetworkMember.network_id) == _NETWORK,
            or_(_had_vote(NetworkMember, _AT), _in_place_of_merged(_AT), _in_place_of_parted(_AT)),
            ~left_since(_AT),
            _accepted(),
        )
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
