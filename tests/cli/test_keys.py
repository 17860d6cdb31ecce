"""`puumerkki keys`, as an operator runs it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from click.testing import Result
from typer.testing import CliRunner

from puumerkki.cli import app
from puumerkki.kernel import clock
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.settings import get_settings

OLD, NEW = "the-old-secret-of-this-test-0123456789", "the-new-secret-of-this-test-0123456789"


@pytest.fixture
def installation(
    server: local_postgres.LocalServer, committed_database: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[pytest.MonkeyPatch]:
    """A database without keys and a secret, in the environment."""
    with psycopg.connect(committed_database) as connection:
        connection.execute("delete from signing_key")
    name = str(psycopg.conninfo.conninfo_to_dict(committed_database)["dbname"])
    monkeypatch.setenv("DATABASE_URL", committed_database)
    monkeypatch.setenv("PUUMERKKI_MIGRATION_DATABASE_URL", server.url(name))
    monkeypatch.setenv("PUUMERKKI_SECRET", OLD)
    monkeypatch.setenv("COLUMNS", "250")
    get_settings.cache_clear()
    yield monkeypatch
    get_settings.cache_clear()


def run(*given: str) -> Result:
    get_settings.cache_clear()
    return CliRunner().invoke(app, ["keys", *given])


def rotated(purpose: str) -> str:
    """The new key's id."""
    done = run("rotate", purpose)
    assert done.exit_code == 0, done.output
    found = re.match(r"(\S+) signs", done.stderr)
    assert found is not None
    return found[1]


def line(kid: str) -> str:
    """What the list says of a key."""
    return next(one for one in run("list").stdout.splitlines() if kid in one)


def test_from_rotation_to_revocation(installation: pytest.MonkeyPatch) -> None:
    first = rotated("marks")
    assert "current" in line(first)
    second = rotated("marks")
    assert "retired" in line(first) and "current" in line(second)
    assert run("revoke", second).exit_code == 1, "it asks first"
    assert "current" in line(second)
    assert run("revoke", second, "--yes").exit_code == 0
    assert "revoked" in line(second)
    assert run("list").stdout.count("current") == 1, "a new one took its place"
    again = run("revoke", second, "--yes")
    assert (again.exit_code, "verifies nothing already" in again.stderr) == (1, True)
    assert "no key with this id" in run("revoke", "unknown", "--yes").stderr


def test_compromised_since_a_moment_in_finland(installation: pytest.MonkeyPatch) -> None:
    kid = rotated("marks")
    assert run("compromise", kid).exit_code == 2, "the moment is asked for"
    assert run("compromise", kid, "--since", "yesterday").exit_code == 2
    later = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%d")
    assert "future" in run("compromise", kid, "--since", later).stderr
    assert run("compromise", kid, "--since", "2026-01-31T12:00").exit_code == 0
    assert "compromised" in line(kid) and "2026-01-31 12:00:00" in line(kid)
    assert run("compromise", kid, "--since", "2026-01-30T12:00:00+0000").exit_code == 0
    assert "2026-01-30 14:00:00" in line(kid)


def test_another_secret(installation: pytest.MonkeyPatch) -> None:
    kid = rotated("tokens")
    assert "PUUMERKKI_OLD_SECRET" in run("reseal").stderr
    installation.setenv("PUUMERKKI_SECRET", NEW)
    installation.setenv("PUUMERKKI_OLD_SECRET", "some-other-secret-that-never-was-0123456789")
    refused = run("reseal")
    assert (refused.exit_code, kid in refused.stderr.replace("\n", "")) == (1, True)
    installation.setenv("PUUMERKKI_OLD_SECRET", OLD)
    done = run("reseal")
    assert (done.exit_code, done.stderr.startswith("1 keys")) == (0, True)
    assert run("reseal").stderr.startswith("0 keys")


def test_a_server_does_not_start_with_another_secret(installation: pytest.MonkeyPatch) -> None:
    kid = rotated("tokens")
    installation.setenv("PUUMERKKI_SECRET", NEW)
    for command in ("serve", "worker"):
        get_settings.cache_clear()
        done = CliRunner().invoke(app, [command])
        said = " ".join(done.stderr.split())
        assert done.exit_code == 1
        assert f"PUUMERKKI_SECRET does not open the signing key {kid} (tokens)" in said
        assert "puumerkki keys reseal" in said


@pytest.mark.parametrize("kid", ["-abc", "--yes-and-more", "-y"])
def test_an_id_that_looks_like_an_option(installation: pytest.MonkeyPatch, kid: str) -> None:
    assert "no key with this id" in run("revoke", kid, "--yes").stderr
    assert "no key with this id" in run("compromise", kid, "--since", "2026-01-31").stderr
