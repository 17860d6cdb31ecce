"""Finds who votes on the version before a network, and how many votes that makes."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.queries import versions
from puumerkki.applications.queries.applicants import tied_applicants
from puumerkki.disqualification.queries.tied import unrepresented
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.interests import authorities_asking, barred
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries import electorate
from puumerkki.networks.queries.blocs import blocs_of, votes_of


async def electors(session: AsyncSession, handling: Handling, rule: DecisionRule | None) -> list[NetworkMember]:
    """Who votes on the version: members since before it came.

    An asked authority only where the rulebook lets it, and none whose own requirement asks for this puumerkki.
    """
    if rule is None:
        return []
    aside = await authorities_asking(session, handling.application_id, handling.network_id)
    if not rule.authority_votes:
        version = await versions.version(session, handling.application_id, handling.version_number)
        aside |= {UUID(one["id"]) for one in version.content.get("authorities", ())}
    entitled = await electorate(session, handling.network_id, handling.received_at)
    return [member for member in entitled if member.organisation_id not in aside]


async def barred_members(
    session: AsyncSession, handling: Handling, rule: DecisionRule | None, members: Sequence[NetworkMember]
) -> frozenset[UUID]:
    """Those of some members whose votes the rulebook does not count, since they are near the application."""
    if rule is None:
        return frozenset()
    return await barred(
        session,
        application_id=handling.application_id,
        number=handling.version_number,
        network_id=handling.network_id,
        rule=rule,
        members=members,
    )


async def votes_there(session: AsyncSession, handling: Handling, rule: DecisionRule | None) -> dict[str, int]:
    """The votes that the electors have, and the base without those that stand aside: by application, tie or rule."""
    found = await electors(session, handling, rule)
    applicants = await tied_applicants(session, handling.application_id)
    blocs = await blocs_of(session, rule, [one.id for one in found])
    applying = {one.id for one in found if one.organisation_id in applicants}
    others = set(blocs) - applying - await barred_members(session, handling, rule, found)
    base = votes_of(blocs, others - await unrepresented(session, handling.application_id, others), applying=applying)
    return {"electors": len(set(blocs.values())), "base": len(base), "needed": rule.fewest if rule else 0}
