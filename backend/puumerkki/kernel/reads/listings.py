"""What hot reads read: a room declares a `Listing` or an `Item` once, at module level, from Core expressions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
    text,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, array
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import Integer, Text, TypeEngine

FEW = 2000
"""So many rows somebody may know of are gathered first; with more of them a list is read along its index."""


class Asks(Protocol):
    """What reads ask of a viewer."""

    @property
    def anonymous(self) -> bool: ...
    def params(self) -> dict[str, Any]: ...


Readable = Callable[[Any], ColumnElement[bool]]
PUBLIC: Final = None
"""For `readable` of what everybody may read."""
Columns = Mapping[str, Any]


@dataclass(frozen=True)
class Way:
    """One way to know of a row: `condition` holds of it, or of another row whose `key` is its `on`, or else its id."""

    condition: ColumnElement[bool]
    key: Any = None
    on: Any = None

    def holds(self, row_id: Any) -> ColumnElement[bool]:
        """SQL over the row whose id is `row_id`."""
        if self.key is None:
            return self.condition
        return exists().where(self.key == (row_id if self.on is None else self.on), self.condition)

    def ids(self, row_id: Any) -> Select[Any]:
        """The ids of all rows that are known this way; some of them twice."""
        if self.key is None:
            return select(row_id).where(self.condition)
        found = select(self.key).where(self.condition)
        return found if self.on is None else select(row_id).where(self.on.in_(found))


def known(ways: Sequence[Way], row_id: Any) -> ColumnElement[bool]:
    """SQL: one of the ways leads to the row."""
    return or_(*(way.holds(row_id) for way in ways))


def among(ways: Sequence[Way], row_id: Any) -> ColumnElement[bool]:
    """The same, for somebody who knows of few rows: these are gathered first."""
    condition: ColumnElement[bool] = row_id.in_(_gathered(ways, row_id))
    return condition


def _gathered(ways: Sequence[Way], row_id: Any) -> Select[Any]:
    ids = union_all(*(way.ids(row_id) for way in ways)).subquery()
    return select(ids.c[0].label("id"))


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
    """A list that people page through.

    `readable`: who may read which rows, from the viewer to SQL over them, or `PUBLIC`.
    `ways`: where `readable` is several ways to know of a row (its id is `key`) and most people know of few of many.
    `together`: filters (by name, in this order) that ask one thing where all are given, from their bound parameters.
    """

    name: str
    item: Columns
    source: Callable[[Select[Any]], Select[Any]]
    sorts: Mapping[str, Sort]
    readable: Readable | None
    ways: Callable[[Any], Sequence[Way]] | None = None
    key: Any = None
    filters: Mapping[str, Filter] = field(default_factory=dict)
    together: Mapping[tuple[str, ...], Callable[..., ColumnElement[bool]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """A single object by one key; `readable` as of a listing; `version` becomes its ETag where given."""

    name: str
    item: Columns
    source: Callable[[Select[Any]], Select[Any]]
    key: Any
    readable: Readable | None
    version: Any = None


def json_object(columns: Columns) -> ColumnElement[Any]:
    """`json_build_object` of named expressions, at most 50; of a function where a room above says what it is."""
    pairs: list[Any] = []
    for name, said in columns.items():
        expression = said() if callable(said) else said
        pairs += [literal_column("'" + name.replace("'", "''") + "'"), expression]
    return func.json_build_object(*pairs)


def json_list(columns: Columns | Any, *, order: Any = None) -> ColumnElement[Any]:
    """An aggregate of objects (or of one expression) that is `[]` where there is nothing."""
    element = json_object(columns) if isinstance(columns, Mapping) else columns
    ordered = aggregate_order_by(element, order) if order is not None else element
    return func.coalesce(func.json_agg(ordered), text("'[]'::json"))


def page_statement(
    listing: Listing, viewer: Asks, given: Mapping[str, Any], sort: str, size: int, after: bool
) -> Select[Any]:
    """The statement of one page: its items as one JSON text, and the keys of the last one where more follow.

    The parameter `page_limit`, at most `size`, says how many are given: a LIMIT as a parameter would cost the plan.
    """
    order = listing.sorts[sort]
    rows = _rows(listing, viewer, given, order, size, after).subquery("page")
    keys = [cast(rows.c[f"key_{number}"], Text) for number in range(len(order.columns))]
    aggregated = select(
        func.array_agg(rows.c.item).label("items"),
        func.array_agg(array[Any](keys, type_=ARRAY(Text()))).label("keys"),
    ).subquery("aggregated")
    given_out = text("coalesce(array_to_json((aggregated.items)[1 : cast(:page_limit as int)])::text, '[]')")
    last_keys = text(
        "case when cardinality(aggregated.items) > cast(:page_limit as int) then (select array_agg(value) from"
        " unnest((aggregated.keys)[cast(:page_limit as int) : cast(:page_limit as int)]) as value) end"
    )
    cut = bindparam("page_limit", size, type_=Integer())
    return select(given_out.bindparams(cut), last_keys.bindparams(cut)).select_from(aggregated)


def _rows(
    listing: Listing, viewer: Asks, given: Mapping[str, Any], order: Sort, limit: int, after: bool
) -> Select[Any]:
    """One row more than the page has."""
    keys = [column.label(f"key_{number}") for number, column in enumerate(order.columns)]
    statement = listing.source(select(json_object(listing.item).label("item"), *keys))
    statement = statement.where(*_conditions(listing, given))
    readable = listing.readable(viewer) if listing.readable is not PUBLIC else None
    by_ways = listing.ways if readable is not None and not viewer.anonymous else None
    if readable is not None and by_ways is None:
        # before the best are taken: what the viewer may not know of must not fill their places
        statement = statement.where(readable)
    columns: Sequence[Any] = order.columns
    if order.ends_at is not None:
        best = statement.order_by(*_ordered(columns, order)).limit(literal_column(str(order.ends_at))).subquery("best")
        columns = [best.c[key.name] for key in keys]
        statement = select(best.c.item, *columns)
    if after:
        statement = statement.where(_beyond(columns, order))
    statement = statement.order_by(*_ordered(columns, order)).limit(literal_column(str(limit + 1)))
    if readable is None or by_ways is None:
        return statement
    gathered = _gathered(by_ways(viewer), listing.key).limit(literal_column(str(FEW + 1))).cte("gathered")
    few = select(func.count() <= literal_column(str(FEW))).select_from(gathered).scalar_subquery()
    # PostgreSQL cannot know beforehand which way is quick: both stand in the statement, and the count leaves one
    both = union_all(
        statement.where(few, listing.key.in_(select(gathered.c.id))), statement.where(not_(few), _RowByRow(readable))
    ).subquery("both")
    columns = [both.c[key.name] for key in keys]
    ordered = select(both.c.item, *columns).order_by(*_ordered(columns, order))
    return ordered.limit(literal_column(str(limit + 1)))


class _RowByRow(ColumnElement[bool]):
    """A condition that PostgreSQL asks of each row it comes to, instead of gathering all rows for which it holds."""

    inherit_cache = False
    type = Boolean()

    def __init__(self, condition: ColumnElement[bool]) -> None:
        self.condition = condition


@compiles(_RowByRow)
def _row_by_row(element: _RowByRow, compiler: Any, **given: Any) -> str:
    return f"(SELECT {compiler.process(element.condition, **given)})"


def _beyond(columns: Sequence[Any], order: Sort) -> ColumnElement[bool]:
    """Rows after the last one that was shown."""
    bounds = tuple_(
        *(cast(bindparam(f"after_{number}", None, type_=Text()), column.type) for number, column in enumerate(columns))
    )
    left = tuple_(*columns)
    return left < bounds if order.descending else left > bounds


def _ordered(columns: Sequence[Any], order: Sort) -> list[Any]:
    return [column.desc() if order.descending else column for column in columns]


def _conditions(listing: Listing, given: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    left, found = dict(given), []
    for names, by in listing.together.items():
        if left.keys() >= set(names):
            found.append(by(*(_parameter(listing.filters[name], name, left.pop(name)) for name in names)))
    return found + [_condition(listing.filters[name], name, value) for name, value in sorted(left.items())]


def _parameter(declared: Filter, name: str, value: Any) -> Any:
    base = declared.type_ or (declared.column.type if declared.column is not None else Text())
    return bindparam(f"filter_{name}", None, type_=ARRAY(base) if isinstance(value, list) else base)


def _condition(declared: Filter, name: str, value: Any) -> ColumnElement[bool]:
    parameter = _parameter(declared, name, value)
    if declared.by is not None:
        return declared.by(parameter)
    if isinstance(value, list):
        return declared.column == func.any(parameter)  # type: ignore[no-any-return]
    return declared.column == parameter  # type: ignore[no-any-return]
