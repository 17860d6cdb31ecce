"""Compiled statements are kept in bounded number, and no number that callers choose makes new ones."""

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Select, literal_column, select

from puumerkki.access.roles import Role
from puumerkki.kernel import metrics
from puumerkki.kernel.reads.pagination import SIZES
from puumerkki.kernel.reads.statements import MOST, Statements
from puumerkki.kernel.settings import get_settings
from puumerkki.web.app import create_app
from tests.factories import World
from tests.statement_cache import build_anew


def _one(number: int) -> Select[tuple[int]]:
    return select(literal_column(str(number)))


def test_the_one_used_longest_ago_goes_first() -> None:
    built: list[int] = []

    def get(number: int) -> None:
        def build() -> Select[tuple[int]]:
            built.append(number)
            return _one(number)

        kept.get(("number", number), build)

    kept = Statements("test-lru", most=3)
    for number in (1, 2, 3, 1, 4, 1, 3, 2):
        get(number)
    assert (built, len(kept)) == ([1, 2, 3, 4, 2], 3)
    told = metrics.exposition()
    for name, value in (("built_total", 5), ("dropped_total", 2), ("kept", 3)):
        assert f'puumerkki_statements_{name}{{of="test-lru"}} {value}\n' in told


def test_a_flood_of_shapes_is_bounded() -> None:
    kept = Statements("test-flood")
    for number in range(2 * MOST):
        kept.get(number, lambda number=number: _one(number))  # type: ignore[misc]
    assert len(kept) == MOST == 512


async def test_whatever_limit_is_asked_a_list_has_a_few_statements(
    monkeypatch: pytest.MonkeyPatch, world: World, app: FastAPI
) -> None:
    build_anew(monkeypatch)
    organisation = await world.organisation()
    viewer = await world.person((Role.viewer, organisation.id))
    path = f"/organisations/{organisation.id}/events"
    await viewer.get(path)
    before = len(app.state.reads._statements)
    for limit in range(1, 201):
        assert (await viewer.get(f"{path}?limit={limit}")).status_code == 200
    assert len(app.state.reads._statements) - before <= len(SIZES)
    before = len(app.state.reads._statements)
    for limit in range(1, 501, 9):
        assert (await viewer.get(f"/events?limit={limit}")).status_code == 200
    assert len(app.state.reads._statements) - before == 1


@pytest.mark.parametrize("limit", [1, 2, 3, 10, 11, 13])
async def test_a_page_has_as_many_as_were_asked_for(world: World, limit: int) -> None:
    for number in range(12):
        await world.organisation(f"Sivutus {number:02}")
    wanted = [f"Sivutus {number:02}" for number in range(12)]
    path = f"/organisations?q=Sivutus&sort=name&limit={limit}"
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (await world.nobody.get(path + (f"&cursor={cursor}" if cursor else ""))).json()
        assert len(page["items"]) <= limit
        found += [one["names"]["fi"] for one in page["items"]]
        cursor = page["next_cursor"]
        assert (cursor is None) == (len(found) >= 12)
    assert sorted(found) == wanted


async def test_metrics_are_for_who_shows_their_token(
    monkeypatch: pytest.MonkeyPatch, client: httpx.AsyncClient
) -> None:
    assert (await client.get("/metrics")).status_code == 404
    monkeypatch.setenv("PUUMERKKI_METRICS_TOKEN", "a-token-of-the-metrics")
    get_settings.cache_clear()
    transport = httpx.ASGITransport(create_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as asking:
        wrong: tuple[dict[str, str | bytes], ...] = (
            {},
            {"Authorization": "Bearer another"},
            {"Authorization": b"Bearer \xe5"},
        )
        for shown in wrong:
            answer = await asking.get("/metrics", headers=shown)
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
        right = {"Authorization": "Bearer a-token-of-the-metrics"}
        answer = await asking.get("/metrics", headers=right)
        assert answer.status_code == 200
        assert "# TYPE puumerkki_statements_kept gauge\n" in answer.text
        assert (await asking.head("/metrics", headers=right)).content == b""
        assert (await asking.post("/metrics", headers=right)).headers["allow"] == "HEAD, GET"
