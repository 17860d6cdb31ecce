"""A short run of the harness: a few troubles, and everything is as it must be."""

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from puumerkki.imports.models import ImportStep
from tests.faults import great_import
from tests.faults.great_import import KILLS
from tests.faults.run import run

STRIKES = 3


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that the database's user may enter, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="puumerkki-faults-", dir="/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


async def test_a_few_kills_break_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PUUMERKKI_DATA_DIR", str(folder / "data"))
    seed = random.randrange(10**6)
    told: list[str] = []
    report = await run(folder, seed=seed, seconds=0, disk=None, tell=told.append, strikes=STRIKES, api_processes=1)
    assert report.broken == [], f"seed {seed}: {told}"
    assert sum(report.trouble.happened.values()) >= STRIKES
    assert report.checks["answers"] > 0


async def test_a_list_whose_workers_are_killed_goes_in_once_and_out_again(committed_database: str) -> None:
    """`make faults` does it with a hundred thousand rows, and kills in every step."""
    kills = {ImportStep.apply: KILLS[ImportStep.apply][1:]}
    report = await great_import.run(committed_database, 1000, kills=kills, tell=print)
    assert (report.broken, list(report.steps)) == ([], ["trial", "apply", "undo"])
