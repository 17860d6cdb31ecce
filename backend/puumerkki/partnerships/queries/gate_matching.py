"""Which of an authority's policies concern an application, and why: read from its frozen version alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.models.applications import ApplicationVersion
from puumerkki.applications.queries.versions import calls_of
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.partnerships.models.gate import GateCause, GatePolicy
from puumerkki.partnerships.queries.gate_policies import in_force
from puumerkki.reference.models import Area, Classification, Scheme

ASKED_BY = ("target_groups", "area_ids", "call_id")
"""What of a version's content policies go by."""


@dataclass(frozen=True)
class Concern:
    """A policy that concerns a version, and why."""

    policy: GatePolicy
    cause: GateCause


@dataclass(frozen=True)
class _Named:
    """What an application names in one respect, with what lies around and within that."""

    itself: frozenset[Any]
    around: frozenset[Any]
    within: frozenset[Any]

    def cause(self, wanted: Collection[Any]) -> GateCause | None:
        """Why a policy for `wanted` concerns it; None: it does not."""
        if not wanted:
            return GateCause.named
        if not self.itself:
            return GateCause.missing
        if self.around.intersection(wanted):
            return GateCause.named
        return GateCause.wider if self.within.intersection(wanted) else None


async def policies_in_force(session: AsyncSession, authority_id: UUID, day: date) -> list[GatePolicy]:
    """The policies by which an authority asks on a day."""
    statement = select(GatePolicy).where(col(GatePolicy.authority_id) == authority_id, in_force(day))
    return list((await session.exec(statement.order_by(col(GatePolicy.id)))).all())


async def concerns(
    session: AsyncSession, *, authority_id: UUID, version: ApplicationVersion, day: date
) -> list[Concern]:
    """The authority's policies of the day that concern a version."""
    return await concerned_by(session, await policies_in_force(session, authority_id, day), authority_id, version)


async def concerned_by(
    session: AsyncSession, policies: Iterable[GatePolicy], authority_id: UUID, version: ApplicationVersion
) -> list[Concern]:
    """Those of the policies that concern a version.

    A policy for a target group or an area concerns what names it, something within it, or something around it; and
    what names none. Areas in another authority's municipalities are none here. A policy for calls concerns what names
    the call, or plans a filing to it.
    """
    policies = list(policies)
    if not policies:
        return []
    groups = _named(version.content.get("target_groups") or (), await _groups(session))
    areas = await _areas(session, authority_id, [UUID(one) for one in version.content.get("area_ids") or ()])
    calls = await calls_of(session, version)
    found = []
    for policy in policies:
        if policy.call_ids and not calls.intersection(policy.call_ids):
            continue
        causes = (groups.cause(policy.target_groups), areas.cause(policy.area_ids))
        if None not in causes:
            found.append(Concern(policy, _widest(causes)))
    return found


def _widest(causes: Collection[GateCause | None]) -> GateCause:
    for cause in (GateCause.missing, GateCause.wider):
        if cause in causes:
            return cause
    return GateCause.named


def _named(values: Iterable[Any], parents: Mapping[Any, Any]) -> _Named:
    itself = frozenset(values)
    around, within = set(itself), set(itself)
    for one in itself:
        step = parents.get(one)
        while step is not None and step not in around:
            around.add(step)
            step = parents.get(step)
    grown = True
    while grown:
        more = {child for child, parent in parents.items() if parent in within} - within
        within |= more
        grown = bool(more)
    return _Named(itself, frozenset(around), frozenset(within))


async def _groups(session: AsyncSession) -> dict[str, str | None]:
    statement = select(Classification.code, Classification.parent_code).where(
        col(Classification.scheme) == Scheme.target_group
    )
    return dict((await session.exec(statement)).all())


async def _areas(session: AsyncSession, authority_id: UUID, named: list[UUID]) -> _Named:
    if not named:
        return _named((), {})
    authority = await session.get_one(Organisation, authority_id)
    theirs = {*authority.municipality_codes, authority.home_municipality_code} - {None}
    beside = select(Area.municipality_code).where(col(Area.id).in_(named))
    statement = select(Area.id, Area.parent_id, Area.municipality_code).where(col(Area.municipality_code).in_(beside))
    found = (await session.exec(statement)).all()
    here = {id_ for id_, _, code in found if not theirs or code in theirs}
    return _named((one for one in named if one in here), {id_: parent for id_, parent, _ in found})


async def authorities_naming(session: AsyncSession, call_id: UUID) -> Sequence[UUID]:
    """The authorities whose requirements name a call and have not ended."""
    today = clock.today()
    found = await session.exec(
        select(GatePolicy.authority_id)
        .where(
            col(GatePolicy.call_ids).contains([call_id]),
            or_(col(GatePolicy.ends_on).is_(None), col(GatePolicy.ends_on) >= today),
        )
        .distinct()
    )
    return found.all()
