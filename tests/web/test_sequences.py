"""Sequences of calls: what one operation answered goes into the next, as the operator and as an editor."""

import os
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from puumerkki.kernel.embedded_postgres.local_postgres import LocalServer
from tests.conftest import drop_database, make_database
from tests.web.served import Served, served
from tests.web.test_schemathesis import schema

SEQUENCES = int(os.environ.get("PUUMERKKI_SCHEMATHESIS_SEQUENCES", "15"))
STEPS = 12
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def api(server: LocalServer, template: str) -> Iterator[Served]:
    database = make_database(server, template)
    with served(database) as made:
        yield made
    drop_database(server, database)


@pytest.mark.parametrize("role", ["operator", "editor"])
def test_sequences_of_calls(role: str, api: Served) -> None:
    answered: list[int] = []
    token = api.scene("health_get").tokens[role]

    class Sequence(schema.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            headers = {"Authorization": f"Bearer {token}", "If-Match": '"1"'}
            if case.method.upper() == "POST":
                headers["Idempotency-Key"] = uuid4().hex
            return {"headers": headers, "base_url": api.url}

        def validate_response(self, response: Any, case: Any, **_: Any) -> None:
            answered.append(response.status_code)
            case.validate_response(response, checks=CHECKS)

    Sequence.run(
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
    )
    assert sum(200 <= status < 300 for status in answered) > SEQUENCES // 2, "the sequences reached next to nothing"
