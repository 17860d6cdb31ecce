"""What a network has not finished. The room above knows it; `wiring` gives its query here at start."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession


@dataclass(frozen=True)
class OpenWork:
    """How many cases are open, and the last day of a call that one of them serves."""

    cases: int = 0
    last_call_day: date | None = None


Finding = Callable[[AsyncSession, UUID], Awaitable[OpenWork]]
_finding: list[Finding] = []


def register(finding: Finding) -> None:
    """Make the query known. Called by a room's manifest only; registering again replaces it."""
    _finding[:] = [finding]


async def open_work(session: AsyncSession, network_id: UUID) -> OpenWork:
    """What is open in a network now."""
    for finding in _finding:
        return await finding(session, network_id)
    return OpenWork()
