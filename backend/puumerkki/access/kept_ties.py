"""What stays of an erased person's ties while a case that they concern is open: by a code of the address, nameless.

Else one would shed them by erasing the account and being invited anew. An account that is made for that address, or
comes to have it, takes them on; with the last open case they are erased.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, false, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import KeptTie, Tie
from puumerkki.kernel import clock

KEPT_AT_MOST = timedelta(days=365)
"""A draft may lie for years: no longer than this."""
Concerns = Callable[[Any, Any], ColumnElement[bool]]
_concerns: list[Concerns] = []


def register(concerns: Concerns) -> None:
    """Make known whether a tie (its organisation, its end) concerns an open case, as SQL.

    Called by a room's manifest only.
    """
    _concerns[:] = [concerns]


async def keep(session: AsyncSession, *, principal_id: UUID, address_hash: bytes) -> None:
    """Before the person's ties are forgotten: those that concern an open case stay."""
    concerned = select(Tie).where(
        col(Tie.principal_id) == principal_id, _concerns_open_case(col(Tie.organisation_id), col(Tie.until_at))
    )
    session.add_all(
        KeptTie(
            address_hash=address_hash,
            organisation_id=one.organisation_id,
            kind=one.kind,
            from_at=one.from_at,
            until_at=one.until_at or max(clock.now(), one.from_at),
        )
        for one in (await session.exec(concerned)).all()
    )
    await session.flush()


async def any_kept(session: AsyncSession) -> bool:
    """Whether there is anything to take on."""
    return (await session.exec(select(KeptTie.id).limit(1))).first() is not None


async def take_on(session: AsyncSession, *, principal_id: UUID, address_hash: bytes) -> None:
    """Whoever has the address now has the ties; they end at this moment, as the database has it, and stay on record."""
    found = await session.exec(select(KeptTie).where(col(KeptTie.address_hash) == address_hash).with_for_update())
    for one in found.all():
        session.add(
            Tie(
                principal_id=principal_id,
                organisation_id=one.organisation_id,
                kind=one.kind,
                from_at=one.from_at,
                until_at=max(clock.now(), one.from_at),
            )
        )
        await session.delete(one)
    await session.flush()


async def delete_expired(session: AsyncSession) -> None:
    """Delete the kept ties that concern no open case any more, and those kept for the longest time allowed."""
    concerns = _concerns_open_case(col(KeptTie.organisation_id), col(KeptTie.until_at))
    old = col(KeptTie.created_at) <= clock.now() - KEPT_AT_MOST
    await session.exec(delete(KeptTie).where(or_(~concerns, old)))


def _concerns_open_case(organisation_id: Any, until_at: Any) -> ColumnElement[bool]:
    return or_(false(), *(concerns(organisation_id, func.coalesce(until_at, clock.now())) for concerns in _concerns))
