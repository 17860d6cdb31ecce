"""Who is written to: the people of a network, and those of an organisation, or its own contact where nobody acts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P, roles_with
from puumerkki.access.roles import REPRESENTATIVES, Role
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import Contact


@dataclass(frozen=True, order=True)
class Mailbox:
    """Somebody who gets mail, in their language."""

    email: str
    name: str
    language: str


async def of_holders(session: AsyncSession, permission: P | Collection[P], scope_ids: Iterable[UUID]) -> list[Mailbox]:
    """The active people who have a permission, or one of several, in any of these scopes."""
    roles = {role for one in _several(permission) for role in roles_with(one)}
    held = (
        select(col(RoleGrant.principal_id))
        .where(
            col(RoleGrant.scope_id).in_(list(scope_ids)),
            col(RoleGrant.role).in_(roles),
            or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
        )
        .scalar_subquery()
    )
    return await _users(session, col(User.id).in_(held))


async def of_representatives(session: AsyncSession, network_id: UUID, organisation_id: UUID) -> list[Mailbox]:
    """Who speaks for a member of a network: its representatives and deputies."""
    represents = (
        select(col(RoleGrant.principal_id))
        .where(
            col(RoleGrant.scope_id) == network_id,
            col(RoleGrant.for_organisation_id) == organisation_id,
            col(RoleGrant.role).in_(REPRESENTATIVES),
            or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
        )
        .scalar_subquery()
    )
    return await _users(session, col(User.id).in_(represents))


async def of_member(session: AsyncSession, network_id: UUID, organisation_id: UUID) -> list[Mailbox]:
    """Who speaks for a member; where nobody does, who manages its memberships, or its contacts."""
    representatives = await of_representatives(session, network_id, organisation_id)
    return representatives or await of_organisations(session, P.memberships_manage, [organisation_id])


async def of_operators(session: AsyncSession) -> list[Mailbox]:
    """Who runs the platform."""
    held = select(col(RoleGrant.principal_id)).where(
        col(RoleGrant.role) == Role.operator,
        or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
    )
    return await _users(session, col(User.id).in_(held))


async def of_people(session: AsyncSession, principal_ids: Iterable[UUID]) -> list[Mailbox]:
    """These people, as far as they can sign in."""
    return await _users(session, col(User.id).in_(list(principal_ids)))


async def of_organisations(
    session: AsyncSession, permission: P | Collection[P], organisation_ids: Iterable[UUID], *, language: str = "fi"
) -> list[Mailbox]:
    """Who may do it in each organisation; where nobody has an account for it, the organisation's contacts."""
    found: set[Mailbox] = set()
    for one in organisation_ids:
        people = await of_holders(session, permission, [one])
        found |= set(people or await of_contacts(session, one, language=language))
    return sorted(found)


async def of_contacts(session: AsyncSession, organisation_id: UUID, *, language: str = "fi") -> list[Mailbox]:
    """The organisation's own contacts."""
    found = await session.exec(select(Contact).where(col(Contact.organisation_id) == organisation_id))
    return sorted({Mailbox(one.email, one.name, language) for one in found.all() if one.email})


def _several(permission: P | Collection[P]) -> Collection[P]:
    return (permission,) if isinstance(permission, P) else permission


async def _users(session: AsyncSession, condition: ColumnElement[bool]) -> list[Mailbox]:
    found = await session.exec(select(User).where(condition, col(User.state) == UserState.active))
    return sorted({Mailbox(user.email, user.name, user.language) for user in found.all()})
