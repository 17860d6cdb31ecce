"""The event log's seals: what is changed, removed, added, cut off or swapped afterwards is found."""

import base64
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import uuid4

import psycopg
import pytest
from psycopg import AsyncConnection
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.crypto.keys import KeyPurpose, keys_of
from puumerkki.kernel.crypto.signed_tokens import PublicKey, load_public_key
from puumerkki.kernel.db import libpq_url, make_engine, make_sessions, transaction
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.eventlog.auditing import Report, verify_database
from puumerkki.kernel.eventlog.sealing import ChainBroken, EventSeal, seal_events, sealed_at
from puumerkki.kernel.settings import get_settings
from puumerkki.kernel.subjects import Ref
from tests.kernel.test_sequencer import connect, placed, tell


@dataclass
class Log:
    """A database with its log, as the application and as the owner reach it."""

    app: AsyncConnection
    owner: AsyncConnection
    sessions: async_sessionmaker[AsyncSession]

    async def write(self, count: int) -> None:
        """So many events, placed."""
        for _ in range(count):
            await tell(self.app)
        await placed(self.app, count)

    async def seal(self) -> EventSeal:
        async with transaction(self.sessions) as session:
            seal = await seal_events(session)
        assert seal is not None
        return seal

    async def verify(self, *heads: str) -> Report:
        async with self.sessions() as session:
            keys = {one.kid: load_public_key(one.public_jwk) for one in await keys_of(session, KeyPurpose.seals)}

        def find(kid: str) -> PublicKey | None:
            return keys.get(kid)

        return await verify_database(self.app, find, get_settings().public_url, kept_heads=heads)

    async def codes(self, *heads: str) -> set[str]:
        return {one.code for one in (await self.verify(*heads)).findings}

    async def tamper(self, statement: str) -> None:
        """As somebody who owns the database and switches its guards off."""
        async with self.owner.transaction():
            await self.owner.execute("set local session_replication_role = replica")
            await self.owner.execute(statement.encode())


@pytest.fixture
async def log(server: local_postgres.LocalServer, committed_database: str) -> AsyncIterator[Log]:
    engine = make_engine(committed_database, pool_size=2)
    owner_url = server.url(str(psycopg.conninfo.conninfo_to_dict(committed_database)["dbname"]))
    async with (
        connect(committed_database, autocommit=True) as app,
        await AsyncConnection.connect(libpq_url(owner_url), autocommit=True) as owner,
    ):
        yield Log(app, owner, make_sessions(engine))
    await engine.dispose()


async def two_seals(log: Log) -> tuple[EventSeal, EventSeal]:
    await log.write(6)
    first = await log.seal()
    await log.write(4)
    return first, await log.seal()


async def test_the_chain_is_whole_and_goes_on(log: Log) -> None:
    first, second = await two_seals(log)
    assert (first.first_position, first.last_position) == (1, 6)
    assert (second.first_position, second.last_position, second.previous) == (7, 10, first.digest)
    await log.write(2)
    report = await log.verify(first.head, second.head)
    assert report.findings == []
    assert (report.seals, report.sealed, report.open) == (2, 10, 2)


async def test_nothing_new_is_no_seal_and_two_sealers_make_one(log: Log) -> None:
    await log.write(3)
    async with transaction(log.sessions) as one, transaction(log.sessions) as other:
        assert await seal_events(one) is not None
        assert await seal_events(other) is None
    async with transaction(log.sessions) as session:
        assert await seal_events(session) is None


async def test_long_logs_are_sealed_in_batches(log: Log) -> None:
    await log.write(5)
    async with transaction(log.sessions) as session:
        seal = await seal_events(session, at_most=2)
    assert seal is not None
    assert seal.last_position == 2
    assert (await log.seal()).last_position == 5
    assert await log.codes() == set()


AT = "where id = (select event_id from event_position where position = {})"
TAMPERING = [
    ("update event set type = 'test.other' " + AT.format(3), "event_changed"),
    ("update event set occurred_at = occurred_at + interval '1 microsecond' " + AT.format(3), "event_missing"),
    ("update event set actor_id = subject_id " + AT.format(8), "event_changed"),
    ("update event set data = '{\"a\": 1}' " + AT.format(10), "event_changed"),
    ("delete from event " + AT.format(4), "event_missing"),
    ("delete from event_position where position = 4", "event_missing"),
    ("delete from event_position where position = 10", "event_missing"),
    ("truncate event", "event_missing"),
    ("truncate event_position", "event_missing"),
    ("truncate event_seal", "seals_removed"),
    ("delete from event_seal where number = 1", "seal_missing"),
    ("delete from event_seal where number = 2", "seals_removed"),
    ("update event_seal set digest = previous where number = 2", "event_changed"),
    ("update event_seal set previous = digest where number = 2", "seal_unlinked"),
    ("update event_seal set head = (select head from event_seal where number = 1) where number = 2", "head_differs"),
    ("update event_seal set head = 'a.b.c' where number = 2", "head_unsigned"),
]


