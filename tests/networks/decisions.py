"""What the tests of a network's decisions about itself share."""

from datetime import timedelta
from typing import Any

from puumerkki.kernel import clock
from puumerkki.networks import queries
from puumerkki.networks.service.decision_votes import decide_due
from tests.factories import Client
from tests.network_decisions import representative
from tests.personas import Cast

RULE = {"method": "two_thirds", "quorum_percent": 60}
DRAFT: dict[str, Any] = {"texts": {"fi": "Uudet säännöt."}, "rule": RULE}


async def draft(cast: Cast) -> str:
    made = await cast["coordinator"].post(f"/networks/{cast.network.id}/rulebooks", DRAFT)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def path_of(cast: Cast, tail: str = "") -> str:
    return f"/networks/{cast.network.id}/decisions{tail}"


async def association(cast: Cast) -> Client:
    return await representative(cast.world, cast.network, cast.association.id)


async def pass_days(cast: Cast, days: int) -> None:
    with clock.fixed(clock.now() + timedelta(days=days)):
        await decide_due(cast.world.session)


async def in_force(cast: Cast) -> int:
    book = await queries.rulebook_in_force(cast.world.session, cast.network.id)
    assert book is not None
    return book.number
