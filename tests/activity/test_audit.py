"""The operator's search of the event log."""

from datetime import timedelta
from typing import Any

from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import Tier
from tests.activity.test_feed import place, tell
from tests.factories import Client, World
from tests.partnerships.gate import scene_of
from tests.personas import make_cast


async def found(caller: Client, query: str = "") -> list[Any]:
    answer = await caller.get(f"/audit-events{query}")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def types(caller: Client, query: str = "") -> list[str]:
    return [one["type"] for one in await found(caller, query)]


async def test_operators_find_what_was_done_by_whom_and_to_what(world: World) -> None:
    cast = await make_cast(world)
    operator = cast["operator"]
    arrived = await scene_of(cast)
    subject = await tell(world.session, Tier.own, actor_id=cast["viewer"].id)
    await place(world)
    case = ["partner_request.referred", "partner_request.arrived"]
    assert await types(operator) == ["test.told", *case]
    assert await types(operator, f"?subject={subject}") == ["test.told"]
    assert await types(operator, f"?subject={arrived.application.id}") == case
    assert await types(operator, f"?actor={cast['viewer'].id}") == ["test.told"]
    assert await types(operator, "?subject_kind=partner_request&type=partner_request.arrived") == case[1:]
    [told] = await found(operator, "?type=test.told")
    assert told["actor_name"] == (await cast["viewer"].get("/me")).json()["name"]
    assert [one["actor_name"] for one in await found(operator, "?subject_kind=partner_request")] == [None, None]


async def test_days_are_those_of_finland(world: World) -> None:
    cast = await make_cast(world)
    with clock.fixed(clock.end_of_day(clock.today() - timedelta(days=1))):
        await tell(world.session)
    await place(world)
    today, yesterday = clock.today(), clock.today() - timedelta(days=1)
    assert await types(cast["operator"], f"?since={today}&until={today}") == ["test.told"]
    assert await types(cast["operator"], f"?until={yesterday}") == []
    assert await types(cast["operator"], f"?since={today + timedelta(days=1)}") == []


async def test_what_is_sealed_is_sealed_from_operators(world: World) -> None:
    cast = await make_cast(world)
    await tell(world.session, Tier.sealed)
    await place(world)
    assert await types(cast["operator"]) == []


async def test_nobody_else_searches_the_log(world: World) -> None:
    cast = await make_cast(world)
    await tell(world.session)
    await place(world)
    assert await types(cast["operator"]) == ["test.told"]
    assert [await types(cast[who]) for who in ("owner", "officer", "coordinator")] == [[], [], []]
    assert await types(world.nobody) == []
