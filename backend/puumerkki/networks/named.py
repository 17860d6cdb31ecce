"""Which authorities' policies name a network. The room above knows them; `wiring` gives its query here at start."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

Naming = Callable[[AsyncSession, UUID], Awaitable[frozenset[UUID]]]
_naming: list[Naming] = []


def register(naming: Naming) -> None:
    """Make the query known. Called by a room's manifest only; registering again replaces it."""
    _naming[:] = [naming]


async def authorities_naming(session: AsyncSession, network_id: UUID) -> frozenset[UUID]:
    """The authorities that a policy in force or to come binds to this network's endorsement."""
    found: frozenset[UUID] = frozenset()
    for naming in _naming:
        found |= await naming(session, network_id)
    return found
