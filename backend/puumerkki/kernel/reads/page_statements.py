"""The statement of a page. Keys first: which rows, then what is shown of them.

`keys` finds the ids and sort columns of a page's rows with no table but those that filters and sort need; only then are
the others joined, to these few rows. PostgreSQL plans each part alone: the joins of what is shown are planned once, and
not for every way in which a caller may know of a row.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Select,
    and_,
    bindparam,
    cast,
    exists,
    func,
    inspect,
    literal_column,
    not_,
    or_,
    select,
    text,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import visitors
from sqlalchemy.sql.expression import ColumnClause
from sqlalchemy.types import Integer, Text

from puumerkki.kernel.reads.listings import (
    PUBLIC,
    AccessPath,
    Filter,
    Join,
    Listing,
    QueryCaller,
    Sort,
    joined,
    json_object,
)

PREFETCH_LIMIT = 2000
"""If the caller may see at most this many rows, prefetch their ids; above it, scan the sort index."""


def page_statement(
    listing: Listing, caller: QueryCaller, given: Mapping[str, Any], sort: str, size: int, after: bool
) -> Select[Any]:
    """The statement of one page: its items as one JSON text, and the keys of the last one where more follow.

    The parameter `page_limit`, at most `size`, says how many are given: a LIMIT as a parameter would cost the plan.
    """
    order = listing.sorts[sort]
    keys = _keys(listing, caller, given, order, size, after)
    rows = _shown(listing, order, keys).subquery("page")
    texts = [cast(rows.c[column.key], Text) for column in keys.c]
    aggregated = select(
        func.array_agg(rows.c.item).label("items"),
        func.array_agg(array[Any](texts, type_=ARRAY(Text()))).label("keys"),
    ).subquery("aggregated")
    given_out = text("coalesce(array_to_json((aggregated.items)[1 : cast(:page_limit as int)])::text, '[]')")
    last_keys = text(
        "case when cardinality(aggregated.items) > cast(:page_limit as int) then (select array_agg(value) from"
        " unnest((aggregated.keys)[cast(:page_limit as int) : cast(:page_limit as int)]) as value) end"
    )
    cut = bindparam("page_limit", size, type_=Integer())
    return select(given_out.bindparams(cut), last_keys.bindparams(cut)).select_from(aggregated)


def _shown(listing: Listing, order: Sort, keys: CTE) -> Select[Any]:
    """What is shown of the rows that the keys name, in their order."""
    again = and_(
        *(
            column == key
            for column, key in zip(order.columns, keys.c, strict=True)
            if getattr(column, "primary_key", False)
        )
    )
    statement = listing.source(select(json_object(listing.item).label("item"), *keys.c)).join(keys, again)
    return joined(statement, listing.display).order_by(*_ordered(list(keys.c), order))


def _keys(listing: Listing, caller: QueryCaller, given: Mapping[str, Any], order: Sort, limit: int, after: bool) -> CTE:
    """The sort columns of one row more than the page has."""
    labelled = [column.label(f"key_{number}") for number, column in enumerate(order.columns)]
    conditions = _conditions(listing, given)
    paths = None if listing.access_paths is None or caller.anonymous else listing.access_paths(caller)
    readable = _readable(listing, caller, order.columns[-1], paths)
    asked = [*order.columns, *conditions, *(() if readable is None else (readable,))]
    statement = joined(listing.source(select(*labelled)), _needed(listing.display, asked)).where(*conditions)
    if readable is not None and paths is None:
        # before the best are taken: what the caller may not know of must not fill their places
        statement = statement.where(readable)
    columns: Sequence[Any] = order.columns
    if order.max_rows is not None:
        best = statement.order_by(*_ordered(columns, order)).limit(literal_column(str(order.max_rows))).subquery("best")
        columns = list(best.c)
        statement = select(*columns)
    if after:
        statement = statement.where(_beyond(columns, order))
    statement = statement.order_by(*_ordered(columns, order)).limit(literal_column(str(limit + 1)))
    if readable is not None and paths is not None:
        row_id = order.columns[-1]
        found = union_all(*(path.first_ids(row_id, PREFETCH_LIMIT + 1) for path in paths)).subquery()
        few_ids = select(found.c[0].label("id")).limit(literal_column(str(PREFETCH_LIMIT + 1))).cte("gathered")
        few = select(func.count() <= literal_column(str(PREFETCH_LIMIT))).select_from(few_ids).scalar_subquery()
        # PostgreSQL cannot know beforehand which way is quick: both stand in the statement, and the count leaves one
        both = union_all(
            statement.where(few, row_id.in_(select(few_ids.c.id))), statement.where(not_(few), _RowByRow(readable))
        ).subquery("both")
        statement = select(*both.c).order_by(*_ordered(list(both.c), order)).limit(literal_column(str(limit + 1)))
    return statement.cte("keys").prefix_with("MATERIALIZED")


def _needed(joins: Sequence[Join], asked: Iterable[ColumnElement[Any]]) -> list[Join]:
    """Those of the joins that some of the expressions name, or that one of these needs itself."""
    named = {table for one in asked for table in _tables(one)}
    found: list[Join] = []
    for join in reversed(joins):
        if inspect(join.to).selectable in named:
            named |= _tables(join.on)
            found.insert(0, join)
    return found


def _tables(expression: Any) -> set[Any]:
    """The tables whose columns stand in an expression; an attribute of a mapped class is an expression, too."""
    parts = visitors.iterate(getattr(expression, "__clause_element__", lambda: expression)())
    return {part.table for part in parts if isinstance(part, ColumnClause) and part.table is not None}


def _readable(
    listing: Listing, caller: QueryCaller, row_id: Any, paths: Sequence[AccessPath] | None
) -> ColumnElement[bool] | None:
    if listing.readable is PUBLIC:
        return None
    return listing.readable(caller) if paths is None else or_(*(_by(path, row_id) for path in paths))


def _by(path: AccessPath, row_id: Any) -> ColumnElement[bool]:
    """Whether the path makes a row visible. Who has no scope there at all is not asked about again for each row."""
    if path.scopes is None:
        return path.holds(row_id)
    return and_(select(exists(select(path.scopes.c[0]))).scalar_subquery(), path.holds(row_id))


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
    for names, by in listing.combined_filters.items():
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
