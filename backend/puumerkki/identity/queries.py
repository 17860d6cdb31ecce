"""Reads of this room, and who may see whom."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access import ties
from puumerkki.access.actor import Actor, Caller, caller_id, granted
from puumerkki.access.models import PrincipalKind, RoleGrant
from puumerkki.access.permissions import ROLES, P
from puumerkki.access.roles import ScopeKind
from puumerkki.access.service import roles_of
from puumerkki.identity.models import (
    BreakGlass,
    EmailChange,
    RefreshToken,
    RoleOffer,
    ServiceAccount,
    ServiceAccountState,
    User,
    UserState,
)
from puumerkki.identity.schemas.accounts import EmailChangePublic, PermissionsHeld
from puumerkki.identity.schemas.people import MePublic, MyData, RoleHeld, RoleOffered, SessionHeld, TieHeld, UserPublic
from puumerkki.kernel import clock, subjects
from puumerkki.kernel.errors import NotFound, Unauthenticated
from puumerkki.kernel.field_types import UiLanguage
from puumerkki.kernel.mail import failing_since
from puumerkki.kernel.reads.listings import Filter, Item, Listing, Sort, json_list
from puumerkki.kernel.reads.matching import contains


def _by_operators(caller: Caller) -> ColumnElement[bool]:
    return granted(P.platform_operate, on=None, caller=caller)


def _looked_into(caller: Caller) -> ColumnElement[bool]:
    """Looks are on record for operators, and for the people of the organisation or network."""
    if caller.anonymous:
        return false()
    reads = (P.organisations_read, P.networks_read)
    return or_(_by_operators(caller), *(granted(one, on=col(BreakGlass.scope_id), caller=caller) for one in reads))


def service_account_readable(caller: Caller) -> ColumnElement[bool]:
    """Service accounts are seen by who manages them."""
    return granted(P.service_accounts_manage, on=col(ServiceAccount.organisation_id), caller=caller)


def user_readable(caller: Caller) -> ColumnElement[bool]:
    """People are known to themselves and to operators; what others see of them, their organisations say."""
    return or_(col(User.id) == caller_id(caller), _by_operators(caller))


def sees_service_account(id_column: Any, caller: Caller) -> ColumnElement[bool]:
    """Whether the caller manages the service account with this id."""
    return exists().where(and_(col(ServiceAccount.id) == id_column, service_account_readable(caller)))


def _contains(text: Any) -> ColumnElement[bool]:
    return or_(contains(col(User.name), text), contains(col(User.email), text))


_USER = {
    "id": col(User.id),
    "email": col(User.email),
    "name": col(User.name),
    "language": col(User.language),
    "state": col(User.state),
    "created_at": col(User.created_at),
    "version": col(User.version),
}
_SERVICE_ACCOUNT = {
    "id": col(ServiceAccount.id),
    "organisation_id": col(ServiceAccount.organisation_id),
    "name": col(ServiceAccount.name),
    "scopes": col(ServiceAccount.scopes),
    "roles": select(json_list(col(RoleGrant.role), order=col(RoleGrant.role)))
    .where(col(RoleGrant.principal_id) == col(ServiceAccount.id))
    .correlate(ServiceAccount)
    .scalar_subquery(),
    "state": col(ServiceAccount.state),
    "created_at": col(ServiceAccount.created_at),
    "version": col(ServiceAccount.version),
}
_BREAK_GLASS = {
    "id": col(BreakGlass.id),
    "operator_id": col(BreakGlass.operator_id),
    "operator_name": select(col(User.name))
    .where(col(User.id) == col(BreakGlass.operator_id))
    .correlate(BreakGlass)
    .scalar_subquery(),
    "scope_kind": col(BreakGlass.scope_kind),
    "scope_id": col(BreakGlass.scope_id),
    "reason": col(BreakGlass.reason),
    "created_at": col(BreakGlass.created_at),
    "expires_at": col(BreakGlass.expires_at),
}

USERS = Listing(
    name="users",
    item=_USER,
    source=lambda select: select.select_from(User),
    sorts={"email": Sort((col(User.email), col(User.id)))},
    readable=_by_operators,
    filters={"q": Filter(by=_contains), "state": Filter(col(User.state))},
)
USER = Item(
    name="user",
    item=_USER,
    source=lambda select: select.select_from(User),
    key=col(User.id),
    readable=_by_operators,
    version=col(User.version),
)
SERVICE_ACCOUNTS = Listing(
    name="service_accounts",
    item=_SERVICE_ACCOUNT,
    source=lambda select: select.select_from(ServiceAccount),
    sorts={"created": Sort((col(ServiceAccount.created_at), col(ServiceAccount.id)))},
    readable=service_account_readable,
    filters={
        "organisation": Filter(col(ServiceAccount.organisation_id)),
        "state": Filter(col(ServiceAccount.state)),
    },
)
SERVICE_ACCOUNT = Item(
    name="service_account",
    item=_SERVICE_ACCOUNT,
    source=lambda select: select.select_from(ServiceAccount),
    key=col(ServiceAccount.id),
    readable=service_account_readable,
    version=col(ServiceAccount.version),
)
BROKEN_GLASS = Listing(
    name="broken_glass",
    item=_BREAK_GLASS,
    source=lambda select: select.select_from(BreakGlass),
    sorts={"-created": Sort((col(BreakGlass.created_at), col(BreakGlass.id)), descending=True)},
    readable=_looked_into,
    filters={"operator": Filter(col(BreakGlass.operator_id)), "scope": Filter(col(BreakGlass.scope_id))},
)


async def user_by_email(session: AsyncSession, email: str, *, for_update: bool = False) -> User | None:
    """The person with an address, in lower case."""
    statement = select(User).where(col(User.email) == email)
    return (await session.exec(statement.with_for_update() if for_update else statement)).one_or_none()


async def signed_in_user(session: AsyncSession, actor: Actor, *, for_update: bool = False) -> User:
    """The person behind the actor; Unauthenticated where the account is closed, whatever the token says."""
    user = await session.get(User, actor.person_id(), with_for_update=for_update)
    if user is None or user.state != UserState.active:
        raise Unauthenticated()
    return user


async def service_account(session: AsyncSession, actor: Actor, account_id: UUID) -> ServiceAccount:
    """A service account that the actor manages, locked, or NotFound."""
    found = await session.get(ServiceAccount, account_id, with_for_update=True)
    if found is None or not actor.may(P.service_accounts_manage, found.organisation_id):
        raise NotFound()
    return found


async def me(session: AsyncSession, actor: Actor) -> MePublic:
    """Who is signed in, with which roles, and what these allow."""
    permissions = _permissions(actor)
    roles = [RoleHeld.model_validate(grant) for grant in actor.grants]
    if actor.kind == PrincipalKind.service:
        account = await session.get(ServiceAccount, actor.person_id())
        if account is None or account.state != ServiceAccountState.active:
            raise Unauthenticated()
        return MePublic(
            id=account.id,
            kind=PrincipalKind.service,
            name=account.name,
            email=None,
            language=None,
            has_password=False,
            scopes=sorted(actor.scopes or ()),
            roles=roles,
            permissions=permissions,
            role_offers=[],
            email_change=None,
            mail_failed_at=None,
            version=account.version,
        )
    user = await signed_in_user(session, actor)
    return MePublic(
        id=user.id,
        kind=PrincipalKind.user,
        name=user.name,
        email=user.email,
        language=UiLanguage(user.language),
        has_password=user.password_hash is not None,
        scopes=None,
        roles=roles,
        permissions=permissions,
        role_offers=await _role_offers(session, user),
        email_change=await _email_change(session, user),
        mail_failed_at=await failing_since(session, user.email),
        version=user.version,
    )


def _permissions(actor: Actor) -> list[PermissionsHeld]:
    held: dict[tuple[ScopeKind, UUID | None], set[P]] = {}
    for grant in actor.grants:
        held.setdefault((grant.scope_kind, grant.scope_id), set()).update(ROLES[grant.role])
    return [
        PermissionsHeld(
            scope_kind=kind,
            scope_id=on,
            permissions=[one for one in P if one in some and actor.may(one, on)],
        )
        for (kind, on), some in held.items()
    ]


async def _email_change(session: AsyncSession, user: User) -> EmailChangePublic | None:
    statement = select(EmailChange).where(
        col(EmailChange.user_id) == user.id, col(EmailChange.expires_at) > clock.now()
    )
    found = (await session.exec(statement)).one_or_none()
    if found is None:
        return None
    return EmailChangePublic(
        email=found.email,
        expires_at=found.expires_at,
        old_confirmed=found.old_confirmed_at is not None,
        new_confirmed=found.new_confirmed_at is not None,
    )


async def _role_offers(session: AsyncSession, user: User) -> list[RoleOffered]:
    inviter = aliased(User)
    found = await session.exec(
        select(RoleOffer, inviter.name)
        .outerjoin(inviter, col(inviter.id) == col(RoleOffer.offered_by))
        .where(col(RoleOffer.principal_id) == user.id, col(RoleOffer.expires_at) > clock.now())
        .order_by(col(RoleOffer.created_at), col(RoleOffer.id))
    )
    return [
        RoleOffered(
            **offer.model_dump(include={*RoleOffered.model_fields} - {"scope_names", "offered_by"}),
            scope_names=await _names(session, offer),
            offered_by=name,
        )
        for offer, name in found.all()
    ]


async def _names(session: AsyncSession, offer: RoleOffer) -> dict[str, str] | None:
    """What the organisation or network is called, if its room told the registry how to ask."""
    known = subjects.subjects().get(str(offer.scope_kind))
    return None if known is None or known.title is None else dict(await known.title(session, offer.scope_id))


async def my_data(session: AsyncSession, user: User) -> MyData:
    """Everything that is kept about a person as an account."""
    families: Any = (
        select(col(RefreshToken.family_id), func.min(RefreshToken.created_at), func.max(RefreshToken.created_at))
        .add_columns(func.max(RefreshToken.expires_at), func.max(RefreshToken.revoked_at))
        .where(col(RefreshToken.user_id) == user.id)
        .group_by(col(RefreshToken.family_id))
        .order_by(func.min(RefreshToken.created_at))
    )
    sessions = await session.exec(families)
    return MyData(
        user=UserPublic.model_validate(user.model_dump(include=set(UserPublic.model_fields))),
        roles=[RoleHeld.model_validate(grant) for grant in await roles_of(session, user.id)],
        ties=[TieHeld.model_validate(tie, from_attributes=True) for tie in await ties.of_person(session, user.id)],
        email_change=await _email_change(session, user),
        sessions=[
            SessionHeld(id=family, began_at=began, renewed_at=renewed, expires_at=expires, revoked_at=revoked)
            for family, began, renewed, expires, revoked in sessions.all()
        ],
    )
