"""Answers against the API's description: every operation is declared, and bytes built by PostgreSQL fit their model."""

import json
import re
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from puumerkki.web.app import ROUTERS
from tests.factories import World
from tests.personas import make_cast
from tests.valid_requests import load
from tests.web.calls import make

OPERATIONS = load()
STREAMS = {"events_stream"}
ROUTES = {route.operation_id: route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)}
READS = sorted(name for name in OPERATIONS if name in ROUTES and "GET" in ROUTES[name].methods)
_TIME = re.compile(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|\+00:00)$")


def normalised(value: Any) -> Any:
    """Times as one form: PostgreSQL and pydantic write UTC differently."""
    if isinstance(value, dict):
        return {name: normalised(one) for name, one in value.items()}
    if isinstance(value, list):
        return [normalised(one) for one in value]
    if isinstance(value, str) and (found := _TIME.match(value)):
        return f"{found.group(1)}{(found.group(2) or '.').ljust(7, '0')}Z"
    return value


def test_every_operation_is_declared() -> None:
    assert set(ROUTES) - STREAMS - set(OPERATIONS) == set()


def test_every_operation_says_what_it_does(app: FastAPI) -> None:
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            assert operation.get("summary"), (path, method)
            assert re.fullmatch(r"[a-z]+(_[a-z]+)+", operation["operationId"]), operation["operationId"]


@pytest.mark.parametrize("name", READS)
async def test_the_answer_is_exactly_its_model_and_head_is_get_without_a_body(name: str, world: World) -> None:
    cast = await make_cast(world)
    call = await OPERATIONS[name](cast)
    answer = await make(cast, call)
    assert answer.is_success, answer.text
    head = await cast[call.by].request("HEAD", call.path)
    assert head.is_success
    assert head.content == b""
    model = ROUTES[name].response_model
    if model is None or "json" not in answer.headers["content-type"]:
        return
    adapter: TypeAdapter[Any] = TypeAdapter(model)
    again = json.loads(adapter.dump_json(adapter.validate_json(answer.content)))
    assert normalised(again) == normalised(answer.json())
