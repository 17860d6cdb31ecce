"""Networks, members and rulebooks: who may know of them, and one of each for the use cases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, exists, or_, true
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller, granted
from puumerkki.access.permissions import P
from puumerkki.kernel.errors import NotFound
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember, Rulebook, RulebookState


def readable(_caller: Caller) -> ColumnElement[bool]:
    """Networks are public, in every state."""
    return true()


def networks_read_sees(id_column: Any, caller: Caller) -> ColumnElement[bool]:
    """Who is of the network that the column names: its representatives and officers."""
    return granted(P.networks_read, on=id_column, caller=caller)


def of_member(network_id: Any, organisation_id: Any, caller: Caller) -> ColumnElement[bool]:
    """The network and the organisation itself."""
    return or_(
        granted(P.networks_read, on=network_id, caller=caller),
        granted(P.organisations_read, on=organisation_id, caller=caller),
    )


def member_readable(caller: Caller) -> ColumnElement[bool]:
    """Active members are public; the others are known to the network and to the organisation itself."""
    active = col(NetworkMember.state) == MemberState.active
    if caller.anonymous:
        return active
    return or_(active, of_member(col(NetworkMember.network_id), col(NetworkMember.organisation_id), caller))


def member_sees(id_column: Any, caller: Caller) -> ColumnElement[bool]:
    """Who is of the member's network or of its organisation, from a column with the member's id."""
    row = NetworkMember.__table__.alias()  # type: ignore[attr-defined]
    return exists().where(row.c.id == id_column, of_member(row.c.network_id, row.c.organisation_id, caller))


def rulebook_readable(caller: Caller) -> ColumnElement[bool]:
    """What is or was in force is public; a draft is known to the network."""
    public = col(Rulebook.state) != RulebookState.draft
    if caller.anonymous:
        return public
    return or_(public, granted(P.networks_read, on=col(Rulebook.network_id), caller=caller))


def rulebook_sees(id_column: Any, caller: Caller) -> ColumnElement[bool]:
    """Who is of the rulebook's network, from a column with the rulebook's id."""
    row = Rulebook.__table__.alias()  # type: ignore[attr-defined]
    return exists().where(row.c.id == id_column, granted(P.networks_read, on=row.c.network_id, caller=caller))


async def network(session: AsyncSession, network_id: UUID, *, for_update: bool = False) -> Network:
    """A network, or NotFound."""
    found = await session.get(Network, network_id, with_for_update=for_update, populate_existing=for_update)
    if found is None:
        raise NotFound()
    return found


async def member(
    session: AsyncSession, *, actor: Actor, network_id: UUID, member_id: UUID, for_update: bool = False
) -> NetworkMember:
    """A member of a network, or NotFound where the actor may not know of it."""
    found = await session.get(NetworkMember, member_id, with_for_update=for_update, populate_existing=for_update)
    if found is None or found.network_id != network_id:
        raise NotFound()
    known = found.state == MemberState.active or (
        actor.may(P.networks_read, network_id) or actor.may(P.organisations_read, found.organisation_id)
    )
    if not known:
        raise NotFound()
    return found


async def active_members(session: AsyncSession, network_id: UUID) -> Sequence[NetworkMember]:
    """The active members of a network."""
    statement = select(NetworkMember).where(
        col(NetworkMember.network_id) == network_id, col(NetworkMember.state) == MemberState.active
    )
    return (await session.exec(statement.order_by(col(NetworkMember.id)))).all()


async def rulebook(
    session: AsyncSession, *, actor: Actor, network_id: UUID, number: int, for_update: bool = False
) -> Rulebook:
    """A rulebook version of a network, or NotFound where the actor may not know of it."""
    statement = select(Rulebook).where(col(Rulebook.network_id) == network_id, col(Rulebook.number) == number)
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = (await session.exec(statement)).one_or_none()
    if found is None or (found.state == RulebookState.draft and not actor.may(P.networks_read, network_id)):
        raise NotFound()
    return found


async def rulebook_in_force(session: AsyncSession, network_id: UUID) -> Rulebook | None:
    """The rulebook by which a network decides now."""
    found = await session.exec(
        select(Rulebook).where(col(Rulebook.network_id) == network_id, col(Rulebook.state) == RulebookState.in_force)
    )
    return found.one_or_none()


async def rulebook_at(session: AsyncSession, network_id: UUID, moment: datetime) -> Rulebook | None:
    """The rulebook by which a network decided at a moment; where it had none yet, the first that came into force."""
    came = select(Rulebook).where(col(Rulebook.network_id) == network_id, col(Rulebook.in_force_at).is_not(None))
    before = came.where(col(Rulebook.in_force_at) <= moment).order_by(col(Rulebook.number).desc()).limit(1)
    found = (await session.exec(before)).one_or_none()
    return found or (await session.exec(came.order_by(col(Rulebook.number)).limit(1))).one_or_none()


def method_at(network_id: Any, moment: Any) -> ColumnElement[str]:
    """SQL: how a network decided at a moment, by the rulebook of `rulebook_at`; null where it had none."""
    book = aliased(Rulebook)
    before, number = col(book.in_force_at) <= moment, col(book.number)
    found = core_select(col(book.rule)["method"].astext).where(
        col(book.network_id) == network_id, col(book.in_force_at).is_not(None)
    )
    ordered = found.order_by(before.desc(), case((before, -number), else_=number)).limit(1)
    return ordered.correlate_except(book).scalar_subquery()


def decision_rule(rulebook: Rulebook) -> DecisionRule:
    """The rule that a rulebook version holds."""
    return DecisionRule.model_validate(rulebook.rule)
