"""Who invites an organisation: the room above tells, so that what is written to its people can name it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

Names = Sequence[Mapping[str, str]]
Inviting = Callable[[AsyncSession, UUID], Awaitable[Names]]
_told: list[Inviting] = []


def register(inviting: Inviting) -> None:
    """Make known who tells it. Called by `wiring` only; again replaces it."""
    _told[:] = [inviting]


async def invited_by(session: AsyncSession, organisation_id: UUID) -> Names:
    """The names of what invites it, by language."""
    return [names for one in _told for names in await one(session, organisation_id)]
