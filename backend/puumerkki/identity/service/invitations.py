"""Invitations by mail: somebody gets an account and a role, or, with an account, is offered the role.

Whoever invites learns nothing of accounts: the answer is the same for every address.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.fitting import roles_fitting
from puumerkki.access.models import PrincipalKind
from puumerkki.access.open_cases import require_untied
from puumerkki.access.permissions import P
from puumerkki.access.roles import SCOPES, Role, ScopeKind
from puumerkki.access.service import create_principal
from puumerkki.identity import queries
from puumerkki.identity.events import UserCreated, UserReopened
from puumerkki.identity.models import MailedLink, MailedPurpose, User, UserState
from puumerkki.identity.passwords import chosen_password
from puumerkki.identity.role_names import role_name
from puumerkki.identity.schemas.people import InvitationAccept, InvitationCreate
from puumerkki.identity.service import kept_ties
from puumerkki.identity.service.links import make_link, use_link
from puumerkki.identity.service.offers import BINDING, VALID, needs_consent, offer_role, use_offer
from puumerkki.identity.service.roles import grant_role
from puumerkki.identity.service.sectors import sector_of
from puumerkki.identity.service.sessions import StartedSession, start_session
from puumerkki.identity.workflow import USER
from puumerkki.kernel import clock, mail, subjects
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref


async def invite_to_organisation(session: AsyncSession, *, actor: Actor, given: InvitationCreate) -> None:
    """Somebody who manages an organisation's people invites one more."""
    actor.require(P.people_manage, on=given.scope_id)
    if given.scope_kind != ScopeKind.organisation:
        raise invalid("/scope_kind", "scope_kind_invalid", "Only organisations invite here; networks do by members.")
    if given.for_organisation_id is not None:
        raise invalid("/for_organisation_id", "not_expected", "Roles in an organisation speak for no other.")
    if given.role not in roles_fitting(await sector_of(session, given.scope_id), PrincipalKind.user):
        raise invalid("/role", "role_invalid", f"Nobody can be invited as {given.role} of this organisation.")
    if given.role in BINDING:
        await require_untied(session, organisation_id=given.scope_id, principal_id=actor.person_id())
    await invite(
        session,
        email=given.email,
        name=given.name,
        language=given.language.value,
        scope_kind=given.scope_kind,
        scope_id=given.scope_id,
        role=given.role,
        for_organisation_id=None,
        actor_id=actor.id,
        acts_from=actor.acts_from(P.people_manage, given.scope_id),
    )


async def invite(
    session: AsyncSession,
    *,
    email: str,
    name: str,
    language: str,
    scope_kind: ScopeKind,
    scope_id: UUID,
    role: Role,
    for_organisation_id: UUID | None,
    actor_id: UUID | None,
    acts_from: datetime | None,
    offer_id: UUID | None = None,
) -> UUID | None:
    """Invite somebody to a role by mail. Where they need not be asked, it is theirs at once.

    For the rooms that own scopes, after they asked whether the actor may; `acts_from`: see `grant_role`. The person's
    id where the role was given. `offer_id`: they are asked in any case, by an offer of this id.
    """
    if role not in SCOPES[scope_kind] or role == Role.inspector:
        raise invalid("/role", "role_invalid", f"Nobody can be invited as {role} of a {scope_kind}.")
    user = await queries.user_by_email(session, email, for_update=True)
    if user is None:
        user = await _new_user(session, email=email, name=name, language=language, actor_id=actor_id)
    gift = _Gift(role, scope_kind, scope_id, for_organisation_id, actor_id, acts_from)
    organisation_id = for_organisation_id or scope_id
    asked = offer_id is not None or user.state != UserState.active
    if not asked and not await needs_consent(session, user.id, organisation_id, role):
        if await gift.give(session, user):
            await _mail(session, user, "role_given", gift, link=mail.link(user.language, "work"))
        return user.id
    fresh = await offer_role(
        session,
        principal_id=user.id,
        role=role,
        scope_kind=scope_kind,
        scope_id=scope_id,
        for_organisation_id=for_organisation_id,
        email=email,
        name=name,
        actor_id=actor_id,
        acts_from=acts_from,
        offer_id=offer_id,
    )
    if user.state in (UserState.invited, UserState.disabled):
        await _mail_invitation(session, user, gift)
    elif user.state == UserState.active and fresh:
        await _mail(session, user, "role_offered", gift, link=mail.link(user.language, "offers"), days=VALID.days)
    return None


