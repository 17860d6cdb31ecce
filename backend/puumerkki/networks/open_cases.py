"""What of a network's open cases matters to whoever names representatives; `wiring` gives the queries."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

Tied = Callable[[AsyncSession, UUID, UUID, UUID], Awaitable[bool]]
Before = Callable[[AsyncSession, UUID, UUID, datetime], Awaitable[bool]]
_tied: list[Tied] = []
_before: list[Before] = []


def register(tied: Tied, before: Before) -> None:
    """Make the queries known. Called by a room's manifest only; registering again replaces them."""
    _tied[:], _before[:] = [tied], [before]


async def tied_in_open_case(
    session: AsyncSession, *, network_id: UUID, organisation_id: UUID, principal_id: UUID
) -> bool:
    """Whether a person is tied to an applicant of an open case on which this organisation decides with others."""
    return any([await tied(session, network_id, organisation_id, principal_id) for tied in _tied])


async def decides_since_before(
    session: AsyncSession, *, network_id: UUID, organisation_id: UUID, moment: datetime
) -> bool:
    """Whether the network still decides, this member among others, on something that was there before a moment."""
    return any([await before(session, network_id, organisation_id, moment) for before in _before])
