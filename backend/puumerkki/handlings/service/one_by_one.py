"""How the clock settles what is due: each under a savepoint of its own, so that one that fails stops no other."""

from collections.abc import Awaitable, Callable, Iterable
from uuid import UUID

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

log = structlog.get_logger()


async def one_by_one(
    session: AsyncSession, ids: Iterable[UUID], settle: Callable[[AsyncSession, UUID], Awaitable[None]], failed: str
) -> None:
    """Settle each; one that fails is logged as `failed` and left."""
    for id_ in ids:
        try:
            async with session.begin_nested():
                await settle(session, id_)
                await session.flush()
        except Exception:
            log.exception(failed, id=str(id_))
