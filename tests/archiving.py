"""How an organisation comes to be archived in a test: at its administrators' wish."""

from typing import Any
from uuid import UUID

import httpx

from puumerkki.access.roles import Role
from puumerkki.organisations.models.organisations import Organisation
from tests.factories import Client, World

WHY = {"reason": "dissolved", "source": "Yhdistysrekisteri, merkintä 1.10.2026"}


async def act(who: Client, organisation_id: UUID, step: str, **given: Any) -> httpx.Response:
    """A step on the present version of an organisation."""
    there = f"/organisations/{organisation_id}"
    version = (await who.get(there)).json()["version"]
    return await who.post(f"{there}/{step}", given, if_match=version)


async def archived(world: World, organisation_id: UUID, **given: Any) -> None:
    first, second = [await world.person((Role.owner, organisation_id)) for _ in range(2)]
    assert (await act(first, organisation_id, "archive", **WHY | given)).status_code == 200
    answer = await act(second, organisation_id, "archiving/agree")
    assert (answer.status_code, answer.json()["state"]) == (200, "archived"), answer.text


async def says(who: Client, former: Organisation, answer: str) -> httpx.Response:
    """The named successor's answer."""
    return await who.put(f"/organisations/{former.id}/archiving/successor/answer", {"answer": answer})


async def succeeded(world: World, former: Organisation, successor: Organisation) -> None:
    """The former is archived at its own wish, and the successor says yes."""
    await archived(world, former.id, successor_id=str(successor.id))
    answer = await says(await world.person((Role.owner, successor.id)), former, "accepted")
    assert answer.status_code == 204, answer.text
