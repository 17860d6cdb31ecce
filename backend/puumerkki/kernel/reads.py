"""Hot reads: PostgreSQL builds the JSON, the bytes go out as they are.

A room declares a `Listing` or an `Item` once, at module level, from Core expressions. The compiled statement is kept
by its shape, so that a request costs no query building: only its parameters are new.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from psycopg.errors import DataError
from sqlalchemy import ColumnElement, Select, bindparam, cast, func, literal_column, select, text, tuple_
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, array
from sqlalchemy.types import Text, TypeEngine

from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.pagination import bad_cursor, decode_cursor, encode_cursor, filters_hash
from puumerkki.kernel.read_pool import ReadPool


class Asks(Protocol):
    """What reads ask of a viewer."""

    @property
    def anonymous(self) -> bool: ...
    def params(self) -> dict[str, Any]: ...


Readable = Callable[[Any], ColumnElement[bool]]
Columns = Mapping[str, Any]


@dataclass(frozen=True)
class Filter:
    """A filter of a listing.

    `column`: compared for equality; a value that is a list means any of it. `by`: instead, from the bound parameter
    (of `type_`) to a condition.
    """

    column: Any = None
    by: Callable[[Any], ColumnElement[bool]] | None = None
    type_: TypeEngine[Any] | None = None


@dataclass(frozen=True)
class Sort:
    """A sort: NOT NULL columns, all in one direction, the id last.

    `ends_at`: the list is cut after so many rows: for relevance, whose columns are computed for every match.
    """

    columns: tuple[Any, ...]
    descending: bool = False
    ends_at: int | None = None


@dataclass(frozen=True)
class Listing:
    """A list that people page through."""

    name: str
    item: Columns
    source: Callable[[Select[Any]], Select[Any]]
    sorts: Mapping[str, Sort]
    readable: Readable | None = None
    filters: Mapping[str, Filter] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """A single object by one key; `version` becomes its ETag where given."""

    name: str
    item: Columns
    source: Callable[[Select[Any]], Select[Any]]
    key: Any
    readable: Readable | None = None
    version: Any = None


def json_object(columns: Columns) -> ColumnElement[Any]:
    """`json_build_object` of named expressions, at most 50."""
    pairs: list[Any] = []
    for name, expression in columns.items():
        pairs += [literal_column("'" + name.replace("'", "''") + "'"), expression]
    return func.json_build_object(*pairs)


def json_list(columns: Columns | Any, *, order: Any = None) -> ColumnElement[Any]:
    """An aggregate of objects (or of one expression) that is `[]` where there is nothing."""
    element = json_object(columns) if isinstance(columns, Mapping) else columns
    ordered = aggregate_order_by(element, order) if order is not None else element
    return func.coalesce(func.json_agg(ordered), text("'[]'::json"))


async def page(
    reads: ReadPool,
    listing: Listing,
    *,
    viewer: Asks,
    filters: Mapping[str, Any] | None = None,
    sort: str,
    limit: int,
    cursor: str | None = None,
) -> tuple[bytes, str | None]:
    """One page as JSON bytes `{"items": […], "next_cursor": …}`, and the next cursor."""
    given = {name: value for name, value in (filters or {}).items() if value is not None}
    order = listing.sorts[sort]
    tie = filters_hash(listing.name, sort, given)
    keys = decode_cursor(cursor, tie, len(order.columns)) if cursor else None
    shape = (
        listing.name,
        viewer.anonymous,
        tuple((name, isinstance(given[name], list)) for name in sorted(given)),
        sort,
        limit,
        keys is None,
    )
    params = viewer.params() | {f"filter_{name}": _plain(value) for name, value in given.items()}
    if keys is not None:
        params |= {f"after_{number}": key for number, key in enumerate(keys)}
    row = await _page_row(reads, listing, shape, params, viewer, given, sort, limit, keys)
    items, last = row[0], row[1]
    following = encode_cursor(tie, list(last)) if last is not None else None
    tail = b"null" if following is None else b'"' + following.encode() + b'"'
    return b'{"items":' + items.encode() + b',"next_cursor":' + tail + b"}", following


async def _page_row(
    reads: ReadPool,
    listing: Listing,
    shape: Any,
    params: dict[str, Any],
    viewer: Asks,
    given: Mapping[str, Any],
    sort: str,
    limit: int,
    keys: Sequence[str] | None,
) -> tuple[Any, ...]:
    try:
        row = await reads.fetch(
            shape,
            lambda: _page_statement(listing, viewer, given, sort, limit, keys is not None),
            params,
            anonymous=viewer.anonymous,
        )
    except DataError:
        if keys is None:
            raise
        raise bad_cursor() from None
    assert row is not None
    return row


def _page_statement(
    listing: Listing, viewer: Asks, given: Mapping[str, Any], sort: str, limit: int, after: bool
) -> Select[Any]:
    order = listing.sorts[sort]
    keys = [column.label(f"key_{number}") for number, column in enumerate(order.columns)]
    inner = listing.source(select(json_object(listing.item).label("item"), *keys))
    if listing.readable is not None:
        inner = inner.where(listing.readable(viewer))
    for name, value in sorted(given.items()):
        inner = inner.where(_condition(listing.filters[name], f"filter_{name}", value))
    columns: Sequence[Any] = order.columns
    if order.ends_at is not None:
        best = inner.order_by(*_ordered(columns, order)).limit(literal_column(str(order.ends_at))).subquery("best")
        columns = [best.c[key.name] for key in keys]
        inner = select(best.c.item, *columns)
    if after:
        bounds = tuple_(
            *(
                cast(bindparam(f"after_{number}", None, type_=Text()), column.type)
                for number, column in enumerate(columns)
            )
        )
        left = tuple_(*columns)
        inner = inner.where(left < bounds if order.descending else left > bounds)
    inner = inner.order_by(*_ordered(columns, order))
    rows = inner.limit(literal_column(str(limit + 1))).subquery("page")
    key_texts = array[Any]([cast(rows.c[key.name], Text) for key in keys], type_=ARRAY(Text()))
    aggregated = select(
        func.array_agg(rows.c.item).label("items"),
        func.array_agg(key_texts).label("keys"),
    ).subquery("aggregated")
    return select(  # type: ignore[return-value]
        func.coalesce(cast(literal_column(f"array_to_json((aggregated.items)[1:{limit}])"), Text), text("'[]'")),
        literal_column(
            f"case when cardinality(aggregated.items) > {limit} then "
            f"(select array_agg(value) from unnest((aggregated.keys)[{limit}:{limit}]) as value) end"
        ),
    ).select_from(aggregated)


def _ordered(columns: Sequence[Any], order: Sort) -> list[Any]:
    return [column.desc() if order.descending else column for column in columns]


def _condition(declared: Filter, name: str, value: Any) -> ColumnElement[bool]:
    several = isinstance(value, list)
    base = declared.type_ or (declared.column.type if declared.column is not None else Text())
    parameter = bindparam(name, None, type_=ARRAY(base) if several else base)
    if declared.by is not None:
        return declared.by(parameter)
    if several:
        return declared.column == func.any(parameter)  # type: ignore[no-any-return]
    return declared.column == parameter  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return getattr(value, "value", value)


async def one(reads: ReadPool, item: Item, *, viewer: Asks, key: UUID | str | int) -> tuple[bytes, int | None]:
    """One object as JSON bytes and its version, or NotFound."""

    def build() -> Select[Any]:
        version = item.version if item.version is not None else literal_column("null::int")
        statement = item.source(select(cast(json_object(item.item), Text), version))
        statement = statement.where(item.key == bindparam("key", None, type_=item.key.type))
        return statement.where(item.readable(viewer)) if item.readable is not None else statement

    row = await reads.fetch(
        (item.name, viewer.anonymous), build, viewer.params() | {"key": key}, anonymous=viewer.anonymous
    )
    if row is None:
        raise NotFound()
    return row[0].encode(), row[1]


async def rows(
    reads: ReadPool, name: str, build: Callable[[], Select[Any]], *, viewer: Asks, params: Mapping[str, Any]
) -> bytes:
    """A short list that is no page: the bytes of the one JSON column that the select gives."""
    row = await reads.fetch((name, viewer.anonymous), build, viewer.params() | dict(params), anonymous=viewer.anonymous)
    assert row is not None
    return bytes(row[0].encode())
