"""What happens at once, on a database with real commits."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import PrincipalKind
from puumerkki.access.service import create_principal
from puumerkki.identity import rate_limits
from puumerkki.identity.errors import LoginFailed
from puumerkki.identity.models import RateLimit, RefreshToken, User
from puumerkki.identity.service.sessions import login, logout, refresh, start_session
from puumerkki.kernel.db import make_engine, make_sessions, transaction
from puumerkki.kernel.errors import TooManyRequests

Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture
async def committed(committed_database: str) -> AsyncIterator[Sessions]:
    engine = make_engine(committed_database, pool_size=8)
    yield make_sessions(engine)
    await engine.dispose()


async def _session_of_somebody(committed: Sessions) -> str:
    async with transaction(committed) as session:
        principal = await create_principal(session, PrincipalKind.user)
        user = User(id=principal.id, email=f"{principal.id.hex}@example.org", name="Aino")
        session.add(user)
        await session.flush()
        return (await start_session(session, user=user)).refresh_token


async def test_a_session_that_is_renewed_while_it_ends_has_ended(committed: Sessions) -> None:
    async def renew(token: str) -> None:
        async with transaction(committed) as session:
            await refresh(session, refresh_token=token)

    async def end(token: str) -> None:
        async with transaction(committed) as session:
            await logout(session, refresh_token=token)

    for _ in range(10):
        token = await _session_of_somebody(committed)
        await asyncio.gather(renew(token), renew(token), end(token), renew(token))
    async with committed() as session:
        alive = await session.exec(select(RefreshToken.id).where(col(RefreshToken.revoked_at).is_(None)))
        assert alive.all() == []


async def test_tries_at_once_are_all_counted_although_they_fail(committed: Sessions) -> None:
    async def attempt() -> str:
        try:
            await login(committed, email="a@example.org", password="x", address="192.0.2.1")
        except (LoginFailed, TooManyRequests) as error:
            return error.code
        return "in"

    answers = await asyncio.gather(*(attempt() for _ in range(14)))
    assert sorted(answers) == ["login_failed"] * rate_limits.LOGIN.together + ["too_many_requests"] * 4
    async with committed() as session:
        assert sorted((await session.exec(select(RateLimit.count))).all()) == [14, 14, 14]
