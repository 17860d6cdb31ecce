"""People's accounts: their own settings, their data, and operators' part."""

from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access import ties
from puumerkki.access.actor import Actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.access.service import create_principal
from puumerkki.identity import queries
from puumerkki.identity.errors import CannotDisableSelf, NoPassword, PasswordWrong, UserDisabled
from puumerkki.identity.events import UserChanged, UserCreated, UserErased
from puumerkki.identity.events import UserDisabled as UserDisabledEvent
from puumerkki.identity.models import EmailChange, MailedLink, MailedPurpose, RefreshToken, RoleOffer, User, UserState
from puumerkki.identity.passwords import chosen_password, verify_password
from puumerkki.identity.schemas.people import MeUpdate, MyData, OperatorCreate, PasswordChange
from puumerkki.identity.service import kept_ties
from puumerkki.identity.service.links import end_links, mail_link, use_link
from puumerkki.identity.service.roles import grant_role, revoke_all_roles
from puumerkki.identity.service.sessions import StartedSession, end_all_sessions, start_session
from puumerkki.identity.workflow import USER
from puumerkki.kernel.errors import FieldProblem, Invalid, NotFound
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.mail.addresses import forget
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref

ERASED_NAME = "–"


async def lock_me(session: AsyncSession, actor: Actor) -> User:
    """The person who is signed in, locked."""
    actor.require_person()
    return await queries.signed_in_user(session, actor, for_update=True)


async def update_me(session: AsyncSession, *, actor: Actor, if_version: int | None, given: MeUpdate) -> User:
    """Change one's own name or language."""
    user = await lock_me(session, actor)
    require_version(user, if_version)
    changes: dict[str, Any] = given.model_dump(mode="json", exclude_unset=True)
    for name, value in changes.items():
        setattr(user, name, value)
    await publish(session, UserChanged(subject=Ref("user", user.id), changed=tuple(changes)), actor_id=user.id)
    return user


async def change_password(session: AsyncSession, *, actor: Actor, given: PasswordChange) -> StartedSession:
    """Choose a password, or the first one. All sessions end, and a new one begins here."""
    user = await lock_me(session, actor)
    if user.password_hash is not None and not await verify_password(given.current_password or "", user.password_hash):
        problem = FieldProblem("/current_password", "password_wrong", "This is not the current password.")
        raise PasswordWrong(problems=[problem])
    user.password_hash = await chosen_password(given.password, email=user.email)
    await end_links(session, user, MailedPurpose.login, MailedPurpose.password_reset)
    await end_all_sessions(session, user_id=user.id)
    await publish(session, UserChanged(subject=Ref("user", user.id), changed=("password",)), actor_id=user.id)
    return await start_session(session, user=user)


async def export_me(session: AsyncSession, *, actor: Actor) -> MyData:
    """Everything kept about oneself as an account."""
    return await queries.my_data(session, await lock_me(session, actor))


async def end_my_sessions(session: AsyncSession, *, actor: Actor) -> None:
    """Sign oneself out on all devices. Access tokens that are out last their few minutes."""
    user = await lock_me(session, actor)
    await end_all_sessions(session, user_id=user.id)


async def erase_me(session: AsyncSession, *, actor: Actor, if_version: int | None, password: str) -> None:
    """Erase oneself, who proves it by the password: whoever found a device open does not."""
    user = await lock_me(session, actor)
    require_version(user, if_version)
    if user.password_hash is None:
        raise NoPassword()
    if not await verify_password(password, user.password_hash):
        raise PasswordWrong(problems=[FieldProblem("/password", "password_wrong", "This is not the password.")])
    await _erase(session, user)


async def erase_by_link(session: AsyncSession, *, token: str) -> None:
    """Erase oneself by the link that was mailed to the account's own address."""
    _, user = await use_link(session, token=token, purpose=MailedPurpose.erasure)
    await _erase(session, user)


