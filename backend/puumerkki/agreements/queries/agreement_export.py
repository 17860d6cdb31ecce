"""The list as a table: one row an agreement, with what its version in force says and sums up to."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy import select as core_select
from sqlmodel import col

from puumerkki.access.actor import Caller
from puumerkki.agreements.errors import TooManyToExport
from puumerkki.agreements.labels import COLUMNS, KINDS, state_name
from puumerkki.agreements.models import Agreement, AgreementState, AgreementVersion
from puumerkki.agreements.queries.agreements import AGREEMENTS
from puumerkki.agreements.queries.records import stands
from puumerkki.agreements.queries.sums import put_in
from puumerkki.kernel import clock, reads
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.reads.listings import Join, json_list
from puumerkki.kernel.reads.pagination import MAX_LIMIT
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.spreadsheets import Cell

MOST = 10_000
"""So many agreements go into one file."""


_STANDS = stands(Caller(id=UUID(int=0)))
"""For whoever asks: their id is a parameter."""


def _amounts() -> ColumnElement[Any]:
    put = put_in(counts=_STANDS).subquery()
    item = {name: put.c[name] for name in ("year", "cents", "hours")}
    return core_select(json_list(item)).where(put.c.agreement_id == col(Agreement.id)).scalar_subquery()


_EXPORTED = replace(
    AGREEMENTS,
    name="agreements_export",
    display=(Join(AgreementVersion, _STANDS, outer=True),),
    item={**AGREEMENTS.item, "signed": col(AgreementVersion.content), "amounts": _amounts()},
)


def columns(language: str, year: int) -> list[str]:
    """The headings."""
    return [one.format(year=year) for one in COLUMNS[language]]


async def rows(
    pool: ReadPool, caller: Caller, filters: Mapping[str, Any], *, language: str, year: int
) -> list[Sequence[Cell]]:
    """Every agreement that the caller may know of, the newest first; TooManyToExport before a file is begun."""
    found: list[Sequence[Cell]] = []
    cursor: str | None = None
    while True:
        page, cursor = await reads.page(
            pool, _EXPORTED, caller=caller, filters=filters, sort="-created_at", limit=MAX_LIMIT, cursor=cursor
        )
        found += [_row(item, language, year) for item in json.loads(page)["items"]]
        if cursor is None:
            return found
        if len(found) >= MOST:
            raise TooManyToExport()


def _row(item: Mapping[str, Any], language: str, year: int) -> Sequence[Cell]:
    """Sums and what follows them stand where something is in force, or was recorded by the reader's own side."""
    starts_on, ends_on = (
        None if item[name] is None else date.fromisoformat(item[name]) for name in ("starts_on", "ends_on")
    )
    head = (
        item["id"],
        KINDS[language][item["kind"]],
        state_name(AgreementState(item["state"]), language, starts_on=starts_on, today=clock.today()),
        item["title"],
        ", ".join(display_name(one["names"], language) for one in item["parties"]),
        starts_on,
        ends_on,
    )
    signed, amounts = item["signed"], item["amounts"]
    if signed is None:
        return *head, *(None,) * 6
    of_year = [one for one in amounts if one["year"] == year]
    return (
        *head,
        *(Decimal(sum(one["cents"] for one in some)).scaleb(-2) for some in (amounts, of_year)),
        *(sum(one["hours"] for one in some) for some in (amounts, of_year)),
        signed.get("notice_months"),
        ", ".join(signed.get("target_groups", [])),
    )
