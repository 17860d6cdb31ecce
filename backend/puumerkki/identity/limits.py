"""How often something may be tried, counted in PostgreSQL by hashes of addresses."""

import hashlib
import hmac
import math
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import case, delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity.models import RateLimit
from puumerkki.kernel import clock
from puumerkki.kernel.db import transaction
from puumerkki.kernel.errors import TooManyRequests
from puumerkki.kernel.settings import get_settings

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Limit:
    """Tries in a window: for one account (an email address, a client id), and from one network address."""

    name: str
    per_account: int = 10
    per_address: int = 60


LOGIN = Limit("login")
LOGIN_LINK = Limit("login_link")
PASSWORD_RESET = Limit("password_reset")
PASSWORD_CHANGE = Limit("password_change")
CLIENT_TOKEN = Limit("client_token", per_account=30, per_address=300)


async def count_try(
    sessions: async_sessionmaker[AsyncSession], limit: Limit, *, account: str, address: str | None
) -> None:
    """Count one try, or TooManyRequests. In a transaction of its own: the count outlives a try that fails."""
    allowed = {
        _key(limit, "account", account): limit.per_account,
        _key(limit, "address", address or "unknown"): limit.per_address,
    }
    async with transaction(sessions) as session:
        waits = [await _count(session, key, allowed[key]) for key in sorted(allowed)]
    if wait := max(waits):
        raise TooManyRequests(retry_after=wait)


async def forget_tries(session: AsyncSession, limit: Limit, *, account: str) -> None:
    """After a success the account starts anew; what came from the network address stays counted."""
    await session.exec(delete(RateLimit).where(col(RateLimit.key) == _key(limit, "account", account)))


async def forget_old_tries(session: AsyncSession) -> None:
    """Remove what no window counts any more."""
    await session.exec(delete(RateLimit).where(col(RateLimit.window_starts_at) <= clock.now() - WINDOW))


async def _count(session: AsyncSession, key: bytes, allowed: int) -> int:
    """Seconds to wait; 0 if the try is within what is allowed."""
    now = clock.now()
    over = col(RateLimit.window_starts_at) <= now - WINDOW
    statement = (
        insert(RateLimit)
        .values(key=key, window_starts_at=now, count=1)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={
                "count": case((over, 1), else_=col(RateLimit.count) + 1),
                "window_starts_at": case((over, now), else_=col(RateLimit.window_starts_at)),
            },
        )
        .returning(col(RateLimit.count), col(RateLimit.window_starts_at))
    )
    count, started = (await session.exec(statement)).one()
    return 0 if count <= allowed else max(1, math.ceil((started + WINDOW - now).total_seconds()))


def _key(limit: Limit, kind: str, value: str) -> bytes:
    secret = get_settings().secret
    if secret is None:
        raise RuntimeError("PUUMERKKI_SECRET is not set: tries cannot be counted without it.")
    text = "\0".join((limit.name, kind, value))
    return hmac.digest(secret.get_secret_value().encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256)
