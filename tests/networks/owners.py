"""Members of different owners."""

from puumerkki.access.roles import Role
from puumerkki.networks.models.networks import Network, NetworkMember
from tests.factories import World


async def three_owners(world: World, network: Network) -> list[NetworkMember]:
    """Three more members, each run by somebody else."""
    made = []
    for number in range(3):
        organisation = await world.organisation(f"Itsenäinen {number} ry")
        await world.person((Role.owner, organisation.id))
        made.append(await world.member(network, organisation))
    return made
