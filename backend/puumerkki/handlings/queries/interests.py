"""Finds who has an interest in an application without a tie: umbrellas of applicants, and rivals in the same call.

Whoever is an applicant, or answers for one, is tied and left out here.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SelectBase, func, or_, union
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import Tie
from puumerkki.applications.followers import followers
from puumerkki.applications.models.applications import Application, ApplicationVersion, VersionApplicant
from puumerkki.applications.queries.applicants import applicants_for_ties, begun, tied_applicants
from puumerkki.applications.queries.people import named
from puumerkki.applications.queries.versions import calls_of
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.named_calls import naming
from puumerkki.handlings.queries.two_hats import leaders
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.organisations.models.organisations import ABOVE, TIME_TO_END, OrganisationRelation
from puumerkki.organisations.queries.ties import tied

_KEY, _PERSON = param("application", Uuid()), param("person", Uuid())


@dataclass(frozen=True)
class Interests:
    """Organisations by what is near about them. `umbrellas`: by anybody's word; `settled`: by one that stood."""

    umbrellas: frozenset[UUID] = frozenset()
    settled: frozenset[UUID] = frozenset()
    same_call: frozenset[UUID] = frozenset()
    asking: frozenset[UUID] = frozenset()

    def bar(self, organisation_id: UUID, rule: DecisionRule) -> str | None:
        """Why an organisation's vote does not count, or None: `asked`, `umbrella` or `same_call`."""
        if organisation_id in self.asking:
            return "asked"
        if rule.umbrellas_stand_aside and organisation_id in self.settled:
            return "umbrella"
        return "same_call" if rule.same_call_stands_aside and organisation_id in self.same_call else None


def umbrellas_for(application_id: Any, *, settled: bool) -> SelectBase:
    """SQL: what the applicants belong to, and what that belongs to, at any time since the application was begun.

    `settled`: only where whoever it is of was told so long before, and could end the relation, and did not.
    """
    direct = _above(applicants_for_ties(application_id), application_id, settled)
    return union(direct, _above(direct, application_id, settled))


def _above(below: SelectBase, application_id: Any, settled: bool) -> Any:
    relation, since = aliased(OrganisationRelation), begun(application_id)
    stood: list[ColumnElement[bool]] = [col(relation.told_at) <= since - TIME_TO_END] if settled else []
    return (
        core_select(col(relation.other_id))
        .where(
            col(relation.kind).in_(ABOVE),
            col(relation.organisation_id).in_(below),
            or_(col(relation.ends_on).is_(None), col(relation.ends_on) >= func.date(since)),
            *stood,
        )
        .correlate_except(relation)
    )


_CLAIMED, _SETTLED = (
    Statement(lambda: core_select(umbrellas_for(_KEY, settled=False).subquery().c[0])),
    Statement(lambda: core_select(umbrellas_for(_KEY, settled=True).subquery().c[0])),
)


def of_umbrella_sql(person: Any, application_id: Any) -> ColumnElement[bool]:
    """SQL: somebody belongs to an applicant's umbrella."""
    return tied(person, umbrellas_for(application_id, settled=True), begun(application_id))


_OF_UMBRELLA = Statement(lambda: core_select(of_umbrella_sql(_PERSON, _KEY)))


async def of_umbrella(session: AsyncSession, principal_id: UUID, application_id: UUID) -> bool:
    """Tell whether somebody belongs to an applicant's umbrella: they record and confirm nothing."""
    found = await _OF_UMBRELLA.fetch_one(session, person=principal_id, application=application_id)
    return bool(found and found[0])


async def authorities_asking(session: AsyncSession, application_id: UUID, network_id: UUID) -> frozenset[UUID]:
    """The authorities in whose case a requirement names the network, released or not: it was theirs to ask."""
    return frozenset([id_ for one in followers() for id_ in await one.asking(session, application_id, network_id)])


async def interests_of(session: AsyncSession, *, application_id: UUID, number: int, network_id: UUID) -> Interests:
    """What is near an application, at one of its versions, before a network."""
    tied_ones = await tied_applicants(session, application_id)
    claimed, settled = [
        frozenset(id_ for (id_,) in await found.fetch_all(session, application=application_id)) - tied_ones
        for found in (_CLAIMED, _SETTLED)
    ]
    return Interests(
        umbrellas=claimed,
        settled=settled,
        same_call=await _rivals(session, application_id, number) - tied_ones,
        asking=await authorities_asking(session, application_id, network_id),
    )


async def _rivals(session: AsyncSession, application_id: UUID, number: int) -> frozenset[UUID]:
    """Who applies to a call that the version names, or to which it is filed. A draft is nobody's but its writers'."""
    version = await session.exec(
        select(ApplicationVersion).where(
            col(ApplicationVersion.application_id) == application_id, col(ApplicationVersion.number) == number
        )
    )
    calls = await calls_of(session, version.one())
    others = {one.id for call in sorted(calls) for one in await naming(session, call)} - {application_id}
    if not others:
        return frozenset()
    found = await session.exec(
        select(VersionApplicant.organisation_id)
        .join(Application, col(Application.id) == col(VersionApplicant.application_id))
        .where(
            col(Application.id).in_(others),
            col(VersionApplicant.version_number) == col(Application.current_version),
            col(VersionApplicant.left_at).is_(None),
        )
    )
    return frozenset(found.all())


async def barred(
    session: AsyncSession,
    *,
    application_id: UUID,
    number: int,
    network_id: UUID,
    rule: DecisionRule,
    members: Iterable[NetworkMember],
) -> frozenset[UUID]:
    """Those of some members that would stand aside as the rulebook says. Whose own requirement asks is no elector."""
    if not (rule.umbrellas_stand_aside or rule.same_call_stands_aside):
        return frozenset()
    near = await interests_of(session, application_id=application_id, number=number, network_id=network_id)
    return frozenset(one.id for one in members if near.bar(one.organisation_id, rule))


async def near_leaders(
    session: AsyncSession, handling: Handling, *, authorities: Collection[UUID], inside: bool
) -> list[dict[str, Any]]:
    """Who led, recorded or confirmed in a handling and is near it: shown, with what is near about them.

    `authorities`: those that are asked. Who else applies to the call is shown `inside` the network only.
    """
    people = await leaders(session, handling)
    if not people:
        return []
    near = await interests_of(
        session,
        application_id=handling.application_id,
        number=handling.version_number,
        network_id=handling.network_id,
    )
    rivals = near.same_call if inside else frozenset()
    of = {
        "authority": frozenset(authorities) - await tied_applicants(session, handling.application_id),
        "umbrella": near.umbrellas,
        "same_call": rivals,
    }
    ties = await session.exec(
        select(Tie.principal_id, Tie.organisation_id).where(
            col(Tie.principal_id).in_(people),
            col(Tie.organisation_id).in_(frozenset().union(*of.values())),
            or_(col(Tie.until_at).is_(None), col(Tie.until_at) >= begun(handling.application_id)),
        )
    )
    held: dict[UUID, set[UUID]] = {}
    for person, organisation in ties.all():
        held.setdefault(person, set()).add(organisation)
    return [
        one | {name: bool(held[one["principal_id"]] & organisations) for name, organisations in of.items()}
        for one in await named(session, list(held))
    ]
