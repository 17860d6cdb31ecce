"""Municipalities, areas and classifications."""

from puumerkki.kernel.collation import sort_key
from puumerkki.reference.models import Area, AreaKind
from tests.factories import OULU
from tests.personas import Cast
from tests.valid_requests import Call, operation


async def _area(cast: Cast) -> Area:
    area = Area(municipality_code=OULU, kind=AreaKind.district, names={"fi": "Tuira"}, sort_key=sort_key("Tuira"))
    cast.world.session.add(area)
    await cast.world.session.flush()
    return area


@operation("reference_list_municipalities")
async def list_municipalities(_: Cast) -> Call:
    return Call("GET", "/municipalities", by="anonymous")


@operation("reference_get_municipality")
async def get_municipality(_: Cast) -> Call:
    return Call("GET", f"/municipalities/{OULU}", by="anonymous")


@operation("reference_list_regions")
async def list_regions(_: Cast) -> Call:
    return Call("GET", "/regions", by="anonymous")


@operation("reference_list_wellbeing_counties")
async def list_wellbeing_counties(_: Cast) -> Call:
    return Call("GET", "/wellbeing-counties", by="anonymous")


@operation("reference_list_service_classes")
async def list_service_classes(_: Cast) -> Call:
    return Call("GET", "/service-classes", by="anonymous")


@operation("reference_list_target_groups")
async def list_target_groups(_: Cast) -> Call:
    return Call("GET", "/target-groups", by="anonymous")


@operation("reference_list_areas")
async def list_areas(cast: Cast) -> Call:
    await _area(cast)
    return Call("GET", "/areas", by="anonymous")


@operation("reference_get_area")
async def get_area(cast: Cast) -> Call:
    return Call("GET", f"/areas/{(await _area(cast)).id}", by="anonymous")


@operation("reference_create_area")
async def create_area(_: Cast) -> Call:
    given = {"municipality_code": OULU, "kind": "village", "names": {"fi": "Jääli"}}
    return Call("POST", "/areas", by="operator", json=given)


@operation("reference_update_area")
async def update_area(cast: Cast) -> Call:
    area = await _area(cast)
    return Call("PATCH", f"/areas/{area.id}", by="operator", json={"kind": "village"}, if_match=area.version)
