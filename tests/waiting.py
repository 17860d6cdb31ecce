"""Waiting for a state instead of for a time."""

import asyncio
from collections.abc import Awaitable, Callable

PAUSE = 0.02


async def until(condition: Callable[[], Awaitable[bool] | bool], *, seconds: float = 20) -> None:
    """Come back once the condition holds; fail if it does not in time."""
    async with asyncio.timeout(seconds):
        while True:
            found = condition()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(PAUSE)