async def send_erasure_link(session: AsyncSession, *, actor: Actor) -> None:
    """Mail the link; nothing happens while one mailed just before is unused."""
    user = await lock_me(session, actor)
    await mail_link(session, email=user.email, purpose=MailedPurpose.erasure)


async def _erase(session: AsyncSession, user: User) -> None:
    """Name and address go, roles and sessions too; the id stays, so that the record stays true.

    Ties go as well, but in cases that are open.
    """
    pending = (await session.exec(select(EmailChange.email).where(col(EmailChange.user_id) == user.id))).all()
    await forget(session, [user.email, *pending])
    await session.exec(delete(RefreshToken).where(col(RefreshToken.user_id) == user.id))
    await session.exec(delete(MailedLink).where(col(MailedLink.user_id) == user.id))
    await session.exec(delete(RoleOffer).where(col(RoleOffer.principal_id) == user.id))
    await session.exec(delete(EmailChange).where(col(EmailChange.user_id) == user.id))
    await revoke_all_roles(session, principal_id=user.id, actor_id=user.id)
    await kept_ties.keep(session, user)
    USER.apply("disable", user, actor=None)
    user.name, user.email, user.password_hash = ERASED_NAME, f"{user.id.hex}@erased.invalid", None
    await session.flush()
    await ties.delete_ties(session, user.id)
    await publish(session, UserErased(subject=Ref("user", user.id)), actor_id=user.id)


async def disable_user(session: AsyncSession, *, actor: Actor, user_id: UUID, if_version: int | None) -> User:
    """An operator closes somebody's account: no sign-in, no roles, no sessions from this moment on."""
    if not actor.may(P.platform_operate):
        raise NotFound()
    user = await session.get(User, user_id, with_for_update=True)
    if user is None:
        raise NotFound()
    require_version(user, if_version)
    if user.id == actor.id:
        raise CannotDisableSelf()
    USER.apply("disable", user, actor=None)
    await session.exec(delete(RoleOffer).where(col(RoleOffer.principal_id) == user.id))
    await session.exec(delete(EmailChange).where(col(EmailChange.user_id) == user.id))
    await revoke_all_roles(session, principal_id=user.id, actor_id=actor.id)
    await end_all_sessions(session, user_id=user.id)
    await end_links(session, user, *MailedPurpose)
    await publish(session, UserDisabledEvent(subject=Ref("user", user.id)), actor_id=actor.id)
    return user


async def create_operator(session: AsyncSession, *, email: str, name: str, password: str | None, language: str) -> User:
    """An operator, for the command line. An existing person becomes one; without a password they sign in by mail."""
    given = _check_operator(email=email, name=name, password=password, language=language)
    user = await queries.user_by_email(session, given.email, for_update=True)
    if user is None:
        principal = await create_principal(session, PrincipalKind.user)
        user = User(id=principal.id, email=given.email, name=given.name, language=given.language.value)
        session.add(user)
        await kept_ties.take_on(session, user)
        await publish(session, UserCreated(subject=Ref("user", user.id)), actor_id=None)
    if user.state == UserState.disabled:
        raise UserDisabled()
    if user.state == UserState.invited:
        USER.apply("activate", user, actor=None)
    if password is not None:
        user.password_hash = await chosen_password(password, email=user.email)
    await grant_role(
        session,
        principal_id=user.id,
        role=Role.operator,
        scope_kind=ScopeKind.platform,
        scope_id=None,
        actor_id=None,
    )
    await session.flush()
    return user


def _check_operator(**given: str | None) -> OperatorCreate:
    try:
        return OperatorCreate.model_validate(given)
    except ValidationError as error:
        problems = [FieldProblem(str(one["loc"][0]), one["type"], one["msg"]) for one in error.errors()]
        wrong = "; ".join(f"{one.pointer}: {one.message}" for one in problems)
        raise Invalid(f"This cannot be an operator: {wrong}.", problems=problems) from None