async def accept_invitation(session: AsyncSession, *, given: InvitationAccept) -> StartedSession:
    """Use the mailed link: the account becomes active, the role is given, a session begins.

    A closed account is opened again, with a new password or none; its former roles do not come back.
    """
    link, user = await use_link(session, token=given.token, purpose=MailedPurpose.invitation)
    if user.state != UserState.active:
        reopened = user.state == UserState.disabled
        USER.apply("reopen" if reopened else "activate", user, actor=None)
        user.name = given.name or user.name
        user.password_hash = None
        if given.password is not None:
            user.password_hash = await chosen_password(given.password, email=user.email)
        await session.flush()
        if reopened:
            await publish(session, UserReopened(subject=Ref("user", user.id)), actor_id=user.id)
    gift = _Gift.read(link.payload)
    await gift.give(session, user)
    await use_offer(
        session,
        principal_id=user.id,
        role=gift.role,
        scope_id=gift.scope_id,
        for_organisation_id=gift.for_organisation_id,
    )
    return await start_session(session, user=user)


@dataclass(frozen=True)
class _Gift:
    """The role that an invitation gives, as its link keeps it."""

    role: Role
    scope_kind: ScopeKind
    scope_id: UUID
    for_organisation_id: UUID | None
    given_by: UUID | None
    acts_from: datetime | None = None

    @classmethod
    def read(cls, payload: dict[str, Any]) -> "_Gift":
        member, giver, since = payload["for_organisation_id"], payload["given_by"], payload.get("acts_from")
        return cls(
            Role(payload["role"]),
            ScopeKind(payload["scope_kind"]),
            UUID(payload["scope_id"]),
            UUID(member) if member else None,
            UUID(giver) if giver else None,
            datetime.fromisoformat(since) if since else None,
        )

    def same_role(self) -> dict[str, Any]:
        return {
            "role": self.role.value,
            "scope_kind": self.scope_kind.value,
            "scope_id": str(self.scope_id),
            "for_organisation_id": str(self.for_organisation_id) if self.for_organisation_id else None,
        }

    def payload(self) -> dict[str, Any]:
        return self.same_role() | {
            "given_by": str(self.given_by) if self.given_by else None,
            "acts_from": self.acts_from.isoformat() if self.acts_from else None,
        }

    async def give(self, session: AsyncSession, user: User) -> bool:
        return await grant_role(
            session,
            principal_id=user.id,
            role=self.role,
            scope_kind=self.scope_kind,
            scope_id=self.scope_id,
            for_organisation_id=self.for_organisation_id,
            actor_id=self.given_by,
            acts_from=self.acts_from,
        )


async def _new_user(session: AsyncSession, *, email: str, name: str, language: str, actor_id: UUID | None) -> User:
    principal = await create_principal(session, PrincipalKind.user)
    user = User(
        id=principal.id,
        email=email,
        name=name,
        language=language,
        state=UserState.invited,
        invited_by=actor_id,
    )
    session.add(user)
    await kept_ties.take_on(session, user)
    await publish(session, UserCreated(subject=Ref("user", user.id)), actor_id=actor_id)
    return user


async def _mail_invitation(session: AsyncSession, user: User, gift: _Gift) -> None:
    """A link; an earlier one to the same role holds no more."""
    await session.exec(
        update(MailedLink)
        .where(
            col(MailedLink.user_id) == user.id,
            col(MailedLink.purpose) == MailedPurpose.invitation,
            col(MailedLink.used_at).is_(None),
            col(MailedLink.payload).contains(gift.same_role()),
        )
        .values(used_at=clock.now())
    )
    link = await make_link(session, user=user, purpose=MailedPurpose.invitation, lifetime=VALID, payload=gift.payload())
    await _mail(session, user, "invitation", gift, link=link, days=VALID.days)


async def _mail(session: AsyncSession, user: User, template: str, gift: _Gift, **context: Any) -> None:
    await mail.send(
        session,
        to=user.email,
        package="puumerkki.identity",
        template=template,
        language=user.language,
        envelope=mail.Envelope(identity=template == "invitation"),
        name=user.name,
        role=role_name(gift.role, user.language),
        inviter=await _name_of(session, gift.given_by),
        scope=await _scope_name(session, gift, user.language),
        **context,
    )


async def _name_of(session: AsyncSession, principal_id: UUID | None) -> str | None:
    inviter = None if principal_id is None else await session.get(User, principal_id)
    return None if inviter is None else inviter.name


async def _scope_name(session: AsyncSession, gift: _Gift, language: str) -> str | None:
    """What the organisation or network is called, if its room told the registry how to ask."""
    known = subjects.subjects().get(gift.scope_kind.value)
    if known is None or known.title is None:
        return None
    names = await known.title(session, gift.scope_id)
    return names.get(language) or next(iter(names.values()), None)
