"""What a process has built before it serves: whoever asks first does not wait for a statement to be built."""

from fastapi import FastAPI

from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.web.app import ROUTERS
from puumerkki.web.warming import build_reads
from tests.web.declared import listings

BY_THEIR_SUBJECT = ("comments_", "points_", "attachments_")
"""Lists of which there is one for each kind of subject, made when they are first asked for."""
IN_A_SESSION = {
    "affiliations",
    "contacts",
    "organisation_archivings",
    "organisation_people",
    "organisation_relations",
    "organisation_versions",
    "role_offers",
}
"""Short lists of one organisation or person, read in a request's transaction."""
ASKED_FOR = {"organisations_to_pick"}
"""What a list is where its caller says so."""


async def test_every_hot_list_is_built_before_anybody_asks(app: FastAPI) -> None:
    nowhere = ReadPool("postgresql://nobody@127.0.0.1:1/nowhere", size=1)
    routes = [route for router in ROUTERS for route in router.routes]
    await build_reads(routes, nowhere)
    built = {shape[0] for shape in nowhere._statements._known}
    declared = {one.name for one in listings()}
    asked = {name for name in declared if not name.startswith(BY_THEIR_SUBJECT)} - IN_A_SESSION - ASKED_FOR
    assert asked <= built
    assert {"tasks", "tasks_due", "feed", "organisation", "endorsement", "timeline_subject"} <= built
    before = len(nowhere._statements)
    await build_reads(routes, nowhere)
    assert len(nowhere._statements) == before
