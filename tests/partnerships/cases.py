"""An authority's officer and what they do with a case, through the API."""

from typing import Any

from puumerkki.access.roles import Role
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from tests.factories import Client, World
from tests.partnerships.gate import Scene


async def officer(world: World, arrived: Scene) -> Client:
    return await world.person((Role.officer, arrived.city.id))


async def act(caller: Client, request: PartnerRequest, action: str, given: Any = None) -> Any:
    path = f"/partner-requests/{request.id}"
    version = (await caller.get(path)).json()["version"]
    return await caller.post(f"{path}/{action}", given, if_match=version)
