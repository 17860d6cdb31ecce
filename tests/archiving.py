"""How an organisation comes to be archived in a test: at its administrator's wish."""

from typing import Any
from uuid import UUID

import httpx

from puumerkki.access.roles import Role
from tests.world import Caller, World

WHY = {"reason": "dissolved", "source": "Yhdistysrekisteri, merkintä 1.10.2026"}


async def act(who: Caller, organisation_id: UUID, step: str, **given: Any) -> httpx.Response:
    """A step on the present version of an organisation."""
    there = f"/organisations/{organisation_id}"
    version = (await who.get(there)).json()["version"]
    return await who.post(f"{there}/{step}", given, if_match=version)


async def archived(world: World, organisation_id: UUID, **given: Any) -> None:
    owner = await world.person((Role.owner, organisation_id))
    answer = await act(owner, organisation_id, "archive", **WHY | given)
    assert (answer.status_code, answer.json()["state"]) == (200, "archived"), answer.text
