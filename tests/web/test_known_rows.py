"""Lists of what only some may know of: gathered first or asked row by row, everybody gets the same."""

import httpx
import pytest
from fastapi import FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.db import driver_connection
from puumerkki.kernel.reads import page_statements
from puumerkki.kernel.reads.read_pool import PinnedReads
from tests.factories import World
from tests.personas import EVERYBODY, make_cast
from tests.statement_cache import build_anew
from tests.valid_requests.agreements import drafted, proposed
from tests.valid_requests.handlings import received
from tests.valid_requests.partner_requests import arrived
from tests.valid_requests.reports import drafted as report_drafted
from tests.valid_requests.reports import submitted as report_submitted

PATHS = (
    "/applications",
    "/applications?sort=title",
    "/applications?network={network}",
    "/applications?network={network}&handling_state=received",
    "/applications?network={network}&handling_state=returned",
    "/applications?network={other}&handling_state=received",
    "/handlings",
    "/handlings?network={network}&sort=handle_by",
    "/partner-requests",
    "/partner-requests?authority={city}",
    "/agreements",
    "/agreements?sort=title&organisation={city}",
    "/agreements?year=2026&theme=KR1.1&ends_by=2030-01-01",
    "/reports",
    "/reports?sort=-year&state=submitted",
)


@pytest.mark.usefixtures("client")
async def test_everybody_gets_the_same_both_ways(
    world: World, session: AsyncSession, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = await make_cast(world)
    await received(cast)
    await arrived(cast)
    await proposed(cast)
    await drafted(cast)
    report = await report_submitted(cast)
    await report_drafted(cast, report.subject_id, year=2030)
    # drafts of the association and of somebody else
    await world.application(cast.association, networks=[cast.network])
    await world.application(await world.organisation("Kaukainen ry"), networks=[cast.network])
    other = await world.network("Kotona asuminen")
    given = {"network": cast.network.id, "other": other.id, "city": cast.city.id}
    paths = [path.format(**given) for path in PATHS]

    async def answers() -> dict[tuple[str, str], httpx.Response]:
        app.state.reads = PinnedReads(await driver_connection(session))
        return {(name, path): await cast[name].get(path) for name in EVERYBODY for path in paths}

    gathered = await answers()
    build_anew(monkeypatch)
    monkeypatch.setattr(page_statements, "PREFETCH_LIMIT", -1)
    by_row = await answers()
    for asked, answer in gathered.items():
        assert (answer.status_code, answer.content) == (by_row[asked].status_code, by_row[asked].content), asked
    sizes = {asked: len(answer.json()["items"]) for asked, answer in gathered.items() if answer.is_success}
    assert sizes["editor", "/applications"] == 3
    assert sizes["coordinator", "/applications"] == sizes["coordinator", "/handlings"] == 2
    assert sizes["officer", "/partner-requests"] == sizes["coordinator", "/partner-requests"] == 1
    assert sizes["outsider", "/applications"] == sizes["outsider", "/partner-requests"] == 0
    assert [sizes[name, "/agreements"] for name in ("editor", "officer", "observer")] == [3, 2, 0]
    assert [sizes[name, "/reports"] for name in ("editor", "officer", "viewer", "observer")] == [2, 1, 1, 0]
    asked_together = [sizes["coordinator", path] for path in paths[3:6]]
    assert asked_together == [1, 0, 0]
