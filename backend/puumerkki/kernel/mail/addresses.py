"""Addresses from which mail comes back: they are not written to until somebody proves that they hold them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.mail.models import BounceKind, MailAddress, OutboxMessage

SOFT_MOST = 3
"""So many messages that came back, each for a cause that may pass, make an address failing …"""
SOFT_WITHIN = timedelta(hours=72)
"""… if they did in this time."""


async def failing(session: AsyncSession, addresses: Collection[str]) -> set[str]:
    """Those of some addresses, in lower case, from which mail comes back."""
    asked = [one.lower() for one in addresses]
    statement = select(MailAddress.address).where(
        col(MailAddress.address).in_(asked), col(MailAddress.failed_at).is_not(None)
    )
    return set((await session.exec(statement)).all())


async def failing_since(session: AsyncSession, address: str) -> datetime | None:
    """Since when mail comes back from an address; nothing where it gets through, as far as we know."""
    known = await session.get(MailAddress, address.lower())
    return None if known is None else known.failed_at


async def note_bounce(session: AsyncSession, message: OutboxMessage, kind: BounceKind, said: str) -> bool:
    """Note that a mailbox sent a message back, and whether that was news. Hold the message's lock.

    A message counts once, however often it comes back. What was sent before somebody proved the address is past.
    """
    if message.bounce == BounceKind.hard or message.bounce == kind:
        return False
    message.bounce, message.last_error = kind, said
    message.bounced_at = message.bounced_at or clock.now()
    await session.flush()
    address = message.recipient.lower()
    # of two bounces at once, one sees the other
    await session.exec(insert(MailAddress).values(address=address).on_conflict_do_nothing())
    known = await session.get_one(MailAddress, address, with_for_update=True, populate_existing=True)
    stale = known.confirmed_at is not None and message.created_at <= known.confirmed_at
    if known.failed_at is None and not stale and await _fails(session, known, kind):
        known.failed_at, known.said = clock.now(), said
    return True


async def _fails(session: AsyncSession, known: MailAddress, kind: BounceKind) -> bool:
    if kind == BounceKind.hard:
        return True
    statement = (
        select(func.count())
        .select_from(OutboxMessage)
        .where(
            func.lower(col(OutboxMessage.recipient)) == known.address,
            col(OutboxMessage.bounced_at) > clock.now() - SOFT_WITHIN,
        )
    )
    if known.confirmed_at is not None:
        statement = statement.where(col(OutboxMessage.created_at) > known.confirmed_at)
    return (await session.exec(statement)).one() >= SOFT_MOST


async def confirm(session: AsyncSession, address: str) -> None:
    """Somebody used a link that was mailed to the address: mail gets through, and what came back before is past."""
    known = await session.get(MailAddress, address.lower(), with_for_update=True, populate_existing=True)
    if known is not None:
        known.failed_at, known.said, known.confirmed_at = None, None, clock.now()


async def forget(session: AsyncSession, given: Collection[str]) -> None:
    """Keep nothing of some addresses: neither what came back from them nor what was written to them."""
    lower = [one.lower() for one in given]
    await session.exec(delete(OutboxMessage).where(func.lower(col(OutboxMessage.recipient)).in_(lower)))
    await session.exec(delete(MailAddress).where(col(MailAddress.address).in_(lower)))
