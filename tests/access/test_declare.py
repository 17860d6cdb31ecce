"""Routes that are declared by `access.declare`: what does not fit is refused where it is declared."""

from functools import partial
from typing import Any
from uuid import UUID

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from sqlalchemy import column

from puumerkki.access.declare import action, listing
from puumerkki.kernel.reads.listings import PUBLIC, Filter, Listing, Sort
from puumerkki.kernel.reads.pagination import Page, PageQuery

THINGS = Listing(
    name="things",
    item={"id": column("id")},
    source=lambda select: select,
    readable=PUBLIC,
    sorts={"id": Sort((column("id"),))},
    filters={"state": Filter(column("state"))},
)


class ThingQuery(PageQuery):
    state: str | None = None


class WiderQuery(ThingQuery):
    colour: str | None = None


async def mend(session: Any, *, actor: Any, thing_id: UUID, if_version: int | None, how: str) -> None: ...


@pytest.fixture
def router() -> APIRouter:
    return APIRouter(prefix="/things")


def test_a_default_of_a_use_case_is_no_part_of_the_api(router: APIRouter) -> None:
    action(router, "/{thing_id}/mend", "things_mend", "Mend it", partial(mend, how="with glue"), None)
    [route] = router.routes
    assert isinstance(route, APIRoute)
    assert [one.name for one in route.dependant.path_params] == ["thing_id"]
    assert not route.dependant.query_params
    assert (route.status_code, route.methods) == (204, {"POST"})


@pytest.mark.parametrize("path", ["/{thing_id}/mend", "/mend", "/{thing_id}/{how}/{part}"])
def test_a_use_case_asks_for_what_the_path_gives(router: APIRouter, path: str) -> None:
    with pytest.raises(TypeError, match="parts of the path"):
        action(router, path, "things_mend", "Mend it", mend, None)


def test_what_may_be_asked_of_a_list_is_a_filter_of_it(router: APIRouter) -> None:
    listing(router, "", "things_list", "Things", THINGS, Page[dict[str, Any]], ThingQuery)
    with pytest.raises(TypeError, match="colour"):
        listing(router, "", "things_list", "Things", THINGS, Page[dict[str, Any]], WiderQuery)


def test_a_list_of_several_sorts_lets_its_query_choose(router: APIRouter) -> None:
    several = Listing("things", {}, lambda select: select, sorts={"a": Sort(()), "b": Sort(())}, readable=PUBLIC)
    with pytest.raises(ValueError, match="too many"):
        listing(router, "", "things_list", "Things", several, Page[dict[str, Any]], PageQuery)
