"""The whole API under generated input, as several roles: no 5xx, no undocumented answer, no accepted nonsense."""

import os
import re
import zlib
from collections.abc import Iterator
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from uuid import uuid4

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.config import ChecksConfig, GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.config._checks import NegativeDataRejectionConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from puumerkki.imports.line_routes import NDJSON
from puumerkki.imports.routes import ODS
from puumerkki.kernel.embedded_postgres.local_postgres import LocalServer
from puumerkki.kernel.spreadsheets import XLSX
from puumerkki.web.app import create_app
from tests.conftest import drop_database, make_database
from tests.valid_requests import Call
from tests.web.served import Served, served

EXAMPLES = int(os.environ.get("PUUMERKKI_SCHEMATHESIS_EXAMPLES", "7"))
SEED = int(os.environ.get("PUUMERKKI_SCHEMATHESIS_SEED", "20261122"))
ROLES = ("anonymous", "outsider", "editor", "officer", "coordinator", "operator")
STREAMS = ("events_stream",)
LINES = "imports_bring_lines"
"""Each line is refused in the answer, by itself."""

_config = SchemathesisConfig(
    seed=SEED,
    projects=ProjectsConfig(
        default=ProjectConfig(
            generation=GenerationConfig(
                modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE],
                max_examples=EXAMPLES,
                deterministic=True,
                no_shrink=True,
            ),
            checks=ChecksConfig(
                negative_data_rejection=NegativeDataRejectionConfig(
                    expected_statuses=[400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428, 429]
                )
            ),
        )
    ),
)
schema = schemathesis.openapi.from_dict(create_app().openapi(), config=_config).exclude(operation_id=list(STREAMS))


@pytest.fixture(scope="module")
def api(server: LocalServer, template: str) -> Iterator[Served]:
    database = make_database(server, template)
    with served(database) as made:
        yield made
    drop_database(server, database)


@pytest.fixture(scope="module")
def line() -> Iterator[requests.Session]:
    """One connection for all requests, which keeps no cookie and asks nothing of the surroundings."""
    with requests.Session() as made:
        made.trust_env = False
        made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        yield made


@schemathesis.serializer(XLSX, ODS, NDJSON)
def as_text(ctx: Any, value: Any) -> bytes:
    """What is generated for a file is no workbook and no line, and is refused by what it holds."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


def real_path_parameters(template: str, call: Call) -> dict[str, str]:
    """The ids of the declared request, by the names in the path's template."""
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template)
    path = call.path if call.path.startswith("/.well-known") else f"/api/v1{call.path}"
    found = re.fullmatch(pattern, path.partition("?")[0])
    return found.groupdict() if found else {}


def is_positive(case: Any, part: str) -> bool:
    """Whether schemathesis meant a part of the case to be valid."""
    components = case.meta.components if case.meta is not None else {}
    return all(one.mode == GenerationMode.POSITIVE for kind, one in components.items() if kind.value == part)


@schema.parametrize()
@settings(suppress_health_check=list(HealthCheck), derandomize=True, max_examples=EXAMPLES, database=None)
def test_generated_input(case: Any, api: Served, line: requests.Session) -> None:
    name = case.operation.definition.raw["operationId"]
    scene = api.scene(name)
    call = scene.call
    if is_positive(case, "path"):
        case.path_parameters = {**(case.path_parameters or {}), **real_path_parameters(case.path, call)}
    headers = {}
    if is_positive(case, "header"):
        if case.method.upper() == "POST":
            headers["Idempotency-Key"] = uuid4().hex
        if call.if_match is not None:
            headers["If-Match"] = f'"{call.if_match}"'
    # a cookie that another service set, or that is no longer ours, is passed over and not refused
    refused = [negative_data_rejection] if is_positive(case, "cookie") and name != LINES else []
    luck = zlib.crc32(repr((case.body, case.query)).encode("utf-8", "surrogatepass"))
    another = ROLES[luck // 3 % len(ROLES)] if luck % 3 == 0 else call.by
    for role in dict.fromkeys((call.by, another)):
        token = scene.tokens[role]
        sent = headers | ({"Authorization": f"Bearer {token}"} if token else {})
        answer = case.call(base_url=api.url, headers=sent, session=line)
        case.validate_response(
            answer,
            checks=[
                schemathesis.checks.not_a_server_error,
                status_code_conformance,
                content_type_conformance,
                response_headers_conformance,
                response_schema_conformance,
                *refused,
            ],
        )
