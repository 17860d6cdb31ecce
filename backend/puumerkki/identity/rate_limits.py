"""How often something may be tried, counted in PostgreSQL by hashes of addresses."""

import hmac
import math
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import case, delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity.credentials import keyed_hash
from puumerkki.identity.models import RateLimit
from puumerkki.kernel import clock
from puumerkki.kernel.db import transaction
from puumerkki.kernel.errors import TooManyRequests

WINDOW = timedelta(minutes=15)
DEVICE_KNOWN = timedelta(days=30)
"""As long as a device is one that its person signed in on lately."""


@dataclass(frozen=True)
class Limit:
    """Tries in a window, each counted three times over.

    `together`: for one account (an email address, a client id) from one network address: who guesses locks out
    themselves, not the person, who comes from elsewhere. `per_account`: from everywhere, against many machines that
    guess at once; a mailed link lets the person in all the same, so links have no such limit (their mails are few by
    themselves). `per_address`: for all accounts, without successes, so that many people behind one address do not stand
    in each other's way. A device that its person signed in on lately (`device_mark`) has a count of its own, as of one
    account from one address, and neither of the others: what is tried beside it does not keep its person out.
    """

    name: str
    together: int = 10
    per_account: int | None = 100
    per_address: int = 60


LOGIN = Limit("login")
LOGIN_LINK = Limit("login_link", per_account=None)
PASSWORD_RESET = Limit("password_reset", per_account=None)
PASSWORD_CHANGE = Limit("password_change", per_account=10)
CLIENT_TOKEN = Limit("client_token", together=30, per_account=300, per_address=300)


def device_mark(account: str) -> str:
    """What a device keeps once its person has signed in on it: until when, and that it was for this account."""
    return _marked(account, int((clock.now() + DEVICE_KNOWN).timestamp()))


def _knows(account: str, device: str | None) -> bool:
    """Whether a device was signed in on lately for this account; it says nothing to who holds no such mark."""
    until = (device or "").partition(".")[0]
    if not until.isascii() or not until.isdigit() or len(until) > 12 or int(until) <= clock.now().timestamp():
        return False
    return hmac.compare_digest(_marked(account, int(until)).encode(), (device or "").encode("utf-8", "surrogatepass"))


def _marked(account: str, until: int) -> str:
    return f"{until}.{keyed_hash('device', account, str(until)).hex()}"


async def count_try(
    sessions: async_sessionmaker[AsyncSession],
    limit: Limit,
    *,
    account: str,
    address: str | None,
    device: str | None = None,
) -> None:
    """Count one try, or TooManyRequests. In a transaction of its own: the count outlives a try that fails.

    `device`: the mark that it has of an earlier success, if any.
    """
    keys = _keys(limit, account, address, device)
    most = zip(keys, (limit.together, limit.per_account, limit.per_address), strict=False)
    allowed = {key: count for key, count in most if count is not None}
    async with transaction(sessions) as session:
        waits = [await _count(session, key, allowed[key]) for key in sorted(allowed)]
    if wait := max(waits):
        raise TooManyRequests(retry_after=wait)


async def reset_tries(
    session: AsyncSession, limit: Limit, *, account: str, address: str | None, device: str | None = None
) -> None:
    """Reset the account's count after a success; the try does not count against the network address either."""
    keys = _keys(limit, account, address, device)
    for key in sorted(keys):
        if key in keys[2:]:
            given_back = update(RateLimit).where(col(RateLimit.key) == key, col(RateLimit.count) > 0)
            await session.exec(given_back.values(count=col(RateLimit.count) - 1))
        else:
            await session.exec(delete(RateLimit).where(col(RateLimit.key) == key))


async def delete_expired_tries(session: AsyncSession) -> None:
    """Delete counts whose window has passed."""
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


def _keys(limit: Limit, account: str, address: str | None, device: str | None) -> tuple[bytes, ...]:
    """Of both together, of the account, of the network address; of a known device its own and no other."""
    if device is not None and _knows(account, device):
        return (_key(limit, "device", f"{account}\0{device}"),)
    place = address or "unknown"
    both = _key(limit, "together", f"{account}\0{place}")
    return both, _key(limit, "account", account), _key(limit, "address", place)


def _key(limit: Limit, kind: str, value: str) -> bytes:
    return keyed_hash(limit.name, kind, value)
