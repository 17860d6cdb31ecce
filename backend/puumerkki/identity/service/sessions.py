"""Sessions: how they begin, are renewed and end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import PrincipalKind
from puumerkki.identity import queries, rate_limits
from puumerkki.identity.credentials import hash_secret, new_secret
from puumerkki.identity.errors import LoginFailed
from puumerkki.identity.events import SessionReuseDetected
from puumerkki.identity.models import RefreshToken, User, UserState
from puumerkki.identity.passwords import verify_password
from puumerkki.identity.tokens import issue_access_token
from puumerkki.kernel import clock
from puumerkki.kernel.db import transaction
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.settings import get_settings
from puumerkki.kernel.subjects import Ref

GRACE = timedelta(seconds=20)
"""Within it a token that was just used may come again: two tabs, or an answer that got lost."""


@dataclass(frozen=True)
class StartedSession:
    """What the browser gets: an access token for its memory, a refresh token and the device's mark for its cookies.

    All times are seconds from now: `expires_in` of the access token, `unused_ends_in` until the session ends if nobody
    uses it, `ends_in` until it ends in any case.
    """

    person_id: UUID
    access_token: str
    expires_in: int
    unused_ends_in: int
    ends_in: int
    refresh_token: str
    device: str


async def login(
    sessions: async_sessionmaker[AsyncSession],
    *,
    email: str,
    password: str,
    address: str | None,
    device: str | None = None,
) -> StartedSession:
    """Sign in by password.

    Short transactions of its own: the count of tries outlives a failure, and no connection waits for Argon2.
    Whatever is wrong, the work and the answer are the same.
    """
    await rate_limits.count_try(sessions, rate_limits.LOGIN, account=email, address=address, device=device)
    async with transaction(sessions) as session:
        known = await queries.user_by_email(session, email)
    kept = known.password_hash if known is not None and known.state == UserState.active else None
    if not await verify_password(password, kept) or known is None:
        raise LoginFailed()
    async with transaction(sessions) as session:
        user = await session.get(User, known.id, with_for_update=True)
        if user is None or user.state != UserState.active or user.password_hash != kept:
            raise LoginFailed()
        await rate_limits.reset_tries(session, rate_limits.LOGIN, account=email, address=address, device=device)
        return await start_session(session, user=user)


async def start_session(session: AsyncSession, *, user: User) -> StartedSession:
    """A new family of refresh tokens for a person who has proved who they are."""
    return await _issue(session, user, new_id(), clock.now() + timedelta(days=get_settings().session_days))


async def refresh(session: AsyncSession, *, refresh_token: str) -> StartedSession | None:
    """Renew a session; None where it has ended.

    It answers instead of raising, so that the caller commits what a reuse brings about: the family ends.
    """
    family = await _lock_family(session, refresh_token)
    row = next((one for one in family if one.token_hash == hash_secret(refresh_token)), None)
    if row is None or row.revoked_at is not None or row.expires_at <= clock.now():
        return None
    user = await session.get(User, row.user_id)
    if user is None or user.state != UserState.active:
        return None
    if row.used_at is None:
        row.used_at = clock.now()
    elif clock.now() - row.used_at > GRACE:
        await _end_family(session, row.family_id)
        await publish(session, SessionReuseDetected(subject=Ref("user", user.id)), actor_id=user.id)
        return None
    return await _issue(session, user, row.family_id, row.ends_at)


async def logout(session: AsyncSession, *, refresh_token: str) -> None:
    """End the session that the token belongs to. A token that nobody knows changes nothing."""
    for row in (await _lock_family(session, refresh_token))[:1]:
        await _end_family(session, row.family_id)


async def end_all_sessions(session: AsyncSession, *, user_id: UUID) -> None:
    """End a person's sessions on all devices."""
    await session.exec(
        update(RefreshToken)
        .where(col(RefreshToken.user_id) == user_id, col(RefreshToken.revoked_at).is_(None))
        .values(revoked_at=clock.now())
    )


async def _lock_family(session: AsyncSession, refresh_token: str) -> list[RefreshToken]:
    """All links of a chain under lock, so that none is added while another request ends the chain."""
    family = select(RefreshToken.family_id).where(col(RefreshToken.token_hash) == hash_secret(refresh_token))
    found = await session.exec(
        select(RefreshToken)
        .where(col(RefreshToken.family_id).in_(family))
        .order_by(col(RefreshToken.id))
        .with_for_update()
    )
    return list(found.all())


async def _end_family(session: AsyncSession, family_id: UUID) -> None:
    await session.exec(
        update(RefreshToken)
        .where(col(RefreshToken.family_id) == family_id, col(RefreshToken.revoked_at).is_(None))
        .values(revoked_at=clock.now())
    )


async def _issue(session: AsyncSession, user: User, family_id: UUID, ends_at: datetime) -> StartedSession:
    text, kept = new_secret()
    now = clock.now()
    expires_at = min(now + timedelta(days=get_settings().refresh_token_days), ends_at)
    session.add(
        RefreshToken(family_id=family_id, user_id=user.id, token_hash=kept, expires_at=expires_at, ends_at=ends_at)
    )
    await session.flush()
    access_token, expires_in = await issue_access_token(session, principal_id=user.id, kind=PrincipalKind.user)
    return StartedSession(
        person_id=user.id,
        access_token=access_token,
        expires_in=expires_in,
        unused_ends_in=int((expires_at - now).total_seconds()),
        ends_in=int((ends_at - now).total_seconds()),
        refresh_token=text,
        device=rate_limits.device_mark(user.email),
    )
