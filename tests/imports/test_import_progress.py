"""How far an import is, told while it runs."""

import io

import pytest

from puumerkki.imports import engine
from puumerkki.imports import jobs as import_jobs
from puumerkki.imports.models import ImportState
from puumerkki.imports.options import ImportOptions
from puumerkki.organisations.importing.sheet import ORGANISATIONS
from tests.factories import World
from tests.imports.test_import_jobs import rows, run, send


async def test_how_far_an_import_is_is_told_between_its_steps(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is told over the connection of the import itself, as here, neither spoils the other's transaction."""
    monkeypatch.setattr(import_jobs, "TELL_SECONDS", 0)
    monkeypatch.setattr(engine, "BATCH", 2)
    operator = await world.operator()
    tried = await run(await send(operator, "".join(rows(40)), "&dry_run=true"))
    assert (tried.state, tried.rows_read, tried.rows_total) == (ImportState.tried, 40, 40)
    job = await run(await operator.post(f"/imports/{tried.id}/apply", {}, if_match=tried.version))
    assert (job.state, job.created, job.percent) == (ImportState.succeeded, 40, 96)
    job = await run(await operator.post(f"/imports/{tried.id}/undo", {}, if_match=job.version))
    assert (job.state, job.percent) == (ImportState.undone, 100)


def test_the_share_that_is_done_only_grows() -> None:
    reading = [import_jobs._percent(rows, 10, 0) for rows in range(11)]
    rest = [import_jobs._percent(10, 10, share / 10) for share in range(1, 11)]
    assert [*reading, *rest] == sorted([*reading, *rest]) and (reading[0], rest[-1]) == (0, 100)
    assert import_jobs._percent(10, None, 0) is None, "nobody knows how many rows there are"


async def test_each_step_is_told_and_none_goes_back(world: World) -> None:
    seen: list[tuple[int, float]] = []

    async def watch(count: int, rest: float) -> None:
        seen.append((count, rest))

    source = io.BytesIO("".join(rows(3)).encode())
    await engine.import_sheet(
        ORGANISATIONS, world.session, source=source, actor_id=None, options=ImportOptions(), progress=watch
    )
    assert seen[0] == (3, 0) and seen == sorted(seen) and 0.8 < seen[-1][1] < 1, "reading, then each statement"
