"""Who knows of an organisation: everybody, once it is confirmed; before that its people, and who can confirm it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, column, exists, or_, table
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, caller_id, granted
from puumerkki.access.models import RoleGrant, Tie
from puumerkki.access.permissions import P, roles_with
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.making import made_by
from puumerkki.identity.models import User, UserState
from puumerkki.kernel.errors import NotFound
from puumerkki.organisations.models.organisations import Organisation, OrganisationState, Sector

_member = table("network_member", column("network_id"), column("organisation_id"), column("state"))
"""What this room needs of the networks above it: which of them an organisation is to come into."""
_COMING = ("invited", "requested")


def readable(caller: Any) -> ColumnElement[bool]:
    """SQL over `organisation`: the caller may know of it."""
    confirmed = col(Organisation.confirmed_at).is_not(None)
    if caller.anonymous:
        return confirmed
    return or_(
        confirmed,
        col(Organisation.added_by) == caller_id(caller),
        granted(P.organisations_read, on=col(Organisation.id), caller=caller),
        as_operator(caller),
        as_officer(caller),
        as_coordinator(caller),
    )


def pickable(caller: Any) -> ColumnElement[bool]:
    """SQL over `organisation`: whom somebody who is signed in may ask. Unconfirmed ones are asked too."""
    return readable(caller) if caller.anonymous else col(Organisation.id).is_not(None)


def as_operator(caller: Any) -> ColumnElement[bool]:
    """SQL: the caller runs the platform."""
    return granted(P.organisations_create, on=None, caller=caller)


def as_officer(caller: Any) -> ColumnElement[bool]:
    """SQL over `organisation`: the caller is an officer where it has its home."""
    home = aliased(Organisation)
    return (
        exists()
        .where(*is_home(home), granted(P.organisations_confirm, on=col(home.id), caller=caller))
        .correlate_except(home)
    )


def as_coordinator(caller: Any) -> ColumnElement[bool]:
    """SQL over `organisation`: the caller leads a network that it was invited to or asked to join."""
    member = coming()
    return (
        exists()
        .where(
            is_coming(member),
            granted(P.organisations_confirm, on=member.c.network_id, caller=caller),
        )
        .correlate_except(member)
    )


def takes_part(principal_id: Any) -> ColumnElement[bool]:
    """SQL over `organisation`: somebody added it, or has or had a role in it or another tie to it."""
    tie = aliased(Tie)
    readable_organisation = exists().where(
        col(tie.organisation_id) == col(Organisation.id), col(tie.principal_id) == principal_id
    )
    return or_(
        col(Organisation.added_by).is_not_distinct_from(principal_id), readable_organisation.correlate_except(tie)
    )


def is_of_making(caller: Any) -> ColumnElement[bool]:
    """SQL over `organisation`: the caller, or an account that they made, takes part in it."""
    made = made_by(core_select(caller_id(caller))).subquery("made")
    return exists().where(takes_part(made.c[0])).correlate(Organisation)


def has_officer() -> ColumnElement[bool]:
    """SQL over `organisation`: there is somebody with an account who can confirm it where it has its home."""
    home, grant = aliased(Organisation), aliased(RoleGrant)
    roles = [Role(one) for one in roles_with(P.organisations_confirm)]
    return (
        exists()
        .where(
            *is_home(home),
            col(grant.scope_kind) == ScopeKind.organisation,
            col(grant.scope_id) == col(home.id),
            col(grant.role).in_(roles),
            col(grant.expires_at).is_(None),
            col(grant.principal_id).in_(core_select(col(User.id)).where(col(User.state) == UserState.active)),
            ~takes_part(col(grant.principal_id)),
        )
        .correlate_except(home, grant)
    )


async def any_confirmed(session: AsyncSession, organisation_ids: Collection[UUID]) -> bool:
    """Whether one of them at least is confirmed, or there is none."""
    statement = select(Organisation.id).where(
        col(Organisation.id).in_(organisation_ids), col(Organisation.confirmed_at).is_not(None)
    )
    return not organisation_ids or (await session.exec(statement.limit(1))).first() is not None


async def is_confirmed(session: AsyncSession, organisation_id: UUID) -> bool:
    """Whether somebody said that an organisation is what it says."""
    statement = select(Organisation.confirmed_at).where(col(Organisation.id) == organisation_id)
    return (await session.exec(statement)).one() is not None


async def sees(session: AsyncSession, caller: Caller, organisation_id: UUID) -> bool:
    """Whether a caller may know of an organisation."""
    found = await session.exec(select(Organisation.id).where(col(Organisation.id) == organisation_id, readable(caller)))
    return found.first() is not None


async def readable_organisation(
    session: AsyncSession, caller: Caller, organisation_id: UUID, *, for_update: bool = False
) -> Organisation:
    """An organisation that the caller may know of, or NotFound."""
    found = await session.get(Organisation, organisation_id, with_for_update=for_update)
    if found is None or (found.confirmed_at is None and not await sees(session, caller, organisation_id)):
        raise NotFound()
    return found


def is_home(home: Any) -> tuple[ColumnElement[bool], ...]:
    """SQL over `organisation`: another is the municipality where it has its home."""
    return (
        col(home.home_municipality_code) == col(Organisation.home_municipality_code),
        col(home.sector) == Sector.municipality,
        col(home.state) == OrganisationState.active,
        col(home.confirmed_at).is_not(None),
    )


def coming() -> Any:
    """Members, among whom are those to come."""
    return _member.alias()


def is_coming(member: Any) -> ColumnElement[bool]:
    """SQL over `organisation`: it was invited, or asked to join, as this member."""
    return and_(member.c.organisation_id == col(Organisation.id), member.c.state.in_(_COMING))
