"""What one person did alone once, and now the members do: proposals that pass."""

from typing import Any
from uuid import UUID

import httpx
from sqlmodel import col, select

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.networks import queries
from puumerkki.networks.models.networks import Network
from tests.factories import Client, World


async def representative(world: World, network: Network, organisation_id: UUID) -> Client:
    """Who speaks for a member; somebody is named where nobody does."""
    found = await world.session.exec(
        select(RoleGrant.principal_id).where(
            col(RoleGrant.scope_id) == network.id,
            col(RoleGrant.for_organisation_id) == organisation_id,
            col(RoleGrant.role) == Role.representative,
        )
    )
    known = found.first()
    if known is not None:
        return await world.again(Client(world.client, known))
    return await world.person((Role.representative, network.id, organisation_id))


async def by_vote(world: World, network: Network, lead: Client, **given: Any) -> httpx.Response:
    """Proposed by whoever leads, and all members vote for it; the answer to the last vote, or the refusal."""
    path = f"/networks/{network.id}/decisions"
    representatives = [
        (one.id, await representative(world, network, one.organisation_id))
        for one in await queries.electorate(world.session, network.id)
    ]
    answer = await lead.post(path, given)
    if answer.status_code != 201:
        return answer
    for member_id, person in representatives:
        answer = await person.put(f"{path}/{answer.json()['id']}/votes/{member_id}", {"choice": "for"})
        assert answer.status_code == 200, answer.text
    return answer


async def new_rulebook(world: World, network: Network, lead: Client, draft: dict[str, Any], **given: Any) -> int:
    """The next version, drafted and adopted by the members; its number."""
    made = await lead.post(f"/networks/{network.id}/rulebooks", draft)
    assert made.status_code == 201, made.text
    adopted = await by_vote(world, network, lead, kind="rulebook", subject_id=made.json()["id"], **given)
    assert (adopted.status_code, adopted.json()["state"]) == (200, "done"), adopted.text
    number: int = made.json()["number"]
    return number
