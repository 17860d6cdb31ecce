"""Keyset pages: limits, cursors and the shape of a page."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field

from puumerkki.kernel.errors import FieldProblem, Invalid
from puumerkki.kernel.field_types import Schema

Item = TypeVar("Item")
DEFAULT_LIMIT = 50
SIZES = (10, 20, 50, 100, 200)
"""Of so many rows at most are the statements of pages: a caller's limit is rounded up, and the page cut to it."""
MAX_LIMIT = SIZES[-1]


class PageQuery(Schema):
    """What every list takes. Rooms subclass it with their filters and sorts."""

    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT, description="How many at most.")] = DEFAULT_LIMIT
    cursor: Annotated[str | None, Field(max_length=2000, description="`next_cursor` of the page before.")] = None


class Page(Schema, Generic[Item]):
    """One page. `next_cursor` is null on the last one."""

    items: list[Item]
    next_cursor: str | None


def size_of(limit: int) -> int:
    """The size of the statement that gives so many rows; our own larger ones have one each."""
    return next((size for size in SIZES if size >= limit), limit)


def bad_cursor() -> Invalid:
    return Invalid(
        problems=[FieldProblem("cursor", "cursor_invalid", "This cursor belongs to another list or is damaged.")]
    )


def fingerprint_of(listing: str, sort: str, filters: Mapping[str, Any]) -> str:
    """A short hash that ties a cursor to its list, sort and filters."""
    text = json.dumps([listing, sort, sorted((name, str(value)) for name, value in filters.items())])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def encode_cursor(fingerprint: str, keys: list[str]) -> str:
    """The cursor of a row: its sort keys as text."""
    return (
        base64.urlsafe_b64encode(json.dumps([fingerprint, keys], separators=(",", ":")).encode()).rstrip(b"=").decode()
    )


def decode_cursor(cursor: str, fingerprint: str, count: int) -> list[str]:
    """The sort keys in a cursor of the same list; `Invalid` for anything else."""
    try:
        decoded = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        found, keys = decoded
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise bad_cursor() from None
    if found != fingerprint or not isinstance(keys, list) or len(keys) != count:
        raise bad_cursor()
    if not all(isinstance(key, str) and "\0" not in key and len(key) <= 500 and key.isprintable() for key in keys):
        raise bad_cursor()
    return keys
