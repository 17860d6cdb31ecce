"""Identifiers: UUID version 7 (RFC 9562), made here so that the database needs no extension for it."""

import os
import threading
import time
from collections.abc import Iterator
from itertools import islice
from uuid import UUID

_lock = threading.Lock()
_last = 0
"""The last moment, in milliseconds, and the 12 bits that count within it: each id has the next of these numbers."""
_VARIANT = bytes(byte & 0x3F | 0x80 for byte in range(256))
"""For `bytes.translate`: the first byte of an id's second half says which UUIDs these are."""


def new_id() -> UUID:
    """A UUIDv7. Ids made by one process sort in the order they were made."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[UUID]:
    """So many at once."""
    noise = memoryview(os.urandom(8 * count)).cast("Q")
    return [
        UUID(int=begin << 64 | 0b10 << 62 | random >> 2)
        for begin, random in zip(_beginnings(count), noise, strict=True)
    ]


def batched_ids(a_row: int, rows: int) -> Iterator[str]:
    """So many for each of so many rows, as text with tabs between, for what is written in bulk.

    Those of a row lie in tables of their own, and have the same first half.
    """
    noise = bytearray(os.urandom(8 * a_row * rows))
    noise[::8] = noise[::8].translate(_VARIANT)
    ends = iter(noise.hex("\t", 8).split("\t"))
    for begin in _beginnings(rows):
        half = f"{begin:016x}"
        yield "\t".join([half + end for end in islice(ends, a_row)])


def _beginnings(count: int) -> list[int]:
    """First halves of ids: 48 bits of milliseconds, four that say version 7, and twelve that count."""
    global _last
    with _lock:
        now_ms = time.time_ns() // 1_000_000
        anew = now_ms << 12 | int.from_bytes(os.urandom(2)) & 0x7FF
        first = anew if now_ms > _last >> 12 else _last + 1
        _last = first + count - 1
    return [number >> 12 << 16 | 0x7000 | number & 0xFFF for number in range(first, first + count)]