@pytest.mark.parametrize(("statement", "code"), TAMPERING)
async def test_tampering_is_found(log: Log, statement: str, code: str) -> None:
    _, second = await two_seals(log)
    assert await log.codes(second.head) == set()
    await log.tamper(statement)
    assert code in await log.codes(second.head)


async def test_swapped_places_are_found(log: Log) -> None:
    await two_seals(log)
    await log.tamper("alter table event_position drop constraint uq_event_position_event_id")
    await log.tamper(
        "update event_position set event_id = other.event_id, occurred_at = other.occurred_at from event_position other"
        " where event_position.position in (2, 3) and other.position = 5 - event_position.position"
    )
    assert "event_changed" in await log.codes()


async def test_an_event_added_past_the_sequencer_is_found(log: Log) -> None:
    await two_seals(log)
    await log.tamper(
        "insert into event (id, occurred_at, xid, type, tier, subject_kind, subject_id, related, changed, data)"
        " select gen_random_uuid(), occurred_at, '3', type, tier, subject_kind, subject_id, '{}', '{}', '{}'"
        " from event limit 1"
    )
    assert await log.codes() == {"event_added"}


async def test_a_log_sealed_anew_differs_from_a_head_that_was_kept(log: Log) -> None:
    first, second = await two_seals(log)
    await log.tamper(
        "update event set type = 'test.other' where id = (select min(event_id::text)::uuid from event_position)"
    )
    await log.tamper("truncate event_seal")
    await log.seal()
    assert await log.codes() == set()
    assert "head_swapped" in await log.codes(first.head)
    assert "seals_removed" in await log.codes(second.head)


async def test_a_forged_head_is_none_of_ours(log: Log) -> None:
    first, _ = await two_seals(log)
    header, payload, signature = first.head.split(".")
    said = json.loads(base64.urlsafe_b64decode(payload + "=="))
    forged = base64.urlsafe_b64encode(json.dumps(said | {"digest": "0" * 64}).encode()).rstrip(b"=").decode()
    assert await log.codes(f"{header}.{forged}.{signature}") == {"kept_head_unsigned"}


async def test_nothing_is_sealed_over_a_hole(log: Log) -> None:
    await log.write(3)
    await log.tamper("delete from event where id = (select event_id from event_position where position = 2)")
    with pytest.raises(ChainBroken) as caught:
        await log.seal()
    assert caught.value.position == 2


@pytest.mark.parametrize(
    "statement", ["update event_seal set kid = 'x'", "delete from event_seal", "truncate event_seal"]
)
async def test_seals_are_append_only(log: Log, statement: str) -> None:
    await two_seals(log)
    for connection in (log.app, log.owner):
        with pytest.raises(psycopg.Error):
            await connection.execute(statement.encode())


async def test_when_something_was_sealed(log: Log) -> None:
    await log.write(2)
    subject = await tell(log.app)
    await placed(log.app, 1)
    async with log.sessions() as session:
        assert await sealed_at(session, subject=Ref("test", subject), type="test.told") is None
    moment = clock.now()
    with clock.fixed(moment):
        await log.seal()
    async with log.sessions() as session:
        assert await sealed_at(session, subject=Ref("test", subject), type="test.told") == moment
        assert await sealed_at(session, subject=Ref("test", uuid4()), type="test.told") is None
        assert await sealed_at(session, subject=Ref("other", subject), type="test.told") is None


async def test_wide_numbers_and_other_languages_are_sealed(log: Log) -> None:
    await log.app.execute(
        "insert into event (id, occurred_at, type, tier, subject_kind, subject_id, related, changed, data)"
        " values (gen_random_uuid(), now(), 'test.told', 'public', 'test', gen_random_uuid(), '{}', '{å}',"
        ' \'{"sum": 12345678901234567890, "nested": [{"ä": -9007199254740993}], "yes": true}\')'
    )
    await placed(log.app, 1)
    await log.seal()
    assert await log.codes() == set()
