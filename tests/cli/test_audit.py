"""`puumerkki audit`, as an operator runs it: partitions, exports and archives."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from puumerkki.cli import app
from puumerkki.kernel import clock
from puumerkki.kernel.crypto.keys import KeyPurpose, keys_of
from puumerkki.kernel.db import make_engine, make_sessions, transaction
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.eventlog.sealing import EventSeal, seal_events
from puumerkki.kernel.settings import get_settings
from tests.conftest import owner_url
from tests.kernel.test_sequencer import connect, placed, tell


@pytest.fixture
def database(
    server: local_postgres.LocalServer, committed_database: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    monkeypatch.setenv("DATABASE_URL", committed_database)
    monkeypatch.setenv("PUUMERKKI_MIGRATION_DATABASE_URL", owner_url(server, committed_database))
    monkeypatch.setenv("COLUMNS", "250")
    get_settings.cache_clear()
    yield committed_database
    get_settings.cache_clear()


def run(*given: str) -> Result:
    get_settings.cache_clear()
    return CliRunner().invoke(app, list(given))


def sealed(database: str, *moments: datetime) -> tuple[list[EventSeal], list[dict[str, str]]]:
    """An event and a seal at each moment, and the keys."""

    async def write() -> tuple[list[EventSeal], list[dict[str, str]]]:
        engine = make_engine(database, pool_size=1)
        sessions = make_sessions(engine)
        seals = []
        async with connect(database, autocommit=True) as connection:
            for moment in moments:
                with clock.fixed(moment):
                    await tell(connection)
                    await placed(connection, 1)
                    async with transaction(sessions) as session:
                        seals.append(await seal_events(session))
        async with sessions() as session:
            keys = [one.public_jwk for one in await keys_of(session, KeyPurpose.seals)]
        await engine.dispose()
        return [one for one in seals if one is not None], keys

    return asyncio.run(write())


PAST, LAST, LATER = (datetime(year, 6, 1, tzinfo=UTC) for year in (2026, 2027, 2028))


def test_an_export_and_its_check(database: str, tmp_path: Path) -> None:
    seals, keys = sealed(database, PAST, LAST)
    folder, known = str(tmp_path / "export"), tmp_path / "keys.json"
    known.write_text(json.dumps({"keys": keys}))
    done = run("audit", "export", folder)
    assert (done.exit_code, "the seals 1 to 2" in done.stdout) == (0, True), done.output
    assert run("audit", "export", folder).exit_code == 1, "it writes over nothing"
    assert run("audit", "export", str(tmp_path / "more"), "--from-seal", "3").exit_code == 1
    checked = run("audit", "verify", "--export", folder, "--keys", str(known), "--head", seals[1].head)
    assert (checked.exit_code, "Without" in checked.stdout) == (0, False), checked.output
    believed = run("audit", "verify", "--export", folder)
    assert (believed.exit_code, believed.stdout.count("Without")) == (0, 2)
    assert run("audit", "verify", "--keys", str(known)).exit_code == 1
    (tmp_path / "export" / "seals.jsonl.gz").write_bytes(b"")
    changed = run("audit", "verify", "--export", folder)
    assert (changed.exit_code, "file_changed" in changed.stdout) == (1, True)
    known.write_text("{}")
    assert "JWKS" in run("audit", "verify", "--export", folder, "--keys", str(known)).stderr


def test_archiving_verifying_and_restoring(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seals, _ = sealed(database, PAST, LAST)
    archive = ("audit", "archive", str(tmp_path), "--before")
    assert "not come yet" in run(*archive, "2999-01-01").stderr
    assert "nothing to archive" in run(*archive, "2026-01-01").stdout
    with clock.fixed(LATER):
        with monkeypatch.context() as as_application:
            as_application.setenv("PUUMERKKI_MIGRATION_DATABASE_URL", database)
            refused = run(*archive, "2027-01-01")
        assert (refused.exit_code, "owner" in refused.stderr) == (1, True), refused.output
        done = run(*archive, "2027-01-01")
    assert (done.exit_code, "event_p2026" in done.stdout) == (0, True), done.output
    alone = run("audit", "verify", "--head", seals[0].head)
    assert (alone.exit_code, "Without --archives" in alone.stdout) == (0, True), alone.output
    both = run("audit", "verify", "--archives", str(tmp_path), "--head", seals[0].head)
    assert (both.exit_code, "Without" in both.stdout) == (0, False), both.output
    restored = run("restore-check")
    assert restored.exit_code == 0, restored.output
    later = run("audit", "export", str(tmp_path / "export"))
    assert "the seals 2 to 2" in later.stdout, "those that are archived lie there already"
    next(tmp_path.glob("seals-*/events.jsonl.gz")).unlink()
    lost = run("audit", "verify", "--archives", str(tmp_path))
    assert (lost.exit_code, "file_missing" in lost.stdout) == (1, True)


def test_partitions_are_made_and_listed(database: str) -> None:
    with clock.fixed(datetime(2031, 6, 1, tzinfo=UTC)):
        made = run("audit", "partitions")
    assert made.exit_code == 0, made.output
    assert "event_p2032" in made.stdout.splitlines()[-1] and "2033-01-01" in made.stdout
    assert "None was missing" in run("audit", "partitions").stdout
