"""Errors become RFC 9457 problem documents here, and nowhere else."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from psycopg import OperationalError as DriverError
from psycopg import errors as pg
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import JSONResponse

from puumerkki.kernel.errors import Invalid, PuumerkkiError, TooManyRequests, Unauthenticated

MEDIA_TYPE = "application/problem+json"
log = structlog.get_logger()


class ProblemField(BaseModel):
    """What is wrong with one field."""

    pointer: str = Field(description="A JSON pointer into the body, or the name of a parameter or header.")
    code: str
    message: str


class Problem(BaseModel):
    """A problem document (RFC 9457). `code` is stable; `title` is for people and may change."""

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str | None = None
    errors: list[ProblemField] | None = None


def problem(
    status: int,
    code: str,
    title: str,
    *,
    errors: Sequence[ProblemField] | None = None,
    headers: dict[str, str] | None = None,
    **details: Any,
) -> JSONResponse:
    """The answer for a problem."""
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "code": code}
    if errors is not None:
        body["errors"] = [error.model_dump() for error in errors]
    body |= {name: value for name, value in details.items() if value is not None}
    return JSONResponse(body, status_code=status, headers=headers, media_type=MEDIA_TYPE)


def from_error(error: PuumerkkiError) -> JSONResponse:
    """The answer for an error of ours."""
    headers: dict[str, str] = {}
    if isinstance(error, Unauthenticated):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooManyRequests):
        headers["Retry-After"] = str(error.retry_after)
    fields = None
    if isinstance(error, Invalid):
        fields = [ProblemField(pointer=one.pointer, code=one.code, message=one.message) for one in error.problems]
    return problem(error.status, error.code, error.message, errors=fields, headers=headers, **error.details)


def _pointer(location: Sequence[Any]) -> str:
    source, *steps = location
    if source == "body":
        return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)
    return str(steps[0]) if steps else str(source)


async def _on_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, PuumerkkiError)
    return from_error(error)


async def _on_validation(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fields = [
        ProblemField(pointer=_pointer(one["loc"]), code=one["type"], message=one["msg"]) for one in error.errors()
    ]
    return problem(422, "invalid", Invalid.message, errors=fields)


async def _on_framework(_request: Request, error: Exception) -> Response:
    assert isinstance(error, StarletteHTTPException)
    codes = {400: "malformed", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
    return problem(
        error.status_code, codes.get(error.status_code, "refused"), str(error.detail), headers=dict(error.headers or {})
    )


async def _on_database(request: Request, error: Exception) -> Response:
    """What only the database could refuse: a race that a constraint settled, a lock, bad data."""
    cause = getattr(error, "orig", error)
    diag = getattr(cause, "diag", None)
    constraint = getattr(diag, "constraint_name", None)
    if isinstance(cause, pg.IntegrityError) and not isinstance(cause, pg.NotNullViolation):
        code = "gate_closed" if constraint in GATE_CONSTRAINTS else "conflict"
        return problem(409, code, "This contradicts what is kept already.", constraint=constraint)
    if isinstance(cause, pg.SerializationFailure | pg.DeadlockDetected | pg.LockNotAvailable):
        return problem(409, "try_again", "Somebody did the same at once. Try again.", headers={"Retry-After": "1"})
    if isinstance(cause, pg.DataError):
        return problem(422, "invalid", Invalid.message)
    log.error("database_error", path=request.url.path, error=type(cause).__name__, exc_info=error)
    if isinstance(error, OperationalError | DriverError | PoolTimeoutError):
        return problem(503, "database_unavailable", "The database cannot be reached.", headers={"Retry-After": "5"})
    return problem(500, "internal_error", "Something went wrong.")


async def _on_anything(request: Request, error: Exception) -> Response:
    log.error("unexpected_error", path=request.url.path, error=type(error).__name__, exc_info=error)
    return problem(500, "internal_error", "Something went wrong.")


GATE_CONSTRAINTS = frozenset({"fk_gate_requirement_gate", "ck_gate_requirement_gate", "ck_partner_request_gate"})
HANDLERS: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
    PuumerkkiError: _on_error,
    RequestValidationError: _on_validation,
    StarletteHTTPException: _on_framework,
    DBAPIError: _on_database,
    PoolTimeoutError: _on_database,
    DriverError: _on_database,
    Exception: _on_anything,
}


async def answer_to(request: Request, error: Exception) -> Response:
    """The answer for any error, as the app's routes would give it."""
    handler = next(HANDLERS[kind] for kind in type(error).__mro__ if kind in HANDLERS)
    return await handler(request, error)


def install(app: FastAPI) -> None:
    """Let the app answer errors with problem documents."""
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)
