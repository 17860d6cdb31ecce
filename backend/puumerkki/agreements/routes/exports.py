"""The list of agreements as a file for spreadsheet programs."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from fastapi import Query, Response

from puumerkki.access.http import CallerDep
from puumerkki.agreements.queries import agreement_export as export
from puumerkki.agreements.queries.filters import filters_of
from puumerkki.agreements.schemas.sums import AgreementExportQuery
from puumerkki.kernel import clock
from puumerkki.kernel.csv_cells import csv_lines
from puumerkki.kernel.http import ReadsDep, api_router
from puumerkki.kernel.spreadsheets import XLSX, Cell, xlsx

router = api_router("agreements", tag="agreements")

ExportQuery = Annotated[AgreementExportQuery, Query()]


@router.get(
    "/export.csv",
    operation_id="agreements_export_csv",
    summary="The list as CSV, with the same filters",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def export_csv(pool: ReadsDep, caller: CallerDep, query: ExportQuery) -> Response:
    columns, rows = await _table(pool, caller, query)
    lines = csv_lines([columns, *([_written(cell) for cell in row] for row in rows)], delimiter=";")
    # the byte order mark and the semicolons, as spreadsheet programs in Finland expect
    return _file("\ufeff" + "".join(lines), "text/csv; charset=utf-8", "agreements.csv")


@router.get(
    "/export.xlsx",
    operation_id="agreements_export_xlsx",
    summary="The list as a workbook, with the same filters",
    response_class=Response,
    responses={200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}},
)
async def export_xlsx(pool: ReadsDep, caller: CallerDep, query: ExportQuery) -> Response:
    columns, rows = await _table(pool, caller, query)
    return _file(await xlsx("agreements", columns, rows), XLSX, "agreements.xlsx")


async def _table(
    pool: ReadsDep, caller: CallerDep, query: AgreementExportQuery
) -> tuple[list[str], list[Sequence[Cell]]]:
    caller.person_id()
    year, language = query.year or clock.today().year, query.language.value
    found = await export.rows(pool, caller, filters_of(query), language=language, year=year)
    return export.columns(language, year), found


def _written(cell: Cell) -> Cell:
    return str(cell).replace(".", ",") if isinstance(cell, Decimal) else cell


def _file(content: str | bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
