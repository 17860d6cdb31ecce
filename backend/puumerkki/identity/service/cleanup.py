"""Deletes what has expired; the worker runs it periodically."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access import kept_ties
from puumerkki.access.service import delete_expired_roles
from puumerkki.identity.models import EmailChange, MailedLink, RefreshToken, RoleOffer
from puumerkki.identity.rate_limits import delete_expired_tries
from puumerkki.kernel import clock

KEPT_REVOKED = timedelta(days=7)
"""How long an ended session can still be seen in one's own data."""


async def delete_expired(session: AsyncSession) -> None:
    """Remove expired refresh tokens, links, offers, roles, counts of tries, and ties kept for cases.

    Running it again does no harm.
    """
    now = clock.now()
    await session.exec(
        delete(RefreshToken).where(
            (col(RefreshToken.expires_at) <= now) | (col(RefreshToken.revoked_at) <= now - KEPT_REVOKED)
        )
    )
    await session.exec(delete(MailedLink).where(col(MailedLink.expires_at) <= now))
    await session.exec(delete(EmailChange).where(col(EmailChange.expires_at) <= now))
    await session.exec(delete(RoleOffer).where(col(RoleOffer.expires_at) <= now))
    await delete_expired_roles(session)
    await kept_ties.delete_expired(session)
    await delete_expired_tries(session)
