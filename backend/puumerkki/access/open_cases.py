"""Whether somebody is tied in an open case on which an organisation decides; `wiring` gives the query at start.

Whoever is changes nothing of that organisation that reaches the case: representatives, membership, owners, signatories.
"""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.errors import TiedInOpenCase

Tied = Callable[[AsyncSession, UUID, UUID], Awaitable[bool]]
_tied: list[Tied] = []


def register(tied: Tied) -> None:
    """Make the query known. Called by a room's manifest only; registering again replaces it."""
    _tied[:] = [tied]


async def require_untied(session: AsyncSession, *, organisation_id: UUID, principal_id: UUID) -> None:
    """TiedInOpenCase where a person is tied to an applicant of an open case on which the organisation decides."""
    for tied in _tied:
        if await tied(session, organisation_id, principal_id):
            raise TiedInOpenCase()
