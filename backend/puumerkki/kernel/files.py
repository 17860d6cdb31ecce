"""Files: kept outside the database under keys of our own making, never under names that people gave."""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.settings import get_settings


@lru_cache
def _store(url: str | None, folder: Path) -> Any:
    # megabytes that a process without attachments never needs
    from obstore.store import LocalStore, from_url

    if url:
        return from_url(url)
    return LocalStore(private_folder(folder))


def private_folder(folder: Path) -> Path:
    """The folder, made if need be, that only we may enter: what people wrote is nobody else's on the machine."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077 and folder.stat().st_uid == os.geteuid():
        folder.chmod(0o700)
    return folder


def store() -> Any:
    """The object store of the settings."""
    settings = get_settings()
    return _store(settings.files_url, (settings.data_dir or Path(".")) / "files")


def key_of(file_id: UUID) -> str:
    """The key of a file: its id in two-letter folders, so that no folder grows huge."""
    return f"{file_id.hex[-2:]}/{file_id.hex}"


async def put(file_id: UUID, content: bytes) -> None:
    """Keep the bytes under the file's id."""
    await store().put_async(key_of(file_id), content)


async def get(file_id: UUID) -> bytes:
    """The bytes of a file, or NotFound."""
    try:
        found = await store().get_async(key_of(file_id))
    except FileNotFoundError:
        raise NotFound(code="file_missing") from None
    return bytes(await found.bytes_async())


async def delete(file_id: UUID) -> None:
    """Remove a file; one that is not there is no error."""
    try:
        await store().delete_async(key_of(file_id))
    except FileNotFoundError:
        return


async def exists(file_id: UUID) -> bool:
    """Whether the file is in the store."""
    try:
        await store().head_async(key_of(file_id))
    except FileNotFoundError:
        return False
    return True


async def put_stream(
    file_id: UUID, chunks: AsyncIterable[bytes], *, limit: int, too_large: Exception
) -> tuple[int, str]:
    """Keep a stream under the file's id without holding it in memory; its size and SHA-256 in hexadecimal.

    Raises `too_large` past `limit` bytes. A stream that breaks off leaves no file.
    """
    from obstore import open_writer_async

    size, digest = 0, hashlib.sha256()
    try:
        async with open_writer_async(store(), key_of(file_id)) as writer:
            async for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise too_large
                digest.update(chunk)
                await writer.write(chunk)
    except BaseException:
        await delete(file_id)
        raise
    return size, digest.hexdigest()


@asynccontextmanager
async def opened(file_id: UUID) -> AsyncIterator[BinaryIO]:
    """A file as a local one that can be read twice, on disk, not in memory."""
    found = await store().get_async(key_of(file_id))
    with tempfile.TemporaryFile() as local:
        async for chunk in found.stream():
            await asyncio.to_thread(local.write, bytes(chunk))
        local.seek(0)
        yield local
