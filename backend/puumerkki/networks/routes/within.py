"""What a list of a network is kept to."""

from uuid import UUID

from puumerkki.access.actor import Caller
from puumerkki.kernel.http import ReadsDep
from puumerkki.networks.queries.lookups import require_network


async def of_network(pool: ReadsDep, caller: Caller, network_id: UUID) -> dict[str, UUID]:
    """The network's own; NotFound where the caller may not know of it."""
    await require_network(pool, caller=caller, network_id=network_id)
    return {"network": network_id}
