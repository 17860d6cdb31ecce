"""Makes the declared requests, and undoes what they did."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.personas import Cast
from tests.valid_requests import Call


@asynccontextmanager
async def undone(session: AsyncSession) -> AsyncIterator[None]:
    """What happens in the block, also through the API, is rolled back after it."""
    await session.flush()
    point = await session.begin_nested()
    await session.connection()  # only now the savepoint is set
    try:
        yield
    finally:
        await point.rollback()


async def make(cast: Cast, call: Call, *, by: str | None = None) -> httpx.Response:
    """The answer to a declared request, made by its own caller or by another."""
    caller = cast[by or call.by]
    return await caller.request(
        call.method,
        call.path,
        if_match=call.if_match,
        **({} if call.json is None else {"json": call.json}),
        **call.options,
    )
