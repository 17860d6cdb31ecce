"""An erased person's ties in open cases: kept by a code of the address, and taken on by who has it next."""

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access import kept_ties
from puumerkki.identity.credentials import keyed_hash
from puumerkki.identity.models import User


async def keep(session: AsyncSession, user: User) -> None:
    """Before the address and the ties go."""
    await kept_ties.keep(session, principal_id=user.id, address_hash=_hash(user.email))


async def take_on(session: AsyncSession, user: User) -> None:
    """An account was made for the address, or has come to have it."""
    await session.flush()
    if await kept_ties.any_kept(session):
        await kept_ties.take_on(session, principal_id=user.id, address_hash=_hash(user.email))


def _hash(email: str) -> bytes:
    return keyed_hash("kept_tie", email)
