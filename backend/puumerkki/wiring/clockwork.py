"""What happens by the clock, in order."""

from collections.abc import Awaitable, Callable

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.idempotency import forget_old

CLOCKWORK: tuple[Callable[[AsyncSession], Awaitable[object]], ...] = (forget_old,)
