"""Imports by the API: the body is the file, however large; the import runs as a job."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import Header, Query, Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, load_actor
from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep, CallerDep
from puumerkki.imports import queries, service
from puumerkki.imports.errors import FileTooLarge
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ImportJob, ImportKind, ImportRow
from puumerkki.imports.result_file import file_name, result_lines
from puumerkki.imports.schemas import (
    ImportCreate,
    ImportDetails,
    ImportListed,
    ImportQuery,
    ImportRowPublic,
    ImportRowQuery,
    ResultQuery,
    RowCounts,
    TemplateQuery,
)
from puumerkki.imports.templates import csv_template, known_values, xlsx_template
from puumerkki.kernel import files, idempotency, reads
from puumerkki.kernel.csv_cells import csv_lines
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.http import (
    FILES,
    Creating,
    FileFormat,
    ReadsDep,
    SessionDep,
    api_router,
    file_response,
    item_response,
    set_etag,
)
from puumerkki.kernel.idempotency import StoredAnswer
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.reads.pagination import Page
from puumerkki.kernel.settings import get_settings
from puumerkki.kernel.spreadsheets import XLSX

router = api_router("imports")

ROUTERS = (router,)

ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV_KINDS = frozenset({"text/csv", "text/plain", "application/csv", "application/vnd.ms-excel"})
FILE_KINDS = CSV_KINDS | {"application/octet-stream", XLSX, ODS}
"""What a file is comes from its content; browsers on Windows call a CSV file Excel's."""
UNBOUNDED = 1 << 40
"""The framework's limit; ours is in the settings and told while the file streams in."""


@router.post(
    "",
    operation_id="imports_create_import",
    summary="Send a CSV, XLSX or ODS file for import; what is there is brought up to date",
    status_code=201,
    response_model=ImportDetails,
    dependencies=[Creating],
    max_body_size=UNBOUNDED,
    openapi_extra={
        "x-not-replayable": True,
        "requestBody": {
            "required": True,
            "description": "A file with headings, such as name_fi, sector, business_id.",
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                XLSX: {"schema": {"type": "string", "format": "binary"}},
                ODS: {"schema": {"type": "string", "format": "binary"}},
            },
        },
    },
)
async def create_import(
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    given: Annotated[ImportCreate, Query()],
    idempotency_key: Annotated[str, Header(max_length=200)],
) -> Response:
    service.require_import(actor, given)
    kind = request.headers.get("content-type", "text/csv").split(";")[0].strip().lower()
    if kind not in FILE_KINDS:
        raise invalid("Content-Type", "csv_expected", f"Send the file as text/csv, {XLSX} or {ODS}.")
    # the file may take long: no transaction stays open meanwhile, and the roles are asked for anew afterwards
    await session.rollback()
    job_id = new_id()
    limit = get_settings().import_max_bytes
    size, digest = await files.put_stream(
        job_id, request.stream(), too_large=FileTooLarge(max_bytes=limit), limit=limit
    )
    actor = await load_actor(session, actor)
    try:
        return await _once(request, session, idempotency.check_key(idempotency_key), actor, job_id, given, size, digest)
    except BaseException:
        await files.delete(job_id)
        raise


async def _once(
    request: Request,
    session: AsyncSession,
    key: str,
    actor: Actor,
    job_id: UUID,
    given: ImportCreate,
    size: int,
    digest: str,
) -> Response:
    """The answer to a key, the first or the stored one; the file's digest stands for the body."""
    if size == 0:
        raise invalid("", "file_missing", "The request has no body: send the file.")
    target = f"{request.url.path}?{request.url.query}"
    fingerprint = idempotency.request_hash("POST", target, digest.encode())
    person = actor.person_id()
    stored = await idempotency.claim(session, principal_id=person, key=key, fingerprint=fingerprint)
    if stored is not None:
        await files.delete(job_id)
        return Response(stored.body, stored.status, {**stored.headers, "Idempotency-Replayed": "true"})
    job = await service.queue_import(
        session, actor=actor, job_id=job_id, given=given, file_bytes=size, file_digest=digest
    )
    headers = {"content-type": "application/json", "location": f"/api/v1/imports/{job.id}", "etag": f'"{job.version}"'}
    answer = StoredAnswer(201, headers, _public(job).model_dump_json().encode())
    await idempotency.remember(session, principal_id=person, key=key, answer=answer)
    return Response(answer.body, answer.status, answer.headers)


def _public(job: ImportJob) -> ImportDetails:
    return ImportDetails.model_validate(job, from_attributes=True)


listing(
    router,
    "",
    "imports_list_imports",
    "Your imports, the newest first",
    queries.IMPORTS,
    Page[ImportListed],
    ImportQuery,
)


