"""Identifiers: UUID version 7 (RFC 9562), made here so that the database needs no extension for it."""

import os
import threading
import time
from collections.abc import Iterator
from uuid import UUID

_lock = threading.Lock()
_last_ms = 0
_last_counter = 0


def new_id() -> UUID:
    """A UUIDv7. Ids made by one process sort in the order they were made."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[UUID]:
    """So many at once."""
    return [UUID(int=number) for number in _numbers(count)]


def batched_ids(a_row: int, rows: int) -> Iterator[tuple[str, ...]]:
    """So many for each of so many rows, as text, for what is written in bulk."""
    texts = [f"{number:032x}" for number in _numbers(a_row * rows)]
    return (tuple(texts[start : start + a_row]) for start in range(0, len(texts), a_row))


def _numbers(count: int) -> list[int]:
    global _last_ms, _last_counter
    noise = os.urandom(8 * count)
    made = []
    with _lock:
        now_ms = time.time_ns() // 1_000_000
        for random in memoryview(noise).cast("Q"):
            if now_ms > _last_ms:
                _last_ms = now_ms
                _last_counter = int.from_bytes(os.urandom(2)) & 0x7FF
            else:
                _last_counter += 1
                if _last_counter > 0xFFF:
                    _last_ms += 1
                    _last_counter = 0
            value = (_last_ms & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | _last_counter << 64
            made.append(value | 0b10 << 62 | random >> 2)
    return made
