"""The doctor names what is broken: an installation is broken in one way after the other."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import aiosmtpd.controller
import psycopg
import pytest
from sqlmodel import delete
from typer.testing import CliRunner

from puumerkki.cli import app
from puumerkki.doctor import Finding, Level, examine
from puumerkki.kernel import clock, migrate
from puumerkki.kernel.crypto.keys import KeyPurpose, SigningKey
from puumerkki.kernel.db import libpq_url, make_engine, make_sessions, transaction
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.eventlog.events import EventRow, Tier
from puumerkki.kernel.eventlog.sealing import seal_events
from puumerkki.kernel.eventlog.sequencer import sequence_events
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.key_rotation import rotate_key
from puumerkki.kernel.settings import get_settings
from tests.ports import free_port
from tests.waiting import until

Server = local_postgres.LocalServer
Set = Callable[[str, str], None]


@pytest.fixture
def owner(server: Server, committed_database: str) -> str:
    """The owner's URL of the installation's database."""
    return server.url(str(psycopg.conninfo.conninfo_to_dict(committed_database)["dbname"]))


@pytest.fixture
async def healthy(
    committed_database: str, owner: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[Set]:
    """An installation in health, whose settings a test may change."""
    for name, value in {
        "DATABASE_URL": committed_database,
        "PUUMERKKI_MIGRATION_DATABASE_URL": owner,
        "PUUMERKKI_DATA_DIR": str(tmp_path),
        "PUUMERKKI_PUBLIC_URL": "http://localhost:8000",
        "PUUMERKKI_PORT": str(free_port()),
        "PUUMERKKI_SECRET": "a-secret-that-somebody-drew-0123456789",
    }.items():
        monkeypatch.setenv(name, value)
    get_settings.cache_clear()
    engine = make_engine(committed_database, pool_size=1)
    async with transaction(make_sessions(engine)) as session:
        await session.exec(delete(SigningKey))
        await rotate_key(session, KeyPurpose.tokens)
    async with await psycopg.AsyncConnection.connect(libpq_url(owner), autocommit=True) as connection:
        await sequence_events(connection)
        async with transaction(make_sessions(engine)) as session:
            await seal_events(session)
        await connection.execute("insert into procrastinate_workers default values")
    await engine.dispose()
    yield monkeypatch.setenv
    get_settings.cache_clear()


async def _found() -> dict[str, Finding]:
    return {one.code: one async for one in examine()}


async def _bad() -> set[str]:
    """The codes of what is wrong; each says how to mend it."""
    bad = [one for one in (await _found()).values() if one.level is not Level.ok]
    assert all(one.mend for one in bad)
    return {one.code for one in bad}


def _do(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


async def test_in_health(healthy: Set) -> None:
    found = await _found()
    assert [one for one in found.values() if one.level is not Level.ok] == []
    assert len(found) >= 24


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("PUUMERKKI_SECRET", "short", "settings_valid"),
        ("PUUMERKKI_PORT", "99999", "settings_valid"),
        ("PUUMERKKI_PUBLIC_URL", "http://puumerkki.example.fi", "public_url"),
        ("PUUMERKKI_PUBLIC_URL", "http://localhost:8000/app", "public_url"),
        ("PUUMERKKI_PUBLIC_URL", "puumerkki.example.fi", "public_url"),
        ("PUUMERKKI_SECURE_COOKIES", "true", "cookies"),
        ("PUUMERKKI_ALLOWED_ORIGINS", '["*"]', "origins"),
        ("PUUMERKKI_ALLOWED_ORIGINS", '["http://app.example.fi"]', "origins"),
        ("PUUMERKKI_MAIL_URL", "smtp://127.0.0.1:1", "mail_server"),
        ("PUUMERKKI_MAIL_URL", "nonsense", "mail_server"),
        ("PUUMERKKI_FILES_URL", "nonsense://x", "files"),
        ("PUUMERKKI_MIGRATION_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x", "migrations"),
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x", "database_reachable"),
        ("DATABASE_READ_URL", "postgresql://nobody@127.0.0.1:1/x", "replica"),
    ],
)
async def test_a_wrong_setting_is_named(healthy: Set, name: str, value: str, code: str) -> None:
    healthy(name, value)
    assert await _bad() == {code}


async def test_a_secret_of_one_letter(healthy: Set) -> None:
    healthy("PUUMERKKI_SECRET", "x" * 40)
    assert await _bad() == {"secret", "keys"}


async def test_no_secret(healthy: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUUMERKKI_SECRET")
    assert await _bad() == {"secret", "keys"}


async def test_another_secret(healthy: Set) -> None:
    healthy("PUUMERKKI_SECRET", "another-secret-that-somebody-drew-0123456789")
    assert await _bad() == {"keys"}


async def test_https_without_secure_cookies_and_mail_to_nobody(healthy: Set) -> None:
    healthy("PUUMERKKI_PUBLIC_URL", "https://puumerkki.example.fi")
    healthy("PUUMERKKI_SECURE_COOKIES", "false")
    assert await _bad() == {"cookies", "mail_server"}


async def test_a_database_of_the_c_locale(healthy: Set, server: Server) -> None:
    name = f"puumerkki_t_{uuid4().hex[:16]}"
    _do(server.url("postgres"), f"create database \"{name}\" template template0 encoding 'UTF8' locale 'C'")
    try:
        healthy("DATABASE_URL", server.url(name, user="puumerkki_app"))
        healthy("PUUMERKKI_MIGRATION_DATABASE_URL", server.url(name))
        assert await _bad() == {"database_ctype", "database_extensions", "migrations"}
    finally:
        _do(server.url("postgres"), f'drop database "{name}" with (force)')


async def test_a_database_of_another_encoding(healthy: Set, server: Server) -> None:
    name = f"puumerkki_t_{uuid4().hex[:16]}"
    _do(server.url("postgres"), f"create database \"{name}\" template template0 encoding 'LATIN1' locale 'C'")
    try:
        healthy("DATABASE_URL", server.url(name, user="puumerkki_app"))
        healthy("PUUMERKKI_MIGRATION_DATABASE_URL", server.url(name))
        assert {"database_encoding", "database_ctype"} <= await _bad()
    finally:
        _do(server.url("postgres"), f'drop database "{name}" with (force)')


async def test_a_superuser_serves(healthy: Set, owner: str) -> None:
    healthy("DATABASE_URL", owner)
    assert await _bad() == {"database_role", "database_rights"}


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("grant update on event to puumerkki_app", "database_rights"),
        ("grant delete on event_p2026 to puumerkki_app", "database_rights"),
        ("grant insert on event_archive to puumerkki_app", "database_rights"),
        ("revoke insert on event from puumerkki_app", "database_rights"),
        ("alter table need owner to puumerkki_app", "database_rights"),
        ("alter table event disable trigger event_append_only", "triggers"),
        ("alter table endorsement disable trigger endorsement_frozen", "triggers"),
        ("drop trigger event_no_truncate on event", "triggers"),
        ("drop extension unaccent cascade", "database_extensions"),
        ("delete from procrastinate_workers", "workers"),
        ("update procrastinate_workers set last_heartbeat = now() - interval '5 minutes'", "workers"),
        (
            "insert into procrastinate_jobs (queue_name, task_name, status) values ('mail', 'mail.deliver', 'doing')",
            "stalled_jobs",
        ),
        (
            "insert into procrastinate_jobs (queue_name, task_name, status) values ('mail', 'mail.deliver', 'failed')",
            "failed_jobs",
        ),
        (
            "insert into mail_outbox (id, created_at, recipient, subject, body, language, attempts, headers, identity)"
            " values (gen_random_uuid(), now() - interval '1 hour', 'a@example.fi', 's', 'b', 'fi', 3, '{}', false)",
            "outbox",
        ),
        (
            "with one as (insert into principal (id, created_at, kind) values (gen_random_uuid(), now(), 'user')"
            " returning id) insert into role_grant (id, created_at, principal_id, scope_kind, scope_id, role)"
            " select gen_random_uuid(), now(), one.id, kind, scope, role from one,"
            " (values ('platform', null, 'operator'),"
            " ('network', gen_random_uuid(), 'coordinator')) as roles (kind, scope, role)",
            "operators",
        ),
    ],
)
async def test_what_is_broken_in_the_database_is_named(healthy: Set, owner: str, statement: str, code: str) -> None:
    _do(owner, statement)
    assert await _bad() == {code}


async def test_a_migration_is_missing(healthy: Set, owner: str) -> None:
    migrate.downgrade(owner, "0001")
    assert await _bad() == {"migrations"}


async def _event(url: str, **ago: float) -> None:
    engine = make_engine(url, pool_size=1)
    at = clock.now() - timedelta(**ago)
    async with transaction(make_sessions(engine)) as session:
        subject = {"subject_kind": "need", "subject_id": new_id(), "type": "need.raised", "tier": Tier.public}
        session.add(EventRow(occurred_at=at, **subject))
    await engine.dispose()


async def test_the_sequencer_stands_still(healthy: Set, committed_database: str, owner: str) -> None:
    await _event(committed_database, minutes=5)
    assert "sequencer" in await _bad()
    async with await psycopg.AsyncConnection.connect(libpq_url(owner), autocommit=True) as connection:

        async def placed() -> bool:
            """Writers in other databases of the server hold the horizon for a moment."""
            return await sequence_events(connection) > 0

        await until(placed)
    assert await _bad() == set()
    with clock.fixed(clock.now() + timedelta(minutes=31)):
        assert "seals" in await _bad()


async def test_events_outside_the_partitions(healthy: Set, committed_database: str, owner: str) -> None:
    await _event(committed_database, days=20_000)
    assert "partitions" in await _bad()


async def test_the_partitions_end_soon(healthy: Set) -> None:
    with clock.fixed(clock.now() + timedelta(days=365 * 30)):
        assert "partitions" in await _bad()


async def test_a_read_url_that_is_no_replica(healthy: Set, committed_database: str) -> None:
    healthy("DATABASE_READ_URL", committed_database)
    assert await _bad() == {"replica"}


async def test_files_that_cannot_be_written(healthy: Set, tmp_path: Path) -> None:
    (tmp_path / "files").write_text("in the way")
    assert await _bad() == {"files"}


async def test_mail_that_cannot_be_written(healthy: Set, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("in the way")
    healthy("PUUMERKKI_MAIL_URL", f"folder:{tmp_path}/taken/mail")
    assert await _bad() == {"mail_server"}


async def test_a_mail_server_that_takes_us(healthy: Set) -> None:
    controller = aiosmtpd.controller.Controller(object(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        healthy("PUUMERKKI_MAIL_URL", f"smtp://127.0.0.1:{controller.port}")
        assert await _bad() == set()
        healthy("PUUMERKKI_MAIL_URL", f"smtp://matti:salasana@127.0.0.1:{controller.port}")
        assert await _bad() == {"mail_server"}
    finally:
        controller.stop()


async def test_a_stranger_on_our_port(healthy: Set) -> None:
    controller = aiosmtpd.controller.Controller(object(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        healthy("PUUMERKKI_PORT", str(controller.port))
        assert await _bad() == {"port"}
    finally:
        controller.stop()


@pytest.mark.parametrize("command", ["json", "text"])
def test_the_command_says_it_and_ends_with_a_code(healthy: Set, owner: str, command: str) -> None:
    given = ["doctor", "--json"] if command == "json" else ["doctor"]
    well = CliRunner().invoke(app, given)
    _do(owner, "alter table event disable trigger event_append_only")
    broken = CliRunner().invoke(app, given)
    assert (well.exit_code, broken.exit_code) == (0, 1), well.output + broken.output
    if command == "json":
        assert json.loads(well.stdout)["healthy"] is True
        said = json.loads(broken.stdout)
        (one,) = [one for one in said["findings"] if one["level"] == "fault"]
        assert (said["healthy"], one["code"]) == (False, "triggers")
        assert "event_append_only" in one["what"] and "enable trigger" in one["mend"]
    else:
        assert "✗" not in well.output
        assert "✗ triggers" in broken.output and "→" in broken.output
