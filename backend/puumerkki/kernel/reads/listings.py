"""What hot reads read: a room declares a `Listing` or an `Item` once, at module level, from Core expressions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from sqlalchemy import CTE, ColumnElement, Select, exists, func, literal_column, or_, select, text, true, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.types import TypeEngine


class QueryCaller(Protocol):
    """What a read needs of whoever asks: the values of its parameters. `access.Caller` is one."""

    @property
    def anonymous(self) -> bool: ...
    def params(self) -> dict[str, Any]: ...


Readable = Callable[[Any], ColumnElement[bool]]
PUBLIC: Final = None
"""For `readable` of what everybody may read."""
Columns = Mapping[str, Any]


@dataclass(frozen=True)
class AccessPath:
    """One way to know of a row: `condition` holds of it, or of another row whose `key` is its `on`, or else its id.

    `scopes`, `within`: the same by the ids that are in a column of `scopes`, and what holds of a row and one of them.
    """

    condition: ColumnElement[bool]
    key: Any = None
    on: Any = None
    scopes: CTE | None = None
    within: Callable[[Any], ColumnElement[bool]] | None = None

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

    def first_ids(self, row_id: Any, most: int) -> Select[Any]:
        """The same ids; of each scope so many at most, found one scope after the other."""
        if self.scopes is None or self.within is None:
            return self.ids(row_id)
        [scope_id] = self.scopes.c
        found = select((self.key if self.on is None and self.key is not None else row_id).label("id"))
        if self.on is not None:
            found = found.join(self.key.parent.entity, self.on == self.key)
        found = found.where(self.within(scope_id)).limit(literal_column(str(most)))
        rows = found.correlate(self.scopes).lateral()
        return select(rows.c.id).select_from(self.scopes.join(rows, true()))


def visible_via(access_paths: Sequence[AccessPath], row_id: Any) -> ColumnElement[bool]:
    """SQL: one of the paths makes the row visible. Asked row by row."""
    return or_(*(path.holds(row_id) for path in access_paths))


def visible_in(access_paths: Sequence[AccessPath], row_id: Any) -> ColumnElement[bool]:
    """SQL: the same, by gathering the ids of all visible rows first; for callers who may see few rows."""
    ids = union_all(*(path.ids(row_id) for path in access_paths)).subquery()
    condition: ColumnElement[bool] = row_id.in_(select(ids.c[0]))
    return condition


@dataclass(frozen=True)
class Join:
    """A table beside a row's own: each row has exactly one row of it, or at most one where `outer`."""

    to: Any
    on: ColumnElement[bool]
    outer: bool = False


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
    """A sort: NOT NULL columns, all in one direction, the id last. By its primary key a row is found again.

    `max_rows`: the list is cut after so many rows: for relevance, whose columns are computed for every match.
    """

    columns: tuple[Any, ...]
    descending: bool = False
    max_rows: int | None = None


@dataclass(frozen=True)
class Listing:
    """A list that people page through.

    `source`: the table of the rows, with what always says which of them there are. `display`: what is shown beside
    each, in the order of the joins; the rows of a page are chosen without it, but for what filters and sort ask of it.
    `readable`: from the caller to SQL over the rows that they may read, or `PUBLIC`.
    `access_paths`: where `readable` is several paths, and most callers may see few rows of many.
    `combined_filters`: filters (by name, in this order) that become one condition where all are given, from their
    bound parameters.
    """

    name: str
    item: Columns
    source: Callable[[Select[Any]], Select[Any]]
    sorts: Mapping[str, Sort]
    readable: Readable | None
    display: Sequence[Join] = ()
    access_paths: Callable[[Any], Sequence[AccessPath]] | None = None
    filters: Mapping[str, Filter] = field(default_factory=dict)
    combined_filters: Mapping[tuple[str, ...], Callable[..., ColumnElement[bool]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """A single object by one key; the rest as of a listing; `version` becomes its ETag where given."""

    name: str
    item: Columns
    source: Callable[[Select[Any]], Select[Any]]
    key: Any
    readable: Readable | None
    display: Sequence[Join] = ()
    version: Any = None


def joined(statement: Select[Any], joins: Sequence[Join]) -> Select[Any]:
    """The statement with these joins, in their order."""
    for join in joins:
        statement = statement.join(join.to, join.on, isouter=join.outer)
    return statement


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
