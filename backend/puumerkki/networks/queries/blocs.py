"""Members that share somebody who runs them or signs for them: they have one vote together."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models import NetworkMember


async def sharing(session: AsyncSession, member_ids: Iterable[UUID]) -> list[set[UUID]]:
    """Each person's members, of these: those of which they are an owner or a signatory."""
    statement = (
        select(RoleGrant.principal_id, NetworkMember.id)
        .join(NetworkMember, col(NetworkMember.organisation_id) == col(RoleGrant.scope_id))
        .where(
            col(NetworkMember.id).in_(list(member_ids)),
            col(RoleGrant.role).in_([Role.owner, Role.signatory]),
            or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
        )
    )
    found: dict[UUID, set[UUID]] = {}
    for person, member in (await session.exec(statement)).all():
        found.setdefault(person, set()).add(member)
    return [one for one in found.values() if len(one) > 1]


def joined(
    before: Mapping[UUID, UUID], groups: Iterable[set[UUID]], *, voted: Collection[UUID] = ()
) -> dict[UUID, UUID]:
    """Each member's bloc, named by the first id in it: what was together before, and whoever shares somebody.

    Blocs that have each `voted` are not joined: nothing that is agreed on since takes a vote that was given.
    """
    blocs = dict(before)
    for group in groups:
        names = {blocs[one] for one in group}
        given = names & {blocs[one] for one in voted}
        names -= given - {min(given, default=None)}
        first = min(names)
        blocs = {member: first if name in names else name for member, name in blocs.items()}
    return blocs


async def blocs_of(session: AsyncSession, rule: DecisionRule | None, member_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The bloc of each member as it is now; each is its own where the rulebook says so, or where there is none."""
    alone = {one: one for one in member_ids}
    return alone if rule is None or rule.shared_owners_apart else joined(alone, await sharing(session, alone))


def votes_of(blocs: Mapping[UUID, UUID], member_ids: Iterable[UUID], *, applying: Iterable[UUID]) -> set[UUID]:
    """The votes that some members have: one a bloc, and none that an applicant shares."""
    return {blocs[one] for one in member_ids} - {blocs[one] for one in applying}
