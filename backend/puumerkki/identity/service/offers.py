"""Roles by consent: who has none yet in an organisation is offered one, and until they accept it counts for nothing."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.errors import TooManyOffers
from puumerkki.identity.events import RoleOffered, RoleOfferEnded
from puumerkki.identity.models import MailedLink, MailedPurpose, OfferEnding, RoleOffer
from puumerkki.identity.service.roles import TIERS, grant_role
from puumerkki.kernel import clock
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.subjects import Ref

VALID = timedelta(days=14)
MOST_OPEN = 50
"""How many offers an organisation has open at most: invitations are no means of writing to strangers."""


BINDING = frozenset({Role.owner, Role.signatory})
"""Roles that are new to somebody need their yes, whatever lesser one they have there."""


async def belongs(session: AsyncSession, principal_id: UUID, organisation_id: UUID) -> bool:
    """Whether somebody has a role in an organisation, or speaks for it; lesser roles there need no further consent."""
    found = await session.exec(
        select(RoleGrant.id)
        .where(
            col(RoleGrant.principal_id) == principal_id,
            or_(col(RoleGrant.scope_id) == organisation_id, col(RoleGrant.for_organisation_id) == organisation_id),
            col(RoleGrant.role) != Role.inspector,
            or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
        )
        .limit(1)
    )
    return found.first() is not None


async def needs_consent(session: AsyncSession, principal_id: UUID, organisation_id: UUID, role: Role) -> bool:
    """Whether a role in an organisation is offered first: to who has none there yet, and where it binds anew.

    Through its owners and signatories an organisation is one side with others.
    """
    if not await belongs(session, principal_id, organisation_id):
        return True
    if role not in BINDING:
        return False
    bound = select(RoleGrant.id).where(
        col(RoleGrant.principal_id) == principal_id,
        col(RoleGrant.scope_id) == organisation_id,
        col(RoleGrant.role).in_(BINDING),
        or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
    )
    return (await session.exec(bound.limit(1))).first() is None


async def offer_role(
    session: AsyncSession,
    *,
    principal_id: UUID,
    role: Role,
    scope_kind: ScopeKind,
    scope_id: UUID,
    for_organisation_id: UUID | None = None,
    email: str | None = None,
    name: str | None = None,
    actor_id: UUID | None,
    acts_from: datetime | None = None,
    offer_id: UUID | None = None,
    network_id: UUID | None = None,
) -> bool:
    """Offer a role, or an open offer again for as long; False if it was open already. `offer_id`: of a new one.

    `network_id`: the network that invites the organisation at the same time.
    """
    organisation_id = for_organisation_id or scope_id
    values = {
        "principal_id": principal_id,
        "scope_kind": scope_kind,
        "scope_id": scope_id,
        "role": role,
        "for_organisation_id": for_organisation_id,
    }
    until = clock.now() + VALID
    known = await session.exec(
        select(RoleOffer).where(*(col(getattr(RoleOffer, one)).is_not_distinct_from(values[one]) for one in values))
    )
    if (row := known.one_or_none()) is not None:
        row.expires_at, row.offered_by, row.acts_from = until, actor_id, acts_from
        row.network_id = network_id or row.network_id
        return False
    counted = select(func.count()).select_from(RoleOffer).where(col(RoleOffer.organisation_id) == organisation_id)
    if (await session.exec(counted)).one() >= MOST_OPEN:
        raise TooManyOffers(most=MOST_OPEN)
    offer_id = offer_id or new_id()
    statement = insert(RoleOffer).values(
        id=offer_id,
        created_at=clock.now(),
        **values,
        organisation_id=organisation_id,
        email=email,
        name=name,
        offered_by=actor_id,
        expires_at=until,
        acts_from=acts_from,
        network_id=network_id,
    )
    await session.exec(statement.on_conflict_do_nothing())
    told = RoleOffered(
        subject=Ref(scope_kind.value, scope_id),
        seen_by=TIERS[scope_kind],
        offer_id=offer_id,
        role=role,
        scope_kind=scope_kind,
        for_organisation_id=for_organisation_id,
    )
    await publish(session, told, actor_id=actor_id)
    return True


async def answer_offers(
    session: AsyncSession, *, actor: Actor, offer_ids: Collection[UUID], ending: OfferEnding
) -> None:
    """Accept or decline some of one's own open offers at once; NotFound where one is not open any more."""
    actor.require_person()
    rows = await open_offers(session, actor.person_id(), only=offer_ids)
    if {row.id for row in rows} != set(offer_ids):
        raise NotFound()
    for row in rows:
        if ending == OfferEnding.accepted:
            await grant_role(
                session,
                principal_id=row.principal_id,
                role=Role(row.role),
                scope_kind=ScopeKind(row.scope_kind),
                scope_id=row.scope_id,
                for_organisation_id=row.for_organisation_id,
                actor_id=row.offered_by,
                acts_from=row.acts_from,
                by_consent=True,
            )
        await _end(session, row, ending, actor_id=actor.id)


