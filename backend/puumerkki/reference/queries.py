"""Reads of this room. Everything here is public."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, cast, func, or_
from sqlalchemy.types import Date, Text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.errors import FieldProblem, Invalid, NotFound
from puumerkki.kernel.reads.listings import PUBLIC, Filter, Item, Listing, Sort, json_list
from puumerkki.kernel.reads.matching import names_contain
from puumerkki.reference.models import Area, Classification, Municipality, Region, Scheme, WellbeingCounty

_MUNICIPALITY = {
    "code": col(Municipality.code),
    "names": col(Municipality.names),
    "region_code": col(Municipality.region_code),
    "wellbeing_county_code": col(Municipality.wellbeing_county_code),
    "languages": col(Municipality.languages),
    "latitude": col(Municipality.latitude),
    "longitude": col(Municipality.longitude),
    "valid_from": col(Municipality.valid_from),
    "valid_until": col(Municipality.valid_until),
    "merged_into_code": col(Municipality.merged_into_code),
}
_AREA = {
    "id": col(Area.id),
    "municipality_code": col(Area.municipality_code),
    "parent_id": col(Area.parent_id),
    "kind": col(Area.kind),
    "names": col(Area.names),
    "valid_from": col(Area.valid_from),
    "valid_until": col(Area.valid_until),
    "version": col(Area.version),
}

MUNICIPALITIES = Listing(
    name="municipalities",
    readable=PUBLIC,
    item=_MUNICIPALITY,
    source=lambda select: select.select_from(Municipality),
    sorts={"name": Sort((col(Municipality.sort_key), col(Municipality.code)))},
    filters={
        "region": Filter(col(Municipality.region_code)),
        "wellbeing_county": Filter(col(Municipality.wellbeing_county_code)),
        "present_on": Filter(
            by=lambda day: or_(col(Municipality.valid_until).is_(None), col(Municipality.valid_until) >= day),
            type_=Date(),
        ),
    },
)
MUNICIPALITY = Item(
    name="municipality",
    readable=PUBLIC,
    item=_MUNICIPALITY,
    source=lambda select: select.select_from(Municipality),
    key=col(Municipality.code),
)
AREAS = Listing(
    name="areas",
    readable=PUBLIC,
    item=_AREA,
    source=lambda select: select.select_from(Area),
    sorts={"name": Sort((col(Area.sort_key), col(Area.id)))},
    filters={
        "municipality": Filter(col(Area.municipality_code)),
        "q": Filter(by=lambda text: names_contain(col(Area.names), text), type_=Text()),
    },
)
AREA = Item(
    name="area",
    readable=PUBLIC,
    item=_AREA,
    source=lambda select: select.select_from(Area),
    key=col(Area.id),
    version=col(Area.version),
)


def classification(scheme: Scheme) -> Select[Any]:
    """All entries of one classification, in its own order, as one JSON object."""
    entries = json_list(
        {
            "code": col(Classification.code),
            "parent_code": col(Classification.parent_code),
            "names": col(Classification.names),
            "uri": col(Classification.uri),
        },
        order=col(Classification.position),
    )
    return select(cast(func.json_build_object("items", entries), Text)).where(col(Classification.scheme) == scheme)


def codes_and_names(table: type[Region] | type[WellbeingCounty]) -> Select[Any]:
    """All regions or counties, by name, as one JSON object."""
    entries = json_list({"code": col(table.code), "names": col(table.names)}, order=col(table.sort_key))
    return select(cast(func.json_build_object("items", entries), Text)).select_from(table)


async def require_municipalities(session: AsyncSession, codes: Iterable[str], *, pointer: str) -> None:
    """Invalid unless every code is a municipality's; merged ones count."""
    wanted = set(codes)
    found = set((await session.exec(select(Municipality.code).where(col(Municipality.code).in_(wanted)))).all())
    _refuse_unknown(wanted - found, pointer, "municipality_unknown")


async def require_counties(session: AsyncSession, codes: Iterable[str], *, pointer: str) -> None:
    """Invalid unless every code is a wellbeing services county's."""
    wanted = set(codes)
    statement = select(WellbeingCounty.code).where(col(WellbeingCounty.code).in_(wanted))
    _refuse_unknown(wanted - set((await session.exec(statement)).all()), pointer, "wellbeing_county_unknown")


async def require_codes(session: AsyncSession, scheme: Scheme, codes: Iterable[str], *, pointer: str) -> None:
    """Invalid unless the classification has every code."""
    wanted = set(codes)
    statement = select(Classification.code).where(
        col(Classification.scheme) == scheme, col(Classification.code).in_(wanted)
    )
    _refuse_unknown(wanted - set((await session.exec(statement)).all()), pointer, f"{scheme.value}_unknown")


def _refuse_unknown(unknown: set[str], pointer: str, code: str) -> None:
    if unknown:
        raise Invalid(problems=[FieldProblem(pointer, code, f"Unknown: {', '.join(sorted(unknown))}.")])


async def names_of_codes(session: AsyncSession, scheme: Scheme, codes: Iterable[str]) -> list[Mapping[str, str]]:
    """What codes of a classification are called, in its order."""
    statement = select(Classification.names).where(
        col(Classification.scheme) == scheme, col(Classification.code).in_(set(codes))
    )
    return list((await session.exec(statement.order_by(col(Classification.position)))).all())


async def area(session: AsyncSession, area_id: UUID, *, for_update: bool = False) -> Area:
    """An area, or NotFound."""
    found = await session.get(Area, area_id, with_for_update=for_update)
    if found is None:
        raise NotFound()
    return found
