"""Answers that are made no slower than whoever asked reads them: what they have not taken yet lies on disk.

A client may send all it has before it reads the first answer. If making the next answer waited for them to take the
last one, both sides would wait for each other once the buffers between are full.
"""

import asyncio
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from typing import IO

MOST = 1 << 28
"""Bytes that are held for somebody at most, about two million lines. Whoever leaves more unread waits."""
IN_MEMORY = 1 << 20
_CHUNK = 1 << 16


class Held:
    """Bytes between who makes them and who takes them. The file is empty again whenever all has been taken."""

    def __init__(self, file: IO[bytes], *, most: int = MOST) -> None:
        self._file = file
        self._most = most
        self._taken = self._made = 0
        self._ended = False
        self._moved = asyncio.Condition()

    async def put(self, some: bytes) -> None:
        """Hold these too, once there is room."""
        async with self._moved:
            await self._moved.wait_for(lambda: self._made - self._taken < self._most)
            await asyncio.to_thread(self._write, some)
            self._moved.notify_all()

    async def end(self) -> None:
        """No more will come."""
        async with self._moved:
            self._ended = True
            self._moved.notify_all()

    async def take(self) -> bytes:
        """The next bytes, once there are some; none at the end."""
        async with self._moved:
            await self._moved.wait_for(lambda: self._taken < self._made or self._ended)
            some = await asyncio.to_thread(self._read)
            self._moved.notify_all()
            return some

    def _write(self, some: bytes) -> None:
        self._file.seek(self._made)
        self._file.write(some)
        self._made += len(some)

    def _read(self) -> bytes:
        self._file.seek(self._taken)
        some = self._file.read(_CHUNK)
        self._taken += len(some)
        if self._taken == self._made:
            self._file.truncate(0)
            self._taken = self._made = 0
        return some


async def held(answers: AsyncIterator[bytes], *, most: int = MOST) -> AsyncGenerator[bytes, None]:
    """The same bytes, made meanwhile; what goes wrong in making them is raised after the last of them."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        between = Held(file, most=most)

        async def make() -> None:
            try:
                async for some in answers:
                    await between.put(some)
            finally:
                await between.end()

        making = asyncio.create_task(make())
        try:
            while some := await between.take():
                yield some
            await making
        finally:
            making.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.wait([making])
