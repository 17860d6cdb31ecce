"""What has expired is forgotten; the worker calls this now and then."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access import kept_ties
from puumerkki.access.service import forget_expired_roles
from puumerkki.identity.models import EmailChange, MailedLink, RefreshToken, RoleOffer
from puumerkki.identity.rate_limits import forget_old_tries
from puumerkki.kernel import clock

KEPT_REVOKED = timedelta(days=7)
"""How long an ended session can still be seen in one's own data."""


async def forget_expired(session: AsyncSession) -> None:
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
    await forget_expired_roles(session)
    await kept_ties.forget_over(session)
    await forget_old_tries(session)
