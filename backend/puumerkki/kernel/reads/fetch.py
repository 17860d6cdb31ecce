"""Hot reads: PostgreSQL builds the JSON, the bytes go out as they are.

The compiled statement of a listing or an item is kept by its shape, so that a request costs no query building: only
its parameters are new.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg.errors import DataError
from sqlalchemy import Select, bindparam, cast, literal_column, select
from sqlalchemy.types import Text

from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.reads.listings import PUBLIC, Item, Listing, QueryCaller, joined, json_object
from puumerkki.kernel.reads.page_statements import page_statement
from puumerkki.kernel.reads.pagination import bad_cursor, decode_cursor, encode_cursor, fingerprint_of, size_of
from puumerkki.kernel.reads.read_pool import ReadPool


async def page(
    reads: ReadPool,
    listing: Listing,
    *,
    caller: QueryCaller,
    filters: Mapping[str, Any] | None = None,
    sort: str,
    limit: int,
    cursor: str | None = None,
    params: Mapping[str, Any] | None = None,
) -> tuple[bytes, str | None]:
    """One page as JSON bytes `{"items": […], "next_cursor": …}`, and the next cursor.

    `params`: what `readable` asks for beside the caller.
    """
    given = {name: value for name, value in (filters or {}).items() if value is not None}
    order = listing.sorts[sort]
    fingerprint = fingerprint_of(listing.name, sort, given)
    keys = decode_cursor(cursor, fingerprint, len(order.columns)) if cursor else None
    shape = (
        listing.name,
        caller.anonymous,
        tuple((name, isinstance(given[name], list)) for name in sorted(given)),
        sort,
        size_of(limit),
        keys is None,
    )
    asked = caller.params() | {"page_limit": limit} | dict(params or {})
    asked |= {f"filter_{name}": _plain(value) for name, value in given.items()}
    if keys is not None:
        asked |= {f"after_{number}": key for number, key in enumerate(keys)}
    row = await _page_row(reads, listing, shape, asked, caller, given, sort, limit, keys)
    items, last = row[0], row[1]
    following = encode_cursor(fingerprint, list(last)) if last is not None else None
    tail = b"null" if following is None else b'"' + following.encode() + b'"'
    return b'{"items":' + items.encode() + b',"next_cursor":' + tail + b"}", following


async def _page_row(
    reads: ReadPool,
    listing: Listing,
    shape: Any,
    params: dict[str, Any],
    caller: QueryCaller,
    given: Mapping[str, Any],
    sort: str,
    limit: int,
    keys: Sequence[str] | None,
) -> tuple[Any, ...]:
    try:
        row = await reads.fetch(
            shape,
            lambda: page_statement(listing, caller, given, sort, size_of(limit), keys is not None),
            params,
            anonymous=caller.anonymous,
        )
    except DataError:
        if keys is None:
            raise
        raise bad_cursor() from None
    assert row is not None
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return getattr(value, "value", value)


async def one(reads: ReadPool, item: Item, *, caller: QueryCaller, key: UUID | str | int) -> tuple[bytes, int | None]:
    """One object as JSON bytes and its version, or NotFound."""

    def build() -> Select[Any]:
        version = item.version if item.version is not None else literal_column("null::int")
        statement = joined(item.source(select(cast(json_object(item.item), Text), version)), item.display)
        statement = statement.where(item.key == bindparam("key", None, type_=item.key.type))
        return statement.where(item.readable(caller)) if item.readable is not PUBLIC else statement

    row = await reads.fetch(
        (item.name, caller.anonymous), build, caller.params() | {"key": key}, anonymous=caller.anonymous
    )
    if row is None:
        raise NotFound()
    return row[0].encode(), row[1]


async def rows(
    reads: ReadPool, name: str, build: Callable[[], Select[Any]], *, caller: QueryCaller, params: Mapping[str, Any]
) -> bytes:
    """A short list that is no page: the bytes of the one JSON column that the select gives."""
    row = await reads.fetch((name, caller.anonymous), build, caller.params() | dict(params), anonymous=caller.anonymous)
    assert row is not None
    return bytes(row[0].encode())
