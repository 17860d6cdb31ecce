"""`import` on the server itself: what is near is shown and decided of, by row."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlmodel.ext.asyncio.session import AsyncSession
from typer.testing import CliRunner

from puumerkki.cli import app
from puumerkki.kernel.db import libpq_url, make_engine
from puumerkki.kernel.embedded_postgres.local_postgres import LocalServer
from puumerkki.kernel.settings import get_settings
from tests.cli.elsewhere import Said, list_of, said
from tests.conftest import owner_url
from tests.factories import World

LIST = (
    "nimi;sektori;kotikunta\nTuiran seudun asukas;järjestö;Oulu\n[/] Kerho;järjestö;Oulu\nKosken väki;järjestö;Kemi\n"
)


@pytest.fixture
async def known(committed_database: str) -> tuple[UUID, UUID]:
    """Two organisations that the list's first and third row are much like."""
    engine = make_engine(committed_database, pool_size=1)
    async with AsyncSession(engine, expire_on_commit=False) as session:
        world = World(session)
        made = await world.organisation("Tuiran seudun asukkaat"), await world.organisation("Kosken väki")
        await session.commit()
    await engine.dispose()
    return made[0].id, made[1].id


@pytest.fixture
def bring(
    committed_database: str, server: LocalServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Said]:
    """The command with the list and these options."""
    file = list_of(tmp_path, LIST)
    monkeypatch.setenv("DATABASE_URL", committed_database)
    monkeypatch.setenv("PUUMERKKI_MIGRATION_DATABASE_URL", owner_url(server, committed_database))
    monkeypatch.setenv("PUUMERKKI_DATA_DIR", str(tmp_path))
    get_settings.cache_clear()
    return lambda *options: said(CliRunner().invoke(app, ["import", "organisations", file, *options]))


def test_what_is_near_is_shown_and_decided_of(
    known: tuple[UUID, UUID], bring: Callable[..., Said], committed_database: str
) -> None:
    shown = bring("--dry-run")
    assert (shown.code, str(known[0]) in shown.text, str(known[1]) in shown.text) == (1, True, True), shown.text
    assert "--same ROW=ID, --another ROW or --skip ROW" in shown.text
    some = bring(f"--same=2={known[0]}")
    assert (some.code, str(known[0]) in some.text, str(known[1]) in some.text) == (1, False, True), some.text
    skipped = bring(f"--same=2={known[0]}", "--skip=4", "--dry-run")
    assert (skipped.code, "1 new, 1 changed, 0 unchanged, 1 left out" in skipped.text) == (0, True), skipped.text
    done = bring(f"--same=2={known[0]}", "--another=4")
    assert (done.code, "2 new, 1 changed, 0 unchanged, 0 left out" in done.text) == (0, True), done.text
    with psycopg.connect(libpq_url(committed_database)) as connection:
        found = connection.execute("select id, names->>'fi' from organisation").fetchall()
    names = {id_: str(name) for id_, name in found}
    assert names[known[0]] == "Tuiran seudun asukas"
    assert sorted(names.values()) == ["Kosken väki", "Kosken väki", "Tuiran seudun asukas", "[/] Kerho"]


@pytest.mark.parametrize(
    ("option", "what"),
    [
        ("--same=2={stranger}", "Row 2: Choose one of the row's candidates."),
        ("--another=3", "Row 3: Nothing like this row is there"),
        ("--skip=40", "The file has no row 40."),
        ("--same=2", "give the row's number and the id"),
        ("--same=x={stranger}", "give the row's number and the id"),
    ],
)
def test_a_decision_that_does_not_fit_stops_all(
    known: tuple[UUID, UUID], bring: Callable[..., Said], option: str, what: str
) -> None:
    refused = bring("--skip-bad", option.format(stranger=uuid4()))
    assert (refused.code, what in refused.text) == (1, True), refused.text
    assert "2 new" not in refused.text


def test_a_row_is_decided_once(bring: Callable[..., Said]) -> None:
    assert "Row 4 is decided twice." in bring("--skip=4", "--another=4").text
    assert "--result goes with --server." in bring("--result=x.csv").text
