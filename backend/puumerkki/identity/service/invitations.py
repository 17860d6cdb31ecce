"""Invitations by mail: somebody gets an account and a role, or, with an account, is offered the role.

Whoever invites learns nothing of accounts: the answer is the same for every address.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.fitting import roles_fitting
from puumerkki.access.models import PrincipalKind
from puumerkki.access.open_cases import require_untied
from puumerkki.access.permissions import P
from puumerkki.access.roles import SCOPES, Role, ScopeKind
from puumerkki.access.service import create_principal, holders
from puumerkki.identity import queries
from puumerkki.identity.errors import OfferMailedLately
from puumerkki.identity.events import UserCreated, UserReopened
from puumerkki.identity.models import MailedLink, MailedPurpose, RoleOffer, User, UserState
from puumerkki.identity.passwords import chosen_password
from puumerkki.identity.role_names import role_name
from puumerkki.identity.schemas.people import InvitationAccept, InvitationCreate, InvitationShown
from puumerkki.identity.service import kept_ties
from puumerkki.identity.service.gifts import Gift, name_of, names_of
from puumerkki.identity.service.links import make_link, unused_link, use_link
from puumerkki.identity.service.offers import BINDING, VALID, needs_consent, offer_role, use_offer
from puumerkki.identity.service.sectors import sector_of
from puumerkki.identity.service.sessions import StartedSession, start_session
from puumerkki.identity.workflow import USER
from puumerkki.kernel import clock, mail
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.kernel.subjects import Ref

AGAIN_AFTER = timedelta(hours=1)
"""So soon an open offer can be mailed once more: mails to one address are few, whoever wants more."""


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
    network_id: UUID | None = None,
) -> UUID | None:
    """Invite somebody to a role by mail. Where they need not be asked, it is theirs at once.

    For the rooms that own scopes, after they asked whether the actor may; `acts_from`: see `grant_role`. The person's
    id where the role was given. `offer_id`: they are asked in any case, by an offer of this id. `network_id`: the
    network that invites the organisation at the same time.
    """
    if role not in SCOPES[scope_kind] or role == Role.inspector:
        raise invalid("/role", "role_invalid", f"Nobody can be invited as {role} of a {scope_kind}.")
    user = await queries.user_by_email(session, email, for_update=True)
    if user is None:
        user = await _new_user(session, email=email, name=name, language=language, actor_id=actor_id)
    gift = Gift(role, scope_kind, scope_id, for_organisation_id, actor_id, acts_from, network_id)
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
        network_id=network_id,
    )
    if user.state in (UserState.invited, UserState.disabled):
        await _mail_invitation(session, user, gift)
    elif user.state == UserState.active and fresh:
        await _mail(session, user, "role_offered", gift, link=mail.link(user.language, "offers"))
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
    gift = Gift.read(link.payload)
    if unfit := set(given.also) - await _may_also_take(session, gift):
        raise invalid("/also", "role_unfit", f"Not taken with this invitation: {', '.join(sorted(unfit))}.")
    await gift.give(session, user, by_consent=True)
    for role in given.also:
        await replace(gift, role=role).give(session, user, by_consent=True)
    await use_offer(
        session,
        principal_id=user.id,
        role=gift.role,
        scope_id=gift.scope_id,
        for_organisation_id=gift.for_organisation_id,
    )
    return await start_session(session, user=user)


async def read_invitation(session: AsyncSession, *, token: str) -> InvitationShown:
    """What a mailed link gives, to whoever holds it. It changes nothing: those who scan mails may ask, too."""
    link, user = await unused_link(session, token=token, purpose=MailedPurpose.invitation)
    gift = Gift.read(link.payload)
    return InvitationShown(
        name=user.name,
        email=user.email,
        has_account=user.state == UserState.active,
        inviter=await name_of(session, gift.given_by),
        role=gift.role,
        scope_kind=gift.scope_kind,
        scope_id=gift.scope_id,
        scope_names=await names_of(session, gift.scope_kind, gift.scope_id),
        for_organisation_names=await names_of(session, ScopeKind.organisation, gift.for_organisation_id),
        may_also_take=sorted(await _may_also_take(session, gift)),
        expires_at=link.expires_at,
    )


async def send_again(
    session: AsyncSession, *, offer: RoleOffer, actor_id: UUID | None, acts_from: datetime | None
) -> None:
    """Mail an open offer once more; what was mailed before holds no more, and it is open for as long anew.

    The role acts in what is opened after both moments, that of the first offer and `acts_from` of this one.
    """
    if offer.expires_at > clock.now() + VALID - AGAIN_AFTER:
        raise OfferMailedLately()
    moments = [one for one in (offer.acts_from, acts_from) if one is not None]
    offer.expires_at, offer.offered_by, offer.acts_from = clock.now() + VALID, actor_id, max(moments, default=None)
    await session.flush()
    user = await session.get_one(User, offer.principal_id, with_for_update=True)
    if user.state == UserState.active:
        link = mail.link(user.language, "offers")
        await _mail(session, user, "role_offered", Gift.of(offer), link=link)
    else:
        await _mail_invitation(session, user, Gift.of(offer))


async def _may_also_take(session: AsyncSession, gift: Gift) -> set[Role]:
    """Who comes as the first administrator of an organisation is mostly alone in it: they write and sign as well."""
    first = gift.role == Role.owner and not await holders(session, scope_id=gift.scope_id, role=Role.owner)
    return {Role.editor, Role.signatory} if first else set()


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


async def _mail_invitation(session: AsyncSession, user: User, gift: Gift) -> None:
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
    await _mail(session, user, "invitation", gift, link=link)


async def _mail(session: AsyncSession, user: User, template: str, gift: Gift, *, link: str) -> None:
    """What is given or offered, where and by whom. A person stands in the text, never in the subject."""
    in_network = gift.scope_kind == ScopeKind.network
    network_id = gift.scope_id if in_network else gift.network_id
    organisation_id = gift.scope_id if gift.scope_kind == ScopeKind.organisation else gift.for_organisation_id
    network = await names_of(session, ScopeKind.network, network_id)
    organisation = await names_of(session, ScopeKind.organisation, organisation_id)
    why = mail.Reason.person if template == "role_given" else mail.Reason.invited
    await mail.send(
        session,
        to=user.email,
        package="puumerkki.identity",
        template=template,
        language=user.language,
        envelope=mail.Envelope(reason=why, root=None, identity=template == "invitation"),
        name=user.name,
        role=role_name(gift.role, user.language),
        inviter=await name_of(session, gift.given_by),
        joins=gift.network_id is not None,
        network=display_name(network, user.language) if network else None,
        organisation=display_name(organisation, user.language) if organisation else None,
        until=written_day(clock.day_of(clock.now() + VALID), user.language),
        link=link,
    )
