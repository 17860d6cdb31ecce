"""Keys: rotated with overlap, revoked, compromised, sealed at rest, and seen by other processes."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import PrincipalKind
from puumerkki.identity.tokens import InvalidToken, TokenReader, issue_access_token
from puumerkki.kernel import clock
from puumerkki.kernel.crypto import keys
from puumerkki.kernel.crypto.keys import KeyPurpose, KeyState, SigningKey, current_key, keys_of, open_key, public_keys
from puumerkki.kernel.crypto.signed_tokens import KeyUnsealError
from puumerkki.kernel.db import make_engine, make_sessions, transaction
from puumerkki.kernel.errors import Conflict, NotFound
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.key_rotation import compromise_key, reseal, revoke_key, rotate_due, rotate_key
from puumerkki.kernel.settings import get_settings
from tests.factories import World
from tests.waiting import until

TOKENS, MARKS = KeyPurpose.tokens, KeyPurpose.marks
OLD, NEW = "the-old-secret-" + "o" * 30, "the-new-secret-" + "n" * 30


async def _states(session: AsyncSession, purpose: KeyPurpose) -> dict[str, KeyState]:
    return {key.kid: key.state for key in await keys_of(session, purpose)}


async def _token(session: AsyncSession) -> str:
    return (await issue_access_token(session, principal_id=new_id(), kind=PrincipalKind.user))[0]


async def _refused(reader: TokenReader, token: str) -> bool:
    try:
        await reader.caller(token)
    except InvalidToken:
        return True
    return False


async def test_the_first_key_is_made_on_first_use(committed_database: str) -> None:
    """Once, also where several need it at the same time."""
    engine = make_engine(committed_database, pool_size=3)
    sessions = make_sessions(engine)

    async def ask() -> str:
        async with transaction(sessions) as session:
            return (await current_key(session, TOKENS)).kid

    try:
        async with transaction(sessions) as session:
            await session.exec(delete(SigningKey))
        kids = await asyncio.gather(*(ask() for _ in range(3)))
        async with transaction(sessions) as session:
            assert await _states(session, TOKENS) == {kids[0]: KeyState.current}
        assert set(kids) == {kids[0]}
    finally:
        await engine.dispose()


async def test_a_rotated_key_verifies_and_signs_no_more(
    session: AsyncSession, sessions: async_sessionmaker[AsyncSession]
) -> None:
    old = await current_key(session, TOKENS)
    token = await _token(session)
    fresh = await rotate_key(session, TOKENS)
    assert (await current_key(session, TOKENS)).kid == fresh.kid != old.kid
    assert await _states(session, TOKENS) == {old.kid: KeyState.retired, fresh.kid: KeyState.current}
    reader = TokenReader(sessions)
    assert (await reader.caller(token)).id is not None
    assert (await reader.caller(await _token(session))).id is not None


async def test_a_token_key_retired_long_ago_verifies_nothing(
    session: AsyncSession, sessions: async_sessionmaker[AsyncSession]
) -> None:
    """So a key that leaks years later lets nobody in."""
    old = await current_key(session, TOKENS)
    await rotate_key(session, TOKENS)
    with clock.fixed(clock.now() + keys.TOKEN_OVERLAP + timedelta(seconds=1)):
        assert old.kid not in {key.kid for key in await public_keys(session, TOKENS)}


async def test_a_retired_key_of_endorsements_verifies_for_ever(session: AsyncSession) -> None:
    old = await current_key(session, MARKS)
    await rotate_key(session, MARKS)
    with clock.fixed(clock.now() + timedelta(days=5000)):
        assert old.kid in {key.kid for key in await public_keys(session, MARKS)}


@pytest.mark.parametrize("how", ["revoke", "compromise"])
async def test_a_bad_key_is_replaced_and_listed_no_more(world: World, session: AsyncSession, how: str) -> None:
    old = await current_key(session, MARKS)
    if how == "revoke":
        await revoke_key(session, old.kid)
    else:
        await compromise_key(session, old.kid, since=clock.now() - timedelta(days=1))
    fresh = await current_key(session, MARKS)
    assert fresh.kid != old.kid
    listed = {one["kid"]: one for one in (await world.nobody.get("/.well-known/jwks.json")).json()["keys"]}
    assert old.kid not in listed
    assert listed[fresh.kid]["purpose"] == "marks" and "exp" not in listed[fresh.kid]
    history = {one["kid"]: one for one in (await world.nobody.get("/keys")).json()["keys"]}
    assert history[old.kid]["state"] == {"revoke": "revoked", "compromise": "compromised"}[how]
    assert "d" not in history[old.kid]["jwk"]
    told = (await session.exec(select(EventRow.type).where(EventRow.subject_kind == "signing_key"))).all()
    assert {f"key.{how}d", "key.rotated"} <= set(told)


async def test_a_retired_key_is_listed_with_its_end(world: World, session: AsyncSession) -> None:
    old = await current_key(session, MARKS)
    await rotate_key(session, MARKS)
    listed = {one["kid"]: one for one in (await world.nobody.get("/.well-known/jwks.json")).json()["keys"]}
    row = next(key for key in await keys_of(session, MARKS) if key.kid == old.kid)
    assert row.retired_at is not None
    assert listed[old.kid]["exp"] == int(row.retired_at.timestamp())


async def test_what_cannot_be_done(session: AsyncSession) -> None:
    key = await current_key(session, TOKENS)
    with pytest.raises(NotFound):
        await revoke_key(session, "unknown")
    with pytest.raises(Conflict, match="future"):
        await compromise_key(session, key.kid, since=clock.now() + timedelta(minutes=1))
    await revoke_key(session, key.kid)
    with pytest.raises(Conflict, match="revoked"):
        await revoke_key(session, key.kid)
    with pytest.raises(Conflict, match="revoked"):
        await compromise_key(session, key.kid, since=clock.now())


async def test_an_earlier_moment_can_be_told_later_and_no_later_one(session: AsyncSession) -> None:
    key = await current_key(session, MARKS)
    first = clock.now() - timedelta(days=2)
    for since in (first, first - timedelta(days=1), first + timedelta(days=1)):
        row = await compromise_key(session, key.kid, since=since)
    assert row.compromised_at == first - timedelta(days=1)


async def test_the_token_key_is_rotated_by_the_clock(session: AsyncSession, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await current_key(session, TOKENS)
    await rotate_due(session)
    assert (await current_key(session, TOKENS)).kid == first.kid
    with clock.fixed(clock.now() + timedelta(days=get_settings().token_key_days)):
        monkeypatch.setenv("PUUMERKKI_TOKEN_KEY_DAYS", "0")
        get_settings.cache_clear()
        await rotate_due(session)
        assert (await current_key(session, TOKENS)).kid == first.kid
        monkeypatch.delenv("PUUMERKKI_TOKEN_KEY_DAYS")
        get_settings.cache_clear()
        await rotate_due(session)
        second = await current_key(session, TOKENS)
        await rotate_due(session)
        assert (await current_key(session, TOKENS)).kid == second.kid != first.kid


async def test_another_secret_is_said_and_can_be_changed(
    session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def secret(value: str) -> None:
        monkeypatch.setenv("PUUMERKKI_SECRET", value)
        get_settings.cache_clear()

    await session.exec(delete(SigningKey))
    secret(OLD)
    for purpose in (TOKENS, MARKS):
        await rotate_key(session, purpose)
    rows = await keys_of(session)
    kids = {open_key(row).kid for row in rows}
    assert all(b"PRIVATE KEY" not in row.private_sealed for row in rows)
    secret(NEW)
    for row in rows:
        with pytest.raises(KeyUnsealError, match=f"PUUMERKKI_SECRET does not open the signing key {row.kid}"):
            open_key(row)
    with pytest.raises(KeyUnsealError, match="Nothing was changed"):
        await reseal(session, old="a-wrong-secret-" + "w" * 30, new=NEW)
    assert await reseal(session, old=OLD, new=NEW) == len(rows)
    assert {open_key(row).kid for row in rows} == kids
    assert await reseal(session, old=OLD, new=NEW) == 0


async def test_a_damaged_key_is_not_opened(session: AsyncSession) -> None:
    row = await rotate_key(session, MARKS)
    for place in (0, 5, 20, 40, len(row.private_sealed) - 1):
        good = row.private_sealed
        row.private_sealed = good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]
        with pytest.raises(KeyUnsealError):
            open_key(row)
        row.private_sealed = good


async def test_running_processes_see_what_others_do(committed_database: str) -> None:
    """Two engines, two readers: as two servers that know of one another only through the database."""
    here, there = (make_engine(committed_database, pool_size=2) for _ in range(2))
    mine, others = make_sessions(here), make_sessions(there)
    try:
        async with transaction(mine) as session:
            token = await _token(session)
            old = (await current_key(session, TOKENS)).kid
        reader = TokenReader(others)
        assert (await reader.caller(token)).id is not None
        async with transaction(mine) as session:
            fresh = (await rotate_key(session, TOKENS)).kid
        async with transaction(others) as session:
            assert (await current_key(session, TOKENS)).kid == fresh
            newer = await _token(session)
        assert (await reader.caller(newer)).id is not None
        assert (await reader.caller(token)).id is not None
        async with transaction(mine) as session:
            await compromise_key(session, old, since=clock.now())
        await until(lambda: _refused(reader, token))
        assert (await reader.caller(newer)).id is not None
        async with transaction(mine) as session:
            await revoke_key(session, fresh)
        await until(lambda: _refused(reader, newer))
    finally:
        await here.dispose()
        await there.dispose()


async def test_a_key_is_not_retired_under_an_endorsement_that_is_being_made(committed_database: str) -> None:
    engine = make_engine(committed_database, pool_size=3)
    sessions = make_sessions(engine)
    try:
        async with transaction(sessions) as session:
            await current_key(session, MARKS)
        async with sessions() as making, sessions() as rotating:
            await current_key(making, MARKS, hold=True)
            pid = (await (await rotating.connection()).exec_driver_sql("select pg_backend_pid()")).scalar_one()
            rotation = asyncio.create_task(rotate_key(rotating, MARKS))

            async def waits() -> bool:
                statement = f"select wait_event_type = 'Lock' from pg_stat_activity where pid = {pid}"
                return bool((await (await making.connection()).exec_driver_sql(statement)).scalar_one())

            await until(waits)
            assert not rotation.done()
            await making.commit()
            await rotation
            await rotating.commit()
    finally:
        await engine.dispose()
