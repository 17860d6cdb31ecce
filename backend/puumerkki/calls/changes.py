"""Who hears that a call closes later or is cancelled. The rooms above tell; `wiring` sets it here at start."""

from collections.abc import Awaitable, Callable

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.calls.models import FundingCall

Tell = Callable[[AsyncSession, FundingCall], Awaitable[None]]
_tell: list[Tell] = []


def register(tell: Tell) -> None:
    """Make known who writes to whoever names a call. Called by a room's manifest only; again replaces it."""
    _tell[:] = [tell]


async def tell(session: AsyncSession, call: FundingCall) -> None:
    """Write to whoever names the call. Without anybody who does this raises."""
    if not _tell:
        raise RuntimeError("nobody tells of calls: wiring.connect() comes first")
    await _tell[0](session, call)
