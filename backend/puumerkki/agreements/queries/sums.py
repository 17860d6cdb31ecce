"""What parties put in, summed up: the one place where it is said what counts in which year.

Only what all parties signed counts: the version in force, also of an agreement that has ended since. What one party
recorded as signed on paper counts for that party alone, and stands apart, until the others have confirmed it. A
contribution of every year counts whole in each calendar year on a day of which the agreement runs; one of a single year
counts in that year. Nothing counts in years after the last day of an agreement that was terminated.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    TableValuedAlias,
    bindparam,
    cast,
    column,
    extract,
    func,
    null,
    or_,
    true,
    tuple_,
    union_all,
)
from sqlalchemy import literal_column as sql
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import Text, TypeEngine, Uuid
from sqlmodel import col

from puumerkki.access.actor import Caller
from puumerkki.agreements.models import Agreement, AgreementState, AgreementVersion
from puumerkki.agreements.queries.agreements import access_paths, in_force
from puumerkki.agreements.queries.filters import has_party, last_day, runs_between
from puumerkki.agreements.queries.records import stands
from puumerkki.kernel import reads
from puumerkki.kernel.reads.listings import json_list, json_object, visible_in
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.organisations.models.organisations import Organisation

MOST_LISTED = 1000


def put_in(first_year: Any = None, last_year: Any = None, *, counts: ColumnElement[bool] | None = None) -> Select[Any]:
    """A row for each contribution and year in which it counts, over `agreement` and its version in force.

    `counts`: which version of an agreement does, where it is not only the one in force.
    """
    puts = _rows_of("puts", func.jsonb_path_query(col(AgreementVersion.content), sql("'$.contributions[*]'")), JSONB())
    put = puts.c.value
    single = cast(put["year"].astext, Integer)
    first = func.coalesce(single, _year_of(col(AgreementVersion.starts_on)))
    last = func.coalesce(single, _year_of(last_day()))
    bounds = (func.greatest(first, first_year), func.least(last, last_year))
    years = _rows_of("years", func.generate_series(*bounds), Integer())
    year = years.c.value
    return (
        core_select(
            col(Agreement.id).label("agreement_id"),
            year.label("year"),
            cast(put["organisation_id"].astext, Uuid).label("organisation_id"),
            put["kind"].astext.label("kind"),
            func.coalesce(cast(put["cents"].astext, BigInteger), 0).label("cents"),
            func.coalesce(cast(put["hours"].astext, BigInteger), 0).label("hours"),
        )
        .select_from(Agreement)
        .join(AgreementVersion, in_force() if counts is None else counts)
        .join(puts, true())
        .join(years, true())
        .where(or_(col(Agreement.ended_on).is_(None), year <= _year_of(col(Agreement.ended_on))))
    )


def _rows_of(name: str, function: Any, type_: TypeEngine[Any]) -> TableValuedAlias:
    return function.table_valued(column("value", type_), name=name).render_derived()  # type: ignore[no-any-return]


def _year_of(day: Any) -> ColumnElement[Any]:
    return cast(extract("year", day), Integer)


def _amounts(cells: Any) -> dict[str, Any]:
    return {
        "agreements": func.count(cells.c.agreement_id.distinct()),
        "cents": func.coalesce(func.sum(cells.c.cents), 0),
        "hours": func.coalesce(func.sum(cells.c.hours), 0),
    }


def _listed(rows: Any, order: Any) -> Any:
    return core_select(json_list(rows.c.item, order=order)).select_from(rows).scalar_subquery()


def sums_statement(caller: Caller, *, with_organisation: bool) -> Select[Any]:
    """All sums of the years, as one JSON text."""
    first, last = bindparam("year_from", None, type_=Integer()), bindparam("year_to", None, type_=Integer())
    seen = [visible_in(access_paths(caller), col(Agreement.id))]
    organisation = bindparam("organisation", None, type_=Uuid()) if with_organisation else None
    if organisation is not None:
        seen.append(has_party(organisation))
    counts = stands(caller, organisation)
    years = _rows_of("years", func.generate_series(first, last), Integer())
    running = (
        core_select(col(Agreement.id), years.c.value, cast(null(), Uuid()), cast(null(), Text()), sql("0"), sql("0"))
        .select_from(Agreement)
        .join(AgreementVersion, counts)
        .join(years, runs_between(years.c.value, years.c.value))
        .where(*seen)
    )
    cells = union_all(put_in(first, last, counts=counts).where(*seen), running).cte("cells")
    return core_select(
        cast(
            json_object(
                {
                    "year_from": first,
                    "year_to": last,
                    "total": core_select(json_object(_amounts(cells))).scalar_subquery(),
                    "recorded": _recorded(cells),
                    "years": _by_year(cells),
                    "parties": _by_party(cells),
                    "themes": _by_theme(cells, counts),
                    "agreements": _by_agreement(cells, counts),
                }
            ),
            Text,
        )
    )


def _recorded(cells: Any) -> Any:
    """What not all parties have confirmed."""
    one_sided = core_select(col(Agreement.id)).where(col(Agreement.state) == AgreementState.recorded)
    return core_select(json_object(_amounts(cells))).where(cells.c.agreement_id.in_(one_sided)).scalar_subquery()


def _by_year(cells: Any) -> Any:
    item = {"year": cells.c.year} | _amounts(cells)
    rows = core_select(json_object(item).label("item"), cells.c.year).group_by(cells.c.year).subquery()
    return _listed(rows, rows.c.year)


def _by_party(cells: Any) -> Any:
    by = (cells.c.organisation_id, cells.c.year, cells.c.kind)
    sums = core_select(*by, *(one.label(name) for name, one in _amounts(cells).items())).group_by(*by).subquery()
    party = {"id": col(Organisation.id), "names": col(Organisation.names)}
    item = {"organisation": json_object(party), **{name: sums.c[name] for name in sums.c.keys()[1:]}}
    rows = (
        core_select(
            json_object(item).label("item"),
            tuple_(sums.c.year, col(Organisation.sort_key), col(Organisation.id), sums.c.kind).label("place"),
        )
        .select_from(sums)
        .join(Organisation, col(Organisation.id) == sums.c.organisation_id)
        .subquery()
    )
    return _listed(rows, rows.c.place)


def _by_theme(cells: Any, counts: ColumnElement[bool]) -> Any:
    """What names no target group stands last of its year, under null."""
    groups = func.jsonb_path_query(col(AgreementVersion.content), sql("'$.target_groups[*]'"))
    themes = _rows_of("themes", groups, JSONB())
    theme = themes.c.value.op("#>>", return_type=Text())(sql("'{}'"))
    rows = (
        core_select(
            json_object({"theme": theme, "year": cells.c.year} | _amounts(cells)).label("item"),
            tuple_(cells.c.year, theme).label("place"),
        )
        .select_from(cells)
        .join(Agreement, col(Agreement.id) == cells.c.agreement_id)
        .join(AgreementVersion, counts)
        .outerjoin(themes, true())
        .group_by(cells.c.year, theme)
        .subquery()
    )
    return _listed(rows, rows.c.place)


def _by_agreement(cells: Any, counts: ColumnElement[bool]) -> Any:
    totals = {name: one.label(name) for name, one in _amounts(cells).items() if name != "agreements"}
    most = (totals["cents"].desc(), totals["hours"].desc(), cells.c.agreement_id)
    sums = core_select(cells.c.agreement_id, *totals.values(), func.row_number().over(order_by=most).label("place"))
    best = sums.group_by(cells.c.agreement_id).order_by(*most).limit(MOST_LISTED).subquery()
    item = {
        "id": col(Agreement.id),
        "kind": col(Agreement.kind),
        "state": col(Agreement.state),
        "title": col(AgreementVersion.title),
        "language": col(Agreement.language),
        "starts_on": col(AgreementVersion.starts_on),
        "ends_on": last_day(),
        "cents": best.c.cents,
        "hours": best.c.hours,
    }
    rows = (
        core_select(json_object(item).label("item"), best.c.place)
        .select_from(best)
        .join(Agreement, col(Agreement.id) == best.c.agreement_id)
        .join(AgreementVersion, counts)
        .subquery()
    )
    return _listed(rows, rows.c.place)


async def sums(pool: ReadPool, *, caller: Caller, organisation_id: UUID | None, year_from: int, year_to: int) -> bytes:
    """The sums of agreements that the caller may know of, as JSON bytes."""
    params: dict[str, Any] = {"year_from": year_from, "year_to": year_to}
    if organisation_id is not None:
        params["organisation"] = organisation_id
    return await reads.rows(
        pool,
        f"agreement_sums.{organisation_id is None}",
        lambda: sums_statement(caller, with_organisation=organisation_id is not None),
        caller=caller,
        params=params,
    )
