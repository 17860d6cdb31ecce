"""Every operation of this room has a valid request, and its answer is what its model says."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from puumerkki.identity.routes import ROUTERS
from tests.factories import World
from tests.personas import make_cast
from tests.valid_requests import load

OPERATIONS = load()


def _routes() -> Iterator[APIRoute]:
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            yield route


@pytest.mark.parametrize("route", [pytest.param(route, id=route.operation_id) for route in _routes()])
async def test_the_declared_request_is_answered_as_the_model_says(world: World, route: APIRoute) -> None:
    cast = await make_cast(world)
    call = await OPERATIONS[str(route.operation_id)](cast)
    options = dict(call.options)
    if call.json is not None:
        options["json"] = call.json
    answer = await cast[call.by].request(call.method, call.path, if_match=call.if_match, **options)
    assert answer.status_code == (route.status_code or 200), answer.text
    world.client.cookies.clear()
    if route.response_model is not None:
        adapter = TypeAdapter(route.response_model)
        dumped = adapter.dump_python(adapter.validate_json(answer.content), mode="json")
        assert dumped.keys() == answer.json().keys()


def test_the_token_endpoint_documents_both_kinds_of_errors(app: FastAPI) -> None:
    answers = app.openapi()["paths"]["/api/v1/oauth/token"]["post"]["responses"]
    assert set(answers["401"]["content"]) == {"application/json", "application/problem+json"}
    assert set(answers["400"]["content"]) == {"application/json"}
    assert set(answers["422"]["content"]) == {"application/problem+json"}
