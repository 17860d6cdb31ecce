"""The API's description: what the framework generates, with the errors that every operation may answer."""

import json
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from puumerkki.kernel.http import ASKED_FOR
from puumerkki.web.problems import MEDIA_TYPE, Problem

VERSION = version("puumerkki")
_TITLES = {
    "401": "Nobody is signed in, or the token is not valid",
    "403": "Not allowed",
    "404": "No such thing, or you may not see it",
    "405": "The address does not take this method",
    "409": "The state or a rule does not allow it; `code` names the rule",
    "412": "Stale version",
    "413": "Too large",
    "422": "Bad input; `errors` name the fields",
    "428": "If-Match or Idempotency-Key is missing",
    "429": "Too many tries",
}
_METHODS = {"get", "put", "post", "patch", "delete"}


def install(app: FastAPI) -> None:
    """Let `app.openapi()` give the whole description, made once."""

    def description() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _describe(app)
        return app.openapi_schema

    app.openapi = description  # type: ignore[method-assign]


def _describe(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, summary=app.summary, routes=app.routes, openapi_version="3.1.0"
    )
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    problem_schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem_schema.pop("$defs", {})
    schemas["Problem"] = problem_schema
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    # by address: the order of the rooms is none of the readers' business
    document["paths"] = dict(sorted(document["paths"].items()))
    for path in document["paths"].values():
        for method, operation in path.items():
            if method in _METHODS:
                _complete(method, operation)
    return document


def _complete(method: str, operation: dict[str, Any]) -> None:
    operation["security"] = [{}, {"bearer": []}]
    for parameter in operation.get("parameters", ()):
        if parameter["schema"].pop(ASKED_FOR, False):
            _require(parameter)
    codes = {"401", "403", "404", "422"} if method == "get" else set(_TITLES)
    for code in sorted(codes | {"405"}):
        known = operation["responses"].get(code) if code != "422" else None
        answer = operation["responses"][code] = known or {"description": _TITLES[code]}
        answer.setdefault("content", {})[MEDIA_TYPE] = {"schema": {"$ref": "#/components/schemas/Problem"}}
    operation["responses"] = dict(sorted(operation["responses"].items()))


def _require(parameter: dict[str, Any]) -> None:
    """The framework lets a header be left out so that its absence is told in its turn, as 428; the rule does not."""
    [text, _null] = parameter["schema"].pop("anyOf")
    parameter["required"] = True
    parameter["schema"] = text | parameter["schema"]


def as_text(app: FastAPI) -> str:
    """The description as it is committed: stable, readable in a diff."""
    return json.dumps(app.openapi(), indent=1, ensure_ascii=False, sort_keys=False) + "\n"
