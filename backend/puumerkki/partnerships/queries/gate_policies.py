"""Reads of gate policies."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, cast, exists, func, literal, not_, or_, true
from sqlalchemy import select as core_select
from sqlalchemy.types import Date, DateTime
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.kernel import clock
from puumerkki.kernel.reads.listings import PUBLIC, Filter, Item, Join, Listing, Sort, json_list, json_object
from puumerkki.kernel.tasks import Task, waits
from puumerkki.networks.models.networks import Network, NetworkState
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.partnerships.models.gate import GatePolicy
from puumerkki.reference.models import Area


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


def gives_endorsements() -> ColumnElement[bool]:
    """SQL over `network`: it can give the endorsement that a policy asks for."""
    return and_(col(Network.state) == NetworkState.active, col(Network.decides))


def _networks() -> Any:
    """The networks that a policy names; `cannot`: why it gets no endorsement from one now."""
    cannot = case((col(Network.state) != NetworkState.active, "not_active"), (not_(col(Network.decides)), "advises"))
    entry = {"id": col(Network.id), "names": col(Network.names), "cannot": cannot}
    return (
        core_select(json_list(entry, order=col(Network.sort_key)))
        .where(col(Network.id) == func.any(col(GatePolicy.network_ids)))
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
    "lets_open_conditions": col(GatePolicy.lets_open_conditions),
    "decided_by_body": col(GatePolicy.decided_by_body),
    "decided_on": col(GatePolicy.decided_on),
    "decision_section": col(GatePolicy.decision_section),
    "published_at": col(GatePolicy.published_at),
    "version": col(GatePolicy.version),
    "authority": json_object({"id": col(Organisation.id), "names": col(Organisation.names)}),
    "networks": _networks(),
    "meetable": exists().where(col(Network.id) == func.any(col(GatePolicy.network_ids)), gives_endorsements()),
    "areas": _named(Area, col(GatePolicy.area_ids), order=col(Area.sort_key)),
    "calls": _named(FundingCall, col(GatePolicy.call_ids), order=col(FundingCall.closes_at)),
}


def _source(statement: Select[Any]) -> Select[Any]:
    return statement.select_from(GatePolicy)


_DISPLAY = (Join(Organisation, col(Organisation.id) == col(GatePolicy.authority_id)),)


def in_force(day: Any) -> ColumnElement[bool]:
    """SQL: the policy asks on this day."""
    return and_(
        col(GatePolicy.starts_on) <= day, or_(col(GatePolicy.ends_on).is_(None), col(GatePolicy.ends_on) >= day)
    )


GATE_POLICIES = Listing(
    name="gate_policies",
    readable=PUBLIC,
    item=_POLICY,
    source=_source,
    display=_DISPLAY,
    sorts={"-starts_on": Sort((col(GatePolicy.starts_on), col(GatePolicy.id)), descending=True)},
    filters={
        "authority": Filter(col(GatePolicy.authority_id)),
        "in_force_on": Filter(by=in_force, type_=Date()),
    },
)
GATE_POLICY = Item(
    name="gate_policy",
    readable=PUBLIC,
    item=_POLICY,
    source=_source,
    display=_DISPLAY,
    key=col(GatePolicy.id),
    version=col(GatePolicy.version),
)


async def authorities_naming(session: AsyncSession, network_id: UUID) -> frozenset[UUID]:
    """The authorities one of whose policies, in force or to come, names a network."""
    found = await session.exec(
        select(GatePolicy.authority_id).where(
            col(GatePolicy.network_ids).contains([network_id]),
            or_(col(GatePolicy.ends_on).is_(None), col(GatePolicy.ends_on) >= clock.today()),
        )
    )
    return frozenset(found.all())


def _coming() -> Select[Any]:
    """What a network's leaders should know before it begins: that an authority will require their puumerkki."""
    network_id = col(Network.id)
    moment = bindparam("caller_now", clock.now(), type_=DateTime(timezone=True))
    today = cast(func.timezone(literal(clock.FINLAND.key), moment), Date)
    columns = waits(
        col(GatePolicy.id),
        scope_id=network_id,
        network_id=network_id,
        organisation_id=col(GatePolicy.authority_id),
        due_on=col(GatePolicy.starts_on),
        since=col(GatePolicy.published_at),
    )
    return (
        core_select(*columns)
        .select_from(GatePolicy)
        .join(Network, network_id == func.any(col(GatePolicy.network_ids)))
        .where(col(GatePolicy.starts_on) > today)
    )


TASKS = (
    Task(
        kind="gate_policy_coming",
        subject="gate_policy",
        permissions=(P.handlings_lead,),
        rows=_coming,
    ),
)
