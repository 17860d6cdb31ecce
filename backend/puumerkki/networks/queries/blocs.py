"""Members that share somebody who runs them or signs for them: they have one vote together, and count as one."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models.networks import MemberState, NetworkMember
from puumerkki.networks.workflow.networks import Apart
from puumerkki.organisations.models.organisations import Organisation, OrganisationState

_RUNS = (Role.owner, Role.signatory)


def _in_force(grant: Any, now: Any) -> ColumnElement[bool]:
    return or_(col(grant.expires_at).is_(None), col(grant.expires_at) > now)


async def sharing(session: AsyncSession, member_ids: Iterable[UUID]) -> list[set[UUID]]:
    """Each person's members, of these: those of which they are an owner or a signatory."""
    statement = (
        select(RoleGrant.principal_id, NetworkMember.id)
        .join(NetworkMember, col(NetworkMember.organisation_id) == col(RoleGrant.scope_id))
        .where(
            col(NetworkMember.id).in_(list(member_ids)),
            col(RoleGrant.role).in_(_RUNS),
            _in_force(RoleGrant, clock.now()),
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


async def members_apart(session: AsyncSession, network_id: UUID) -> Apart:
    """How many active members of different owners a network has now: those that share one are one.

    One that nobody runs is none yet. What a rulebook says of votes changes nothing here.
    """
    statement = (
        select(NetworkMember.id, col(Organisation.id).in_(_owned()))
        .join(Organisation, col(Organisation.id) == col(NetworkMember.organisation_id))
        .where(
            col(NetworkMember.network_id) == network_id,
            col(NetworkMember.state) == MemberState.active,
            col(Organisation.state) == OrganisationState.active,
        )
        .order_by(col(NetworkMember.id))
    )
    found = (await session.exec(statement)).all()
    owned = [member for member, has_owner in found if has_owner]
    shared = await sharing(session, owned)
    blocs = joined({one: one for one in owned}, shared)
    return Apart(
        count=len(set(blocs.values())),
        unowned=tuple(member for member, has_owner in found if not has_owner),
        together=tuple(sorted(tuple(sorted(one)) for one in shared)),
    )


def _owned() -> Any:
    return select(RoleGrant.scope_id).where(col(RoleGrant.role) == Role.owner, _in_force(RoleGrant, clock.now()))


def shares_with(now: Any) -> ColumnElement[Any]:
    """SQL over `network_member`: the active members of its network with which it shares an owner or a signatory.

    A JSON array of objects, by name; through whom is not in it.
    """
    mine, theirs, other, body = aliased(RoleGrant), aliased(RoleGrant), aliased(NetworkMember), aliased(Organisation)
    theirs_too = and_(
        col(theirs.principal_id) == col(mine.principal_id), col(theirs.role).in_(_RUNS), _in_force(theirs, now)
    )
    shared = (
        select(other.organisation_id)
        .join(theirs, col(theirs.scope_id) == col(other.organisation_id))
        .join(mine, theirs_too)
        .where(
            col(mine.scope_id) == col(NetworkMember.organisation_id),
            col(mine.role).in_(_RUNS),
            _in_force(mine, now),
            col(other.network_id) == col(NetworkMember.network_id),
            col(other.id) != col(NetworkMember.id),
            col(other.state) == MemberState.active,
        )
        .correlate(NetworkMember)
    )
    one = func.json_build_object("organisation_id", col(body.id), "organisation_names", col(body.names))
    listed = func.json_agg(aggregate_order_by(one, col(body.sort_key), col(body.id)))
    return (
        select(func.coalesce(listed, func.json_build_array()))
        .where(col(body.id).in_(shared))
        .correlate(NetworkMember)
        .scalar_subquery()
    )
