"""Reads of gate policies, and which of them an arriving application meets."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, cast, func, literal, or_, true
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Date, Text, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.funding.models import (
    Application,
    ApplicationNeed,
    ApplicationVersion,
    CallState,
    FundingCall,
    GatePolicy,
)
from puumerkki.kernel.listings import Filter, Item, Listing, Sort, json_list, json_object
from puumerkki.needs.models import Need
from puumerkki.networks.models import Network
from puumerkki.organisations.models import Organisation
from puumerkki.reference.models import Area, Classification, Scheme


def _named(table: Any, ids: Any, *, order: Any) -> Any:
    """The rows that a policy points at, with their names. A call in draft keeps its name to itself."""
    shown = col(table.state) != CallState.draft if table is FundingCall else true()
    return (
        core_select(json_list({"id": col(table.id), "names": col(table.names)}, order=order))
        .select_from(table)
        .where(col(table.id) == func.any(ids), shown)
        .correlate(GatePolicy)
        .scalar_subquery()
    )


_POLICY = {
    "id": col(GatePolicy.id),
    "authority_id": col(GatePolicy.authority_id),
    "network_ids": col(GatePolicy.network_ids),
    "target_groups": col(GatePolicy.target_groups),
    "area_ids": col(GatePolicy.area_ids),
    "call_ids": col(GatePolicy.call_ids),
    "reason": col(GatePolicy.reason),
    "starts_on": col(GatePolicy.starts_on),
    "ends_on": col(GatePolicy.ends_on),
    "version": col(GatePolicy.version),
    "authority": json_object({"id": col(Organisation.id), "names": col(Organisation.names)}),
    "networks": _named(Network, col(GatePolicy.network_ids), order=col(Network.sort_key)),
    "areas": _named(Area, col(GatePolicy.area_ids), order=col(Area.sort_key)),
    "calls": _named(FundingCall, col(GatePolicy.call_ids), order=col(FundingCall.closes_at)),
}


def _source(statement: Select[Any]) -> Select[Any]:
    return statement.select_from(GatePolicy).join(Organisation, col(Organisation.id) == col(GatePolicy.authority_id))


def in_force(day: Any) -> ColumnElement[bool]:
    """SQL: the policy asks on this day."""
    return and_(
        col(GatePolicy.starts_on) <= day, or_(col(GatePolicy.ends_on).is_(None), col(GatePolicy.ends_on) >= day)
    )


GATE_POLICIES = Listing(
    name="gate_policies",
    item=_POLICY,
    source=_source,
    sorts={"-starts_on": Sort((col(GatePolicy.starts_on), col(GatePolicy.id)), descending=True)},
    filters={
        "authority": Filter(col(GatePolicy.authority_id)),
        "in_force_on": Filter(by=in_force, type_=Date()),
    },
)
GATE_POLICY = Item(
    name="gate_policy",
    item=_POLICY,
    source=_source,
    key=col(GatePolicy.id),
    version=col(GatePolicy.version),
)


async def networks_asked(
    session: AsyncSession, *, authority_id: UUID, application: Application, version: ApplicationVersion, day: date
) -> list[UUID]:
    """The networks of any of which the authority wants a mark on this version; none: there is no gate.

    A policy for a target group or an area also concerns what lies within it.
    """
    groups = await _with_wider_groups(session, version.content.get("target_groups") or [])
    areas = await _areas(session, application.id)
    calls = [application.call_id] if application.call_id else []
    found = await session.exec(
        select(GatePolicy.network_ids).where(
            col(GatePolicy.authority_id) == authority_id,
            in_force(day),
            _all_or_any(col(GatePolicy.target_groups), groups, Text()),
            _all_or_any(col(GatePolicy.area_ids), areas, Uuid()),
            _all_or_any(col(GatePolicy.call_ids), calls, Uuid()),
        )
    )
    return sorted({network_id for network_ids in found.all() for network_id in network_ids})


def _all_or_any(column: Any, wanted: list[Any], kind: Any) -> ColumnElement[bool]:
    return or_(func.cardinality(column) == 0, column.overlap(cast(literal(wanted, ARRAY(kind)), ARRAY(kind))))


async def _with_wider_groups(session: AsyncSession, codes: list[str]) -> list[str]:
    wider = (
        select(Classification.code, Classification.parent_code)
        .where(col(Classification.scheme) == Scheme.target_group, col(Classification.code).in_(codes))
        .cte(recursive=True)
    )
    wider = wider.union(
        select(Classification.code, Classification.parent_code).where(
            col(Classification.scheme) == Scheme.target_group, col(Classification.code) == wider.c.parent_code
        )
    )
    return [*codes, *(await session.exec(select(wider.c.code))).all()]


async def _areas(session: AsyncSession, application_id: UUID) -> list[UUID]:
    wider = (
        select(Area.id, Area.parent_id)
        .join(Need, col(Need.area_id) == col(Area.id))
        .join(ApplicationNeed, col(ApplicationNeed.need_id) == col(Need.id))
        .where(col(ApplicationNeed.application_id) == application_id)
        .cte(recursive=True)
    )
    wider = wider.union(select(Area.id, Area.parent_id).where(col(Area.id) == wider.c.parent_id))
    return list((await session.exec(select(wider.c.id))).all())
