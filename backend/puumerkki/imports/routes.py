"""Imports by the API: the body is the file."""

import io
from typing import Annotated

from fastapi import Query, Request

from puumerkki.access.http import ActorDep
from puumerkki.access.permissions import P
from puumerkki.imports.errors import ImportRefused
from puumerkki.imports.organisations import ImportResult, import_organisations
from puumerkki.imports.schemas import ImportQuery, ImportResultPublic
from puumerkki.kernel.errors import FieldProblem, invalid
from puumerkki.kernel.http import SessionDep, api_router

router = api_router("imports")

ROUTERS = (router,)

CSV_KINDS = frozenset({"text/csv", "text/plain", "application/csv", "application/octet-stream"})


@router.post(
    "/organisations",
    operation_id="imports_import_organisations",
    summary="Bring organisations in from a CSV file; what is there is brought up to date",
    response_model=ImportResultPublic,
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "A CSV file with headings: name_fi, sector, business_id, …",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        }
    },
)
async def import_organisations_file(
    request: Request, session: SessionDep, actor: ActorDep, query: Annotated[ImportQuery, Query()]
) -> ImportResult:
    actor.require(P.organisations_create)
    kind = request.headers.get("content-type", "text/csv").split(";")[0].strip().lower()
    if kind not in CSV_KINDS:
        raise invalid("Content-Type", "csv_expected", "Send the file as text/csv.")
    body = await request.body()
    if not body:
        raise invalid("", "file_missing", "The request has no body: send the file.")
    result = await import_organisations(
        session,
        source=io.BytesIO(body),
        actor_id=actor.id,
        skip_bad=query.skip_bad,
        dry_run=query.dry_run,
    )
    if result.errors and not result.applied and not (query.dry_run and result.readable):
        raise ImportRefused(
            problems=[
                FieldProblem(
                    f"/{error.row}/{_escaped(error.column)}", "row_invalid", f"{error.value!r}: {error.message}"
                )
                for error in result.errors
            ]
        )
    return result


def _escaped(step: str) -> str:
    """A heading as a step of a JSON pointer."""
    return step.replace("~", "~0").replace("/", "~1")
