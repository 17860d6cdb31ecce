"""What a request must name beforehand: the description asks for exactly the headers without which it is refused."""

from typing import Any

import pytest
from fastapi import FastAPI

from tests.factories import World
from tests.personas import make_cast
from tests.valid_requests import load
from tests.web.test_answers import READS, ROUTES

OPERATIONS = load()
REFUSALS = {"if-match": "precondition_required", "idempotency-key": "idempotency_key_required"}


def asked(app: FastAPI, name: str) -> dict[str, bool]:
    """The headers of an operation among these two, and whether it is described as refusing a request without them."""
    route = ROUTES[name]
    [method] = route.methods
    described: dict[str, Any] = app.openapi()["paths"][route.path][method.lower()]
    parameters = [one for one in described.get("parameters", []) if one["in"] == "header"]
    return {one["name"]: one["required"] for one in parameters if one["name"] in REFUSALS}


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() & ROUTES.keys() - set(READS)))
async def test_what_is_described_as_required_is_what_is_refused_without(name: str, app: FastAPI, world: World) -> None:
    described = asked(app, name)
    if not described:
        return
    cast = await make_cast(world)
    call = await OPERATIONS[name](cast)
    given = call.options.get("headers", {}) | {"Authorization": f"Bearer {cast[call.by].token}"}
    version = {"if-match": f'"{call.if_match}"', "idempotency-key": "one"}
    required = {header: version[header] for header, needed in described.items() if needed}

    async def send(headers: dict[str, str]) -> Any:
        body = {} if call.json is None else {"json": call.json}
        options = body | call.options | {"headers": given | headers}
        return await world.client.request(call.method, f"/api/v1{call.path}", **options)

    for left_out in required:
        answer = await send({header: value for header, value in required.items() if header != left_out})
        assert (answer.status_code, answer.json()["code"]) == (428, REFUSALS[left_out]), answer.text
    answer = await send(required)
    assert answer.is_success, answer.text


def test_where_the_newest_is_meant_the_version_may_be_left_out(app: FastAPI) -> None:
    assert asked(app, "organisations_put_by_external_id") == {"if-match": False}
