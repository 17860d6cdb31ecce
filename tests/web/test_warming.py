"""What a process has built before it serves: whoever asks first does not wait for a statement to be built."""

import gc
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI, Response
from sqlalchemy import ColumnElement
from structlog.testing import capture_logs

from puumerkki.access import declare
from puumerkki.kernel.http import ReadsDep, api_router
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.reference import queries
from puumerkki.reference.schemas import AreaPage, AreaQuery
from puumerkki.web.app import ROUTERS
from puumerkki.web.warming import build_reads
from tests.web.declared import listings

BY_THEIR_SUBJECT = ("comments_", "points_", "attachments_")
"""Lists of which there is one for each kind of subject, made when they are first asked for."""
IN_A_SESSION = {
    "affiliations",
    "contacts",
    "import_rows",
    "organisation_archivings",
    "organisation_merges",
    "organisation_people",
    "organisation_relations",
    "organisation_versions",
    "role_offers",
}
"""Lists of one organisation, person or import, read in a request's transaction."""
ASKED_FOR = {"organisations_to_pick"}
"""What a list is where its caller says so."""


@pytest.fixture(autouse=True)
def settled() -> None:
    """As in a process that starts: after each statement the collector looks at what is new, and not at the tests."""
    gc.collect()
    gc.freeze()


async def test_every_hot_list_is_built_before_anybody_asks(app: FastAPI) -> None:
    nowhere = ReadPool("postgresql://nobody@127.0.0.1:1/nowhere", size=1)
    routes = [route for router in ROUTERS for route in router.routes]
    with capture_logs() as logs:
        await build_reads(routes, nowhere)
    assert logs == []
    built = {shape[0] for shape in nowhere._statements._known}
    declared = {one.name for one in listings()}
    asked = {name for name in declared if not name.startswith(BY_THEIR_SUBJECT)} - IN_A_SESSION - ASKED_FOR
    assert asked <= built
    assert {"tasks", "tasks_due", "feed", "organisation", "endorsement", "timeline_subject"} <= built
    before = len(nowhere._statements)
    await build_reads(routes, nowhere)
    assert len(nowhere._statements) == before


def _unreadable(caller: Any) -> ColumnElement[bool]:
    raise LookupError(f"{caller} has no rights")


async def test_what_cannot_be_built_is_logged_by_its_name_and_the_rest_is_built(app: FastAPI) -> None:
    broken = api_router("broken")
    declare.listing(
        broken, "/areas", "broken_areas", "Areas", replace(queries.AREAS, name="no_areas", readable=_unreadable),
        AreaPage, AreaQuery,
    )  # fmt: skip

    @broken.get("/early", operation_id="broken_early")
    async def early(pool: ReadsDep) -> Response:
        raise KeyError("before any statement")

    declare.listing(broken, "/whole", "whole_areas", "Areas", replace(queries.AREAS, name="whole"), AreaPage, AreaQuery)
    nowhere = ReadPool("postgresql://nobody@127.0.0.1:1/nowhere", size=1)
    with capture_logs() as logs:
        await build_reads(broken.routes, nowhere)
    assert [(one["event"], one["read"], one["statement"]) for one in logs] == 2 * [
        ("read_not_built", "broken_areas", "no_areas")
    ] + 2 * [("read_not_built", "broken_early", None)]
    assert isinstance(logs[0]["exc_info"].__cause__, LookupError)
    assert "whole" in {shape[0] for shape in nowhere._statements._known}
