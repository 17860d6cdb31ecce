"""While a network considers revoking its puumerkki, the case says so, and whoever decides says that they know it."""

from datetime import datetime
from typing import Any

from puumerkki.kernel import clock
from tests.factories import Client, World
from tests.partnerships.test_partner_requests import DECISION
from tests.partnerships.ways_on import at_the_city, clocks

CAUSE = {"way": "cause", "cause": "false_facts", "reason": "Hakemuksessa nimetty tila on suljettu."}


async def test_the_case_says_that_the_puumerkki_may_be_revoked_and_deciding_asks_for_it(world: World) -> None:
    with clocks() as stack:
        walk = await at_the_city(world, stack)
        await walk.endorsed()
        await walk.step(walk.officer, "begin")

        async def doubts(caller: Client) -> tuple[Any, ...]:
            [row] = (await walk.seen(caller))["requirements"]
            step = (await caller.get(f"/next/partner_request/{walk.request.id}")).json()["step"]
            return row["networks"][0]["revocation_heard_until"], step["revoking_until"], len(step["revoking"])

        readers = (walk.decider, walk.officer, walk.scene.editor)
        for one in readers:
            assert await doubts(one) == (None, None, 0)
        proposed = (await walk.scene.must("revocations", CAUSE))["revocation"]
        heard = str(clock.last_day(datetime.fromisoformat(proposed["heard_until"])))
        for one in readers:
            assert await doubts(one) == (heard, heard, 1)
        # it does not hold the decision up: whoever decides says that they know
        shown = await walk.seen()
        assert {"action": "decide", "allowed": True, "blocked_by": None} in shown["available_actions"]
        answer = await walk.decider.post(f"{walk.path}/decide", DECISION, if_match=shown["version"])
        assert (answer.status_code, answer.json()["code"]) == (409, "revocation_unseen")
        assert await walk.state() == "in_preparation"
        await walk.step(walk.decider, "decide", DECISION | {"knows_of_revocation": True})
        assert await doubts(walk.decider) == (heard, heard, 1)


async def test_what_was_not_revoked_is_in_doubt_no_more(world: World) -> None:
    with clocks() as stack:
        walk = await at_the_city(world, stack)
        await walk.endorsed()
        await walk.step(walk.officer, "begin")
        await walk.scene.must("revocations", CAUSE)
        await walk.scene.must("revocation/drop", {"reason": "Selvisi."})
        assert (await walk.seen())["requirements"][0]["networks"][0]["revocation_heard_until"] is None
        await walk.step(walk.decider, "decide", DECISION)
