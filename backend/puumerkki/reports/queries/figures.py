"""What was reported, added up over months, years, organisations and agreements."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, bindparam, cast, func, select, tuple_
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import BigInteger, Text
from sqlmodel import col

from puumerkki.access.actor import Caller
from puumerkki.kernel import reads
from puumerkki.kernel.reads.listings import json_list, json_object, visible_in
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.reports.models import COUNTED, Report
from puumerkki.reports.queries.reports import access_paths
from puumerkki.reports.schemas.figures import FiguresQuery

_FILTERS: Mapping[str, Any] = {
    "subject_kind": col(Report.subject_kind),
    "subject_id": col(Report.subject_id),
    "organisation": col(Report.organisation_id),
    "year": col(Report.year),
}


async def figures(pool: ReadPool, *, caller: Caller, query: FiguresQuery) -> bytes:
    """The sums of the reports that the caller may know of, as JSON."""
    given = query.model_dump(exclude_none=True)
    return await reads.rows(
        pool, f"figures_{'_'.join(given)}", lambda: statement(caller, given), caller=caller, params=given
    )


def statement(caller: Caller, given: Collection[str]) -> Select[Any]:
    """The sums by year, and once more over all years, as one JSON object."""
    counted = (
        select(col(Report.year), col(Report.submitted))
        .where(
            col(Report.state).in_(COUNTED),
            visible_in(access_paths(caller), col(Report.id)),
            *(_FILTERS[name] == bindparam(name, None, type_=_FILTERS[name].type) for name in given),
        )
        .cte("counted")
    )
    found = {
        "reports": select(func.count()).select_from(counted).scalar_subquery(),
        "figures": _sums(counted, "figures", by=("target_group", "what"), of=("amount",)),
        "contributions": _sums(counted, "contributions", by=("kind",), of=("cents", "hours")),
    }
    return select(cast(json_object(found), Text))


def _sums(counted: CTE, section: str, *, by: tuple[str, ...], of: tuple[str, ...]) -> ColumnElement[Any]:
    """A section's rows, added up by year (null: over all years) and by what these fields say."""
    rows = func.jsonb_array_elements(counted.c.submitted[section]).table_valued("value", joins_implicitly=True)
    row = cast(rows.c.value, JSONB)
    told = select(
        counted.c.year,
        *(row[name].astext.label(name) for name in by),
        *(cast(row[name].astext, BigInteger).label(name) for name in of),
    ).subquery(section)
    keys = [told.c[name] for name in by]
    grouped = (
        select(told.c.year, *keys, *(func.coalesce(func.sum(told.c[name]), 0).label(name) for name in of))
        .group_by(func.grouping_sets(tuple_(told.c.year, *keys), tuple_(*keys)))
        .subquery(f"{section}_sums")
    )
    order = tuple_(*(grouped.c[name] for name in ("year", *by)))
    return select(json_list({one.key: one for one in grouped.c}, order=order)).scalar_subquery()
