"""A backup restored into another cluster: nothing lost, nothing doubled, the chain unbroken, and damage is named."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import AsyncConnection

from puumerkki.cli.auditing import seal_keys
from puumerkki.cli.restoring import check_restored
from puumerkki.kernel.db import libpq_url, make_engine, make_sessions, transaction
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.embedded_postgres.server_binaries import find_binaries
from puumerkki.kernel.eventlog.auditing import verify_database
from puumerkki.kernel.eventlog.sealing import seal_events
from puumerkki.kernel.eventlog.sequencer import sequence_events
from puumerkki.kernel.settings import Settings, get_settings
from tests.conftest import owner_url
from tests.kernel.local_servers import own_folder
from tests.kernel.test_sequencer import PATIENCE, connect, feed, placed, tell
from tests.waiting import until


@pytest.fixture
def elsewhere() -> Iterator[local_postgres.LocalServer]:
    """Another cluster, whose transaction ids begin anew."""
    with own_folder() as folder:
        server = local_postgres.ensure_running(folder / "data", settings={"fsync": "off"})
        local_postgres.ensure_database(server, "restored")
        yield server


def dump_and_restore(source: str, target: str, file: Path) -> None:
    tools = find_binaries().bin_dir
    dump = [tools / "pg_dump", "--format=custom", f"--file={file}", libpq_url(source)]
    subprocess.run(dump, check=True, capture_output=True)
    restore = [tools / "pg_restore", "--no-owner", "--exit-on-error", f"--dbname={libpq_url(target)}", file]
    subprocess.run(restore, check=True, capture_output=True)


async def all_placed(connection: AsyncConnection) -> None:
    """Writers in other databases of the server hold the horizon for a moment."""

    async def done() -> bool:
        await sequence_events(connection)
        row = await (await connection.execute("select count(*) from event")).fetchone()
        return row is not None and row[0] == len(await feed(connection))

    await until(done, seconds=PATIENCE)


async def test_a_restored_backup_goes_on_where_it_stood(
    server: local_postgres.LocalServer, elsewhere: local_postgres.LocalServer, demo_world: str, tmp_path: Path
) -> None:
    engine = make_engine(demo_world, pool_size=1)
    async with connect(demo_world, autocommit=True) as connection:
        await all_placed(connection)
        async with transaction(make_sessions(engine)) as session:
            seal = await seal_events(session)
        await tell(connection)
        await placed(connection, 1)
        tail = await tell(connection)
        before = await feed(connection)
    await engine.dispose()
    assert seal is not None

    dump_and_restore(owner_url(server, demo_world), elsewhere.url("restored"), tmp_path / "dump")
    restored = elsewhere.url("restored", user=local_postgres.APP)
    settings = Settings(database_url=restored, public_url=get_settings().public_url)
    count, report, broken = await check_restored(settings)
    assert (count, report.findings, broken) == (1, [], [])
    assert (report.sealed, report.open) == (seal.last_position, 2)

    engine = make_engine(restored, pool_size=1)
    async with connect(restored, autocommit=True) as connection:
        later = await tell(connection)
        await placed(connection, 1)
        after = await feed(connection)
        assert after[: len(before)] == before
        assert [event_id for _, event_id in after[len(before) :]] == [tail, later]
        assert [position for position, _ in after] == list(range(1, len(after) + 1))
        async with transaction(make_sessions(engine)) as session:
            assert await seal_events(session) is not None
            keys = await seal_keys(session)
        report = await verify_database(connection, keys, settings.public_url, kept_heads=[seal.head])
        assert (report.findings, report.seals, report.open) == ([], 2, 0)
    await engine.dispose()


DAMAGE = {
    "gate_passed": "update endorsement set state = 'revoked' where id in"
    " (select endorsement_id from gate_requirement where gated)",
    "snapshot_changed": "alter table endorsement drop constraint ck_endorsement_digest;"
    " update endorsement set snapshot = snapshot || ' '::bytea",
    "endorsement_number_beyond_counter": "update endorsement_counter set last = last - 1",
    "endorsement_numbers_have_gaps": "update endorsement_counter set last = last + 3",
    "vote_of_a_stranger": "delete from ballot_elector where (ballot_id, member_id) in"
    " (select ballot_id, member_id from vote limit 1)",
    "vote_out_of_time": "update vote set cast_at = (select closes_at from ballot where ballot.id = ballot_id)",
    "handling_without_its_version": "update handling set version_number = 99",
    "endorsed_without_endorsement": "update endorsement set state = 'superseded'",
    "position_gap": "delete from event_position where position = 3",
    "result_differs": "update ballot set result = result || '{\"outcome\": \"no_quorum\"}' where state = 'closed'",
    "key_shut": "update signing_key set private_sealed = private_sealed || ' '::bytea",
    "attachment_missing": "insert into attachment (id, created_at, updated_at, version, subject_kind, subject_id,"
    " audience, name, media_type, size, digest, uploaded_by) select gen_random_uuid(), now(), now(), 1,"
    " 'application', id, 'applicants', 'a.pdf', 'application/pdf', 1, repeat('0', 64),"
    " (select id from app_user limit 1) from application limit 1",
}


async def test_damage_is_named(server: local_postgres.LocalServer, demo_world: str) -> None:
    settings = Settings(database_url=demo_world, public_url=get_settings().public_url)
    async with connect(demo_world, autocommit=True) as connection:
        await all_placed(connection)
    _, _, broken = await check_restored(settings)
    assert broken == []
    with psycopg.connect(owner_url(server, demo_world), autocommit=True) as owner:
        owner.execute("set session_replication_role = replica")
        for code, statement in DAMAGE.items():
            owner.execute(statement.encode())
            _, _, broken = await check_restored(settings)
            assert code in {one.code for one in broken}, code
