"""The worker on a database of its own: mails go out once, deadlines are kept, dead workers' jobs are taken up."""

import asyncio
import email
from collections.abc import AsyncIterator
from contextlib import suppress
from email.policy import default
from pathlib import Path
from uuid import UUID

import procrastinate
import psycopg
import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import jobs, mail
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.settings import get_settings
from puumerkki.worker import periodic, run_worker
from tests.waiting import until


@pytest.fixture
async def committed(committed_database: str) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    engine = make_engine(committed_database, pool_size=3)
    yield make_sessions(engine)
    await engine.dispose()


@pytest.fixture
def mail_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUUMERKKI_MAIL_URL", f"folder:{tmp_path}")
    get_settings.cache_clear()
    return tmp_path


def list_of(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def open_to_all(folder: Path) -> None:
    folder.chmod(0o755)


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


async def put_into_outbox(sessions: async_sessionmaker[AsyncSession]) -> UUID:
    async with sessions() as session:
        row = mail.OutboxMessage(recipient="a@example.org", subject="Hyvää päivää", body="Terve\n", language="fi")
        session.add(row)
        await session.flush()
        await jobs.defer(session, mail.deliver_mail, message_id=str(row.id))
        await session.commit()
        return row.id


async def test_a_mail_goes_out_once(
    committed: async_sessionmaker[AsyncSession], committed_database: str, mail_folder: Path
) -> None:
    message_id = await put_into_outbox(committed)
    stop = asyncio.Event()
    worker = asyncio.create_task(run_worker(committed_database, stop))
    await until(lambda: len(list_of(mail_folder)) == 1)
    stop.set()
    await worker
    [file] = list_of(mail_folder)
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    assert message["Subject"] == "Hyvää päivää"
    assert message["Message-ID"] == f"<{message_id.hex}@testserver>"
    async with committed() as session:
        assert not await mail.deliver(session, message_id)
        row = (await session.exec(select(mail.OutboxMessage).where(col(mail.OutboxMessage.id) == message_id))).one()
        assert (row.attempts, row.sent_at is not None) == (1, True)


async def test_a_dead_workers_job_is_taken_up(
    committed: async_sessionmaker[AsyncSession], committed_database: str, mail_folder: Path
) -> None:
    await put_into_outbox(committed)
    with psycopg.connect(committed_database) as connection:
        connection.execute("insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour')")
        connection.execute(
            "update procrastinate_jobs set status = 'doing', worker_id = (select max(id) from procrastinate_workers)"
        )
    await ticks_once(committed_database)
    stop = asyncio.Event()
    worker = asyncio.create_task(run_worker(committed_database, stop))
    await until(lambda: len(list_of(mail_folder)) == 1)
    stop.set()
    await worker


async def test_the_worker_comes_back_after_its_connections_were_cut(
    committed: async_sessionmaker[AsyncSession], committed_database: str, mail_folder: Path
) -> None:
    """As after a restart of the database: without it no mail would go out until somebody noticed."""
    await put_into_outbox(committed)
    stop = asyncio.Event()
    worker = asyncio.create_task(run_worker(committed_database, stop))
    await until(lambda: len(list_of(mail_folder)) == 1)
    with psycopg.connect(committed_database, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and usename = current_user and pid <> pg_backend_pid()"
        )
    with suppress(DBAPIError):  # the first use of a connection that was cut
        await put_into_outbox(committed)
    if len(list_of(mail_folder)) == 1:
        await put_into_outbox(committed)
    await until(lambda: len(list_of(mail_folder)) >= 2, seconds=60)
    assert not worker.done()
    stop.set()
    await worker


async def ticks_once(url: str) -> None:
    """The rescue, as the clock would start it."""
    connector = procrastinate.PsycopgConnector(conninfo=url)
    with jobs.app.replace_connector(connector):
        async with jobs.app.open_async():
            await periodic.rescue(timestamp=0)


async def test_every_step_of_the_clock_runs(committed: async_sessionmaker[AsyncSession]) -> None:
    jobs.use_sessions(committed)
    await periodic.tick(timestamp=0)


async def test_mails_in_a_folder_are_read_by_their_owner_only(
    committed: async_sessionmaker[AsyncSession], mail_folder: Path
) -> None:
    open_to_all(mail_folder)
    message_id = await put_into_outbox(committed)
    async with committed() as session:
        assert await mail.deliver(session, message_id)
        await session.commit()
    [file] = list_of(mail_folder)
    assert [mode_of(mail_folder), mode_of(file)] == [0o700, 0o600]
