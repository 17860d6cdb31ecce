"""Whether somebody is tied in a case that is open in a network. The room above knows; `wiring` gives its query here."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

Tied = Callable[[AsyncSession, UUID, UUID, UUID], Awaitable[bool]]
_tied: list[Tied] = []


def register(tied: Tied) -> None:
    """Make the query known. Called by `wiring` only; registering again replaces it."""
    _tied[:] = [tied]


async def tied_in_open_case(
    session: AsyncSession, *, network_id: UUID, organisation_id: UUID, principal_id: UUID
) -> bool:
    """Whether a person is tied to an applicant of an open case on which this organisation decides with others."""
    return any([await tied(session, network_id, organisation_id, principal_id) for tied in _tied])
