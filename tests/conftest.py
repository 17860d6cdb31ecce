"""One real PostgreSQL for the run, a database for each worker from one template, every test rolled back."""

import asyncio
import gc
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

os.environ.setdefault("PUUMERKKI_SECRET", "only-for-tests-" + "0" * 40)
os.environ.setdefault("PUUMERKKI_PUBLIC_URL", "http://testserver")
if "PUUMERKKI_DATA_DIR" not in os.environ:
    os.environ["PUUMERKKI_DATA_DIR"] = tempfile.mkdtemp(prefix="puumerkki-tests-")
    # as root the server's user passes through to the wheel's binaries, which are copied here from closed folders
    os.chmod(os.environ["PUUMERKKI_DATA_DIR"], 0o711)
os.environ.setdefault("PUUMERKKI_LOG_LEVEL", "error")
os.environ.setdefault("PUUMERKKI_ACCESS_TOKEN_MINUTES", "60")

import httpx
import hypothesis
import psycopg
import pytest
from fastapi import FastAPI
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki import wiring
from puumerkki.demo import Stage, build_world
from puumerkki.identity import passwords
from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel import jobs, migrate
from puumerkki.kernel.crypto.keys import KeyPurpose, current_key
from puumerkki.kernel.db import driver_connection, make_engine, make_sessions
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.reads.read_pool import PinnedReads, ReadPool
from puumerkki.kernel.settings import get_settings
from puumerkki.reference.loading import load_reference
from puumerkki.web.app import create_app
from tests.factories import World

hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")
TEMPLATE = "puumerkki_template"
LET_REQUIREMENT_END = """
create function let_requirement_end(requirement uuid, last date) returns void language sql security definer
set session_replication_role = replica set search_path = pg_catalog, public, pg_temp
as 'update gate_policy set starts_on = least(starts_on, last), ends_on = last where id = requirement'
"""
"""As if its last day had come and gone: the database refuses it to anybody but its own superuser."""


LONG = ("model_based", "faults", "test_adding_a_room.py", "cli", "e2e", "partnerships/test_gate_at_once.py")
"""What takes long begins first, or one processor would wait for the other in the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the long ones before all others; each keeps its place among its like."""
    first = tuple(str(Path(__file__).parent / name) for name in LONG)
    items.sort(key=lambda item: not str(item.path).startswith(first))


def pytest_collection_finish() -> None:
    """The rooms are connected, whichever test comes first.

    What was imported stays: the collector need not walk it again and again, which took half of a run's time.
    """
    wiring.connect()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Argon2 at a low cost: tests compute many hashes, and none of them needs to be hard to guess."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHash((Argon2Hasher(time_cost=1, memory_cost=1024),)))
        yield


def start_server(beside: str = "") -> local_postgres.LocalServer:
    """A server of all test runs of this machine; it stays up between runs. `DATABASE_URL` is never used by tests.

    `beside`: the name of a further one, for tests that would hold up the others of the first.
    """
    folder = os.environ.get("PUUMERKKI_TEST_POSTGRES", f"{tempfile.gettempdir()}/puumerkki-test-{os.getuid()}")
    return local_postgres.ensure_running(
        Path(folder + beside), settings={"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    )


@pytest.fixture(scope="session")
def server() -> local_postgres.LocalServer:
    """The server that nearly all tests use."""
    return start_server()


def _template_name() -> str:
    """Names the template by all that goes into it, so that it is made anew when one of these changes."""
    root = Path(__file__).parents[1]
    kernel = root / "backend/puumerkki/kernel"
    made_of = [
        Path(__file__),
        *sorted((root / "migrations").rglob("*.py")),
        *sorted(path for path in (root / "backend/puumerkki/reference").rglob("*") if path.suffix != ".pyc"),
        *(kernel / f"{name}.py" for name in ("migrate", "jobs", "crypto/keys", "key_rotation", "crypto/signed_tokens")),
    ]
    digest = hashlib.sha256()
    for path in made_of:
        if path.is_file():
            digest.update(path.read_bytes())
    return f"{TEMPLATE}_{digest.hexdigest()[:16]}"


@pytest.fixture(scope="session")
def template(server: local_postgres.LocalServer) -> str:
    """The template of that server."""
    return make_template(server)


def make_template(server: local_postgres.LocalServer) -> str:
    """A migrated database with the reference data and the usual keys, kept from run to run for two days at most.

    To seal a key and to open it takes long on purpose; whoever meets a key for the second time has it opened already.
    """
    name = _template_name()
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(hashtext('puumerkki.tests'))")
        for (stale,) in connection.execute(
            "select datname from pg_database where datname like 'puumerkki_t%%' and not exists"
            " (select from pg_stat_activity where pg_stat_activity.datname = pg_database.datname)"
            " and (pg_stat_file('base/' || oid || '/PG_VERSION', true)).modification"
            " < now() - case when datname like %s then interval '2 days' else interval '2 hours' end",
            (f"{TEMPLATE}%",),
        ).fetchall():
            connection.execute(f'drop database if exists "{stale}"')
        if not connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            half = f"puumerkki_t_{uuid4().hex[:16]}"
            local_postgres.ensure_database(server, half)
            migrate.upgrade(server.url(half))
            asyncio.run(_load(server.url(half)))
            with psycopg.connect(server.url(half)) as made:
                made.execute(LET_REQUIREMENT_END)
            connection.execute(f'alter database "{half}" rename to "{name}"')
        connection.execute("select pg_advisory_unlock(hashtext('puumerkki.tests'))")
    return name


async def _load(url: str) -> None:
    engine = make_engine(url, pool_size=1)
    async with AsyncSession(engine) as session:
        await load_reference(session)
        for purpose in (KeyPurpose.tokens, KeyPurpose.marks):
            await current_key(session, purpose)
        await session.commit()
    await engine.dispose()


def make_database(server: local_postgres.LocalServer, template: str) -> str:
    """A fresh database from the template; its URL for the application's role."""
    name = f"puumerkki_t_{uuid4().hex[:16]}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(hashtext('puumerkki.tests.copy'))")
        connection.execute(f'create database "{name}" template "{template}"')
        connection.execute(f'grant connect on database "{name}" to puumerkki_app')
    return server.url(name, user="puumerkki_app")


def drop_database(server: local_postgres.LocalServer, url: str) -> None:
    """Remove a database that `make_database` made."""
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f'drop database if exists "{name}" with (force)')