async def open_offers(
    session: AsyncSession, principal_id: UUID, *, only: Collection[UUID] | None = None
) -> list[RoleOffer]:
    """Somebody's open offers, locked, the oldest first."""
    statement = select(RoleOffer).where(
        col(RoleOffer.principal_id) == principal_id, col(RoleOffer.expires_at) > clock.now()
    )
    if only is not None:
        statement = statement.where(col(RoleOffer.id).in_(only))
    return list((await session.exec(statement.order_by(col(RoleOffer.id)).with_for_update())).all())


async def withdraw_offers(
    session: AsyncSession,
    *,
    scope_id: UUID,
    actor_id: UUID | None,
    principal_id: UUID | None = None,
    for_organisation_id: UUID | None = None,
    roles: Collection[Role] | None = None,
) -> None:
    """End the open offers in a scope: of one person, of the representatives of a member, of some roles."""
    statement = select(RoleOffer).where(col(RoleOffer.scope_id) == scope_id)
    if principal_id is not None:
        statement = statement.where(col(RoleOffer.principal_id) == principal_id)
    if for_organisation_id is not None:
        statement = statement.where(col(RoleOffer.for_organisation_id) == for_organisation_id)
    if roles is not None:
        statement = statement.where(col(RoleOffer.role).in_(roles))
    for row in (await session.exec(statement.with_for_update())).all():
        await _end(session, row, OfferEnding.withdrawn, actor_id=actor_id)


async def offered_by(session: AsyncSession, offer_id: UUID) -> UUID | None:
    """Who made an offer; None where it is open no more."""
    row = await session.get(RoleOffer, offer_id)
    return None if row is None else row.offered_by


async def open_offer(session: AsyncSession, *, organisation_id: UUID, offer_id: UUID) -> RoleOffer:
    """An organisation's open offer, locked; NotFound where it is none of those."""
    row = await session.get(RoleOffer, offer_id, with_for_update=True)
    if row is None or row.organisation_id != organisation_id or row.expires_at <= clock.now():
        raise NotFound()
    return row


async def withdraw_offer(
    session: AsyncSession, *, organisation_id: UUID, offer_id: UUID, actor_id: UUID | None
) -> None:
    """An organisation takes an offer back. NotFound where it is none of its open ones."""
    row = await session.get(RoleOffer, offer_id, with_for_update=True)
    if row is None or row.organisation_id != organisation_id:
        raise NotFound()
    await _end(session, row, OfferEnding.withdrawn, actor_id=actor_id)


async def withdraw_open(session: AsyncSession, *, offer_ids: Sequence[UUID], actor_id: UUID | None) -> set[UUID]:
    """Withdraw those of some offers that are still open; answers which these were."""
    open_ = select(RoleOffer).where(col(RoleOffer.id).in_(offer_ids), col(RoleOffer.expires_at) > clock.now())
    rows = (await session.exec(open_.order_by(col(RoleOffer.id)).with_for_update())).all()
    gone = {row.id for row in rows}
    for row in rows:
        await _end(session, row, OfferEnding.withdrawn, actor_id=actor_id)
    return gone


async def use_offer(
    session: AsyncSession,
    *,
    principal_id: UUID,
    role: Role,
    scope_id: UUID,
    for_organisation_id: UUID | None,
) -> None:
    """The offer was accepted by an invitation's link."""
    statement = select(RoleOffer).where(
        col(RoleOffer.principal_id) == principal_id,
        col(RoleOffer.scope_id) == scope_id,
        col(RoleOffer.role) == role,
        col(RoleOffer.for_organisation_id).is_not_distinct_from(for_organisation_id),
    )
    for row in (await session.exec(statement.with_for_update())).all():
        await _end(session, row, OfferEnding.accepted, actor_id=principal_id)


async def _void_links(session: AsyncSession, row: RoleOffer) -> None:
    """What was mailed holds no more than the offer itself."""
    gives: dict[str, str | None] = {"role": row.role, "scope_id": str(row.scope_id)}
    gives["for_organisation_id"] = str(row.for_organisation_id) if row.for_organisation_id else None
    await session.exec(
        update(MailedLink)
        .where(
            col(MailedLink.user_id) == row.principal_id,
            col(MailedLink.purpose) == MailedPurpose.invitation,
            col(MailedLink.used_at).is_(None),
            col(MailedLink.payload).contains(gives),
        )
        .values(used_at=clock.now())
    )


async def _end(session: AsyncSession, row: RoleOffer, ending: OfferEnding, *, actor_id: UUID | None) -> None:
    ended = RoleOfferEnded(
        subject=Ref(row.scope_kind, row.scope_id),
        seen_by=TIERS[ScopeKind(row.scope_kind)],
        offer_id=row.id,
        role=Role(row.role),
        scope_kind=ScopeKind(row.scope_kind),
        for_organisation_id=row.for_organisation_id,
        ending=ending,
    )
    if ending != OfferEnding.accepted:
        await _void_links(session, row)
    await session.delete(row)
    await session.flush()
    if ending != OfferEnding.accepted:
        await publish(session, ended, actor_id=actor_id)
