"""Identifiers: UUID version 7 (RFC 9562), made here so that the database needs no extension for it."""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last_ms = 0
_last_counter = 0


def new_id() -> UUID:
    """A UUIDv7. Ids made by one process sort in the order they were made."""
    global _last_ms, _last_counter
    with _lock:
        now_ms = time.time_ns() // 1_000_000
        if now_ms > _last_ms:
            _last_ms = now_ms
            _last_counter = int.from_bytes(os.urandom(2)) & 0x7FF
        else:
            _last_counter += 1
            if _last_counter > 0xFFF:
                _last_ms += 1
                _last_counter = 0
        milliseconds, counter = _last_ms, _last_counter
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76 | counter << 64
    value |= 0b10 << 62 | int.from_bytes(os.urandom(8)) >> 2
    return UUID(int=value)