@pytest.fixture(scope="session")
def worker_database(server: local_postgres.LocalServer, template: str) -> Iterator[str]:
    """This worker's database, for tests that are rolled back."""
    url = make_database(server, template)
    yield url
    drop_database(server, url)


@pytest.fixture
def committed_database(server: local_postgres.LocalServer, template: str) -> Iterator[str]:
    """A database of one test's own, for what needs commits: workers, locks, deferred constraints, the feed."""
    url = make_database(server, template)
    yield url
    drop_database(server, url)


def owner_url(server: local_postgres.LocalServer, url: str) -> str:
    """The same database for its owner, who may do everything."""
    return server.url(str(psycopg.conninfo.conninfo_to_dict(url)["dbname"]))


@pytest.fixture(scope="session")
def demo_template(server: local_postgres.LocalServer, template: str) -> str:
    """A database with the demo world, made once a run, whichever worker comes first."""
    name = f"{template}_demo"
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(hashtext('puumerkki.tests.demo'))")
        if not connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            draft = make_database(server, template)
            asyncio.run(_fill_with_demo(draft))
            made = psycopg.conninfo.conninfo_to_dict(draft)["dbname"]
            connection.execute(f'alter database "{made}" rename to "{name}"')
        connection.execute("select pg_advisory_unlock(hashtext('puumerkki.tests.demo'))")
    return name


async def _fill_with_demo(url: str) -> None:
    engine = make_engine(url, pool_size=3)
    app = create_app()
    app.state.sessions = make_sessions(engine)
    app.state.reads = ReadPool(url, size=2)
    app.state.token_reader = TokenReader(app.state.sessions)
    try:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as client:
            await build_world(Stage(client, app.state.sessions))
    finally:
        await app.state.reads.close()
        await engine.dispose()


@pytest.fixture
def demo_world(server: local_postgres.LocalServer, demo_template: str) -> Iterator[str]:
    """The URL of a database of one test's own in which the demo world stands."""
    url = make_database(server, demo_template)
    yield url
    drop_database(server, url)


@pytest.fixture(scope="session")
async def engine(worker_database: str) -> AsyncIterator[AsyncEngine]:
    made = make_engine(worker_database, pool_size=4)
    yield made
    await made.dispose()


@pytest.fixture(scope="session")
def app() -> FastAPI:
    """The application, made once; each test puts its own database into its state."""
    return create_app()


@pytest.fixture
async def sessions(engine: AsyncEngine) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    """Sessions within one transaction that is rolled back after the test."""
    async with engine.connect() as connection:
        outer = await connection.begin()
        made = async_sessionmaker(
            bind=connection, class_=AsyncSession, expire_on_commit=False, join_transaction_mode="create_savepoint"
        )
        jobs.use_sessions(made)
        yield made
        await outer.rollback()


@pytest.fixture
async def session(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncSession]:
    async with sessions() as one:
        yield one


@pytest.fixture
async def client(
    app: FastAPI, sessions: async_sessionmaker[AsyncSession], session: AsyncSession
) -> AsyncIterator[httpx.AsyncClient]:
    """The API over the test's transaction. Tokens come from `world`."""
    app.state.sessions = sessions
    app.state.reads = PinnedReads(await driver_connection(session))
    app.state.token_reader = TokenReader(sessions)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://testserver"
    ) as made:
        yield made


@pytest.fixture
def world(session: AsyncSession, client: httpx.AsyncClient) -> World:
    """Makes people, organisations and networks, and speaks to the API as them."""
    return World(session, client)


@pytest.fixture(autouse=True)
def fresh_settings() -> Iterator[None]:
    """A test may change the environment; the next one reads its settings anew."""
    yield
    get_settings.cache_clear()
