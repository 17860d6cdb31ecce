"""Municipalities, counties, regions, areas and classifications."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Response

from puumerkki.access.declare import listing
from puumerkki.access.http import ActorDep, CallerDep
from puumerkki.kernel import clock, reads
from puumerkki.kernel.http import (
    Creating,
    IfMatch,
    ReadsDep,
    SessionDep,
    api_router,
    item_response,
    set_etag,
)
from puumerkki.reference import queries, service
from puumerkki.reference.models import Area, Region, Scheme, WellbeingCounty
from puumerkki.reference.schemas import (
    AreaCreate,
    AreaPage,
    AreaPublic,
    AreaQuery,
    AreaUpdate,
    ClassificationList,
    MunicipalityPage,
    MunicipalityPublic,
    MunicipalityQuery,
    RegionList,
)

municipalities = api_router("municipalities", tag="reference")
counties = api_router("wellbeing-counties", tag="reference")
regions = api_router("regions", tag="reference")
areas = api_router("areas", tag="reference")
service_classes = api_router("service-classes", tag="reference")
target_groups = api_router("target-groups", tag="reference")

ROUTERS = (municipalities, counties, regions, areas, service_classes, target_groups)


def _municipalities(query: MunicipalityQuery) -> dict[str, Any]:
    return {
        "region": query.region,
        "wellbeing_county": query.wellbeing_county,
        "present_on": None if query.merged else clock.today(),
    }


listing(
    municipalities,
    "",
    "reference_list_municipalities",
    "Municipalities by name",
    queries.MUNICIPALITIES,
    MunicipalityPage,
    MunicipalityQuery,
    filters=_municipalities,
)


@municipalities.get(
    "/{code}",
    operation_id="reference_get_municipality",
    summary="One municipality, merged ones too",
    response_model=MunicipalityPublic,
)
async def get_municipality(
    pool: ReadsDep, caller: CallerDep, code: Annotated[str, Path(pattern=r"^\d{3}$")]
) -> Response:
    return item_response(await reads.one(pool, queries.MUNICIPALITY, caller=caller, key=code))


@regions.get("", operation_id="reference_list_regions", summary="All regions", response_model=RegionList)
async def list_regions(pool: ReadsDep, caller: CallerDep) -> Response:
    body = await reads.rows(pool, "regions", lambda: queries.codes_and_names(Region), caller=caller, params={})
    return item_response((body, None))


@counties.get(
    "",
    operation_id="reference_list_wellbeing_counties",
    summary="All wellbeing services counties, Helsinki and Åland among them",
    response_model=RegionList,
)
async def list_wellbeing_counties(pool: ReadsDep, caller: CallerDep) -> Response:
    body = await reads.rows(
        pool, "wellbeing_counties", lambda: queries.codes_and_names(WellbeingCounty), caller=caller, params={}
    )
    return item_response((body, None))


@service_classes.get(
    "",
    operation_id="reference_list_service_classes",
    summary="The national classification of services",
    response_model=ClassificationList,
)
async def list_service_classes(pool: ReadsDep, caller: CallerDep) -> Response:
    return await _classification(pool, caller, Scheme.service_class)


@target_groups.get(
    "",
    operation_id="reference_list_target_groups",
    summary="The national classification of target groups",
    response_model=ClassificationList,
)
async def list_target_groups(pool: ReadsDep, caller: CallerDep) -> Response:
    return await _classification(pool, caller, Scheme.target_group)


async def _classification(pool: ReadsDep, caller: CallerDep, scheme: Scheme) -> Response:
    body = await reads.rows(
        pool, f"classification_{scheme}", lambda: queries.classification(scheme), caller=caller, params={}
    )
    return item_response((body, None))


listing(areas, "", "reference_list_areas", "Areas by name", queries.AREAS, AreaPage, AreaQuery)


@areas.get("/{area_id}", operation_id="reference_get_area", summary="One area", response_model=AreaPublic)
async def get_area(pool: ReadsDep, caller: CallerDep, area_id: UUID) -> Response:
    return item_response(await reads.one(pool, queries.AREA, caller=caller, key=area_id))


@areas.post(
    "",
    operation_id="reference_create_area",
    summary="Add an area to a municipality",
    status_code=201,
    response_model=AreaPublic,
    dependencies=[Creating],
)
async def create_area(session: SessionDep, actor: ActorDep, response: Response, given: AreaCreate) -> Area:
    made = await service.create_area(session, actor=actor, given=given)
    set_etag(response, made)
    response.headers["Location"] = f"/api/v1/areas/{made.id}"
    return made


@areas.patch(
    "/{area_id}", operation_id="reference_update_area", summary="Change or end an area", response_model=AreaPublic
)
async def update_area(
    session: SessionDep, actor: ActorDep, response: Response, area_id: UUID, if_match: IfMatch, given: AreaUpdate
) -> Area:
    found = await service.update_area(session, actor=actor, area_id=area_id, if_version=if_match, given=given)
    await session.flush()
    set_etag(response, found)
    return found