@router.get(
    "/templates/{kind}.{file_format}",
    operation_id="imports_get_template",
    summary="An empty file of a kind with an example; as a workbook also with the allowed values",
    response_class=Response,
    responses={200: {"content": FILES, "description": "CSV: UTF-8 with a byte order mark, semicolons"}},
)
async def get_template(
    session: SessionDep, kind: ImportKind, file_format: FileFormat, query: Annotated[TemplateQuery, Query()]
) -> Response:
    rule, language = RULES[kind], query.language
    if file_format == "csv":
        made = csv_template(rule.sheet, rule.template, language)
    else:
        values = await known_values(session, language)
        made = await asyncio.to_thread(xlsx_template, rule.sheet, rule.template, language, values)
    return file_response(made, f"{kind}-{language}", file_format)


@router.get(
    "/{job_id}",
    operation_id="imports_get_import",
    summary="An import and how far it is",
    response_model=ImportDetails,
)
async def get_import(pool: ReadsDep, caller: CallerDep, job_id: UUID) -> Response:
    return item_response(await reads.one(pool, queries.IMPORT, caller=caller, key=job_id))


@router.get(
    "/{job_id}/errors.csv",
    operation_id="imports_export_errors",
    summary="What is wrong in the file, as CSV: row, column, value, what is expected",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The errors"}},
)
async def export_errors(session: SessionDep, caller: CallerDep, job_id: UUID) -> Response:
    job = await queries.readable_import(session, caller, job_id)
    columns = ("row", "column", "value", "message")
    lines = csv_lines([columns, *([error[name] for name in columns] for error in job.errors)], delimiter=";")
    headers = {"Content-Disposition": f'attachment; filename="import-errors-{job.id}.csv"'}
    return Response("\ufeff" + "".join(lines), media_type="text/csv; charset=utf-8", headers=headers)


async def _rows_of(session: SessionDep, caller: CallerDep, job_id: UUID) -> Mapping[str, Any]:
    await queries.readable_import(session, caller, job_id)
    return {"job_id": job_id}


listing(
    router,
    "/{job_id}/rows",
    "imports_list_rows",
    "The rows of an import with their verdicts",
    queries.ROWS,
    Page[ImportRowPublic],
    ImportRowQuery,
    within=_rows_of,
)


@router.get(
    "/{job_id}/counts",
    operation_id="imports_count_rows",
    summary="How many rows of an import have which verdict",
    response_model=RowCounts,
)
async def count_rows(session: SessionDep, caller: CallerDep, job_id: UUID) -> RowCounts:
    job = await queries.readable_import(session, caller, job_id)
    return RowCounts(**await queries.count_rows(session, job.id))


async def _row(_session: SessionDep, _actor: ActorDep, _response: Response, row: ImportRow) -> ImportRowPublic:
    return ImportRowPublic.model_validate(row, from_attributes=True)


async def _job(_session: SessionDep, _actor: ActorDep, response: Response, job: ImportJob) -> ImportDetails:
    set_etag(response, job)
    return _public(job)


action(
    router,
    "/{job_id}/rows/{row}",
    "imports_update_row",
    "Correct a row, or decide whether it is one that is there",
    service.update_row,
    _row,
    method="PATCH",
)


@router.get(
    "/{job_id}/result.csv",
    operation_id="imports_export_result",
    summary="Each row with its verdict and what to do, as CSV",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The rows"}},
)
async def export_result(
    session: SessionDep, caller: CallerDep, job_id: UUID, asked: Annotated[ResultQuery, Query()]
) -> Response:
    job = await queries.readable_import(session, caller, job_id)
    lines = await result_lines(session, job, language=asked.language)
    called = quote(file_name(job, asked.language), safe="")
    headers = {"Content-Disposition": f"attachment; filename=\"import-{job.id}.csv\"; filename*=UTF-8''{called}"}
    return Response("".join(lines), media_type="text/csv; charset=utf-8", headers=headers)


action(
    router,
    "/{job_id}/try",
    "imports_try_import",
    "Run the trial again, with what was decided and corrected",
    service.try_import,
    _job,
)
action(
    router,
    "/{job_id}/apply",
    "imports_apply_import",
    "Store what the trial run showed, all at once",
    service.apply_import,
    _job,
)
action(
    router,
    "/{job_id}/cancel",
    "imports_cancel_import",
    "Stop an import; nothing of it stays",
    service.cancel_import,
    _job,
)
action(
    router,
    "/{job_id}/undo",
    "imports_undo_import",
    "Undo an import, while nobody else has touched what it wrote",
    service.undo_import,
    _job,
)
