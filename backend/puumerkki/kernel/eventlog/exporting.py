"""Writes sealed events into a folder that anybody can check without us: see docs/event-log.md for its layout."""

import gzip
import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

import rfc8785
from psycopg import AsyncConnection

from puumerkki.kernel.eventlog.auditing import seals_after
from puumerkki.kernel.eventlog.sealing import EventSeal, canonical, events_between

FORMAT = "puumerkki-events/1"
MANIFEST = "manifest.json"
EVENTS, SEALS, KEYS = "events.jsonl.gz", "seals.jsonl.gz", "keys.json"
FILES = (EVENTS, KEYS, SEALS)


class NothingToExport(Exception):
    """There are no such seals, or their events are not all in the database."""


async def export(
    connection: AsyncConnection[Any],
    target: Path,
    *,
    issuer: str,
    jwks: Sequence[dict[str, str]],
    first_seal: int = 1,
    last_seal: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> dict[str, Any]:
    """Write these seals and their events into `target`, which must not exist; the manifest.

    It is written beside, and gets its name when it is whole. The connection is in autocommit mode; one snapshot of the
    database is read, in steady memory.
    """
    partial = _beside(target)
    last: EventSeal | None = None
    with _lines(partial / EVENTS) as events, _lines(partial / SEALS) as seals:
        async with connection.transaction():
            await connection.execute("set transaction isolation level repeatable read, read only")
            async for seal in seals_after(connection, first_seal - 1):
                if last_seal is not None and seal.number > last_seal:
                    break
                seals.write(rfc8785.dumps(seal_as_json(seal)) + b"\n")
                async for event in events_between(connection, seal.first_position, seal.last_position):
                    if event.id is None:
                        raise NothingToExport(f"The event of position {event.position} is not in the database.")
                    events.write(canonical(event) + b"\n")
                last = seal
                if progress is not None:
                    progress(seal.last_position)
    if last is None or (last_seal is not None and last.number != last_seal):
        shutil.rmtree(partial)
        raise NothingToExport("There are no such seals.")
    (partial / KEYS).write_bytes(rfc8785.dumps({"keys": [dict(one) for one in jwks]}))
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "issuer": issuer,
        "first_seal": first_seal,
        "last_seal": last.number,
        "files": {name: digest_of(partial / name) for name in FILES},
    }
    (partial / MANIFEST).write_bytes(rfc8785.dumps(manifest))
    for name in (*FILES, MANIFEST):
        _to_disk(partial / name)
    _to_disk(partial)
    partial.rename(target)
    _to_disk(target.parent)
    return manifest


def seal_as_json(seal: EventSeal) -> dict[str, Any]:
    """A line of the seals' file."""
    return {
        "number": seal.number,
        "first_position": seal.first_position,
        "last_position": seal.last_position,
        "previous": seal.previous.hex(),
        "digest": seal.digest.hex(),
        "sealed_at": seal.sealed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "kid": seal.kid,
        "head": seal.head,
    }


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _beside(target: Path) -> Path:
    """An empty folder for what is not whole yet; the rest of an earlier try is thrown away."""
    if target.exists():
        raise NothingToExport(f"{target} is there already. Choose another folder.")
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True, mode=0o750)
    return partial


def _lines(path: Path) -> gzip.GzipFile:
    # without a time in its header the same events make the same file
    return gzip.GzipFile(path, "wb", compresslevel=6, mtime=0)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
