"""Operators name an owner where there is none at once; elsewhere those there are told, and may object for seven days.

A role so given, and what its holder gives, acts in nothing that was open before (`role_grant.acts_from`).
"""

from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.service.invitations import invite
from puumerkki.identity.service.offers import VALID
from puumerkki.identity.service.roles import TIERS
from puumerkki.kernel import clock, mail, subjects
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations import mailboxes
from puumerkki.organisations.errors import organisations as errors
from puumerkki.organisations.events import organisations as events
from puumerkki.organisations.mailboxes import Mailbox
from puumerkki.organisations.models.organisations import Naming, NamingState, Organisation, OrganisationState
from puumerkki.organisations.queries import namings as queries
from puumerkki.organisations.schemas.namings import NamingCreate, NamingPublic
from puumerkki.organisations.workflow.namings import NAMING, NamingFacts

OBJECTIONS = timedelta(days=7)
STALE = timedelta(days=30)
"""How long after its day a naming waits for the second operator."""
_NAMED = {ScopeKind.organisation: Role.owner, ScopeKind.network: Role.coordinator}
_THERE = {ScopeKind.organisation: P.people_manage, ScopeKind.network: P.networks_contribute}


async def propose(session: AsyncSession, *, actor: Actor, given: NamingCreate) -> Naming:
    """Name somebody. In an organisation without an owner it takes effect at once."""
    actor.require(P.platform_operate)
    await _lock_scope(session, given.scope_kind, given.scope_id)
    made = Naming(
        **given.model_dump(exclude={"language"}),
        language=given.language.value,
        role=_NAMED[given.scope_kind],
        proposed_by=actor.person_id(),
        due_at=clock.now(),
    )
    if await queries.is_operator(session, made.email):
        raise errors.OperatorNamed()
    if await queries.holds(session, made):
        raise errors.OwnerThere()
    open_here = select(Naming.id).where(col(Naming.scope_id) == made.scope_id, col(Naming.state) == NamingState.waiting)
    if (await session.exec(open_here)).first() is not None:
        raise errors.NamingOpen()
    waits = made.scope_kind is ScopeKind.network or await queries.has_owner(session, made.scope_id)
    if waits:
        made.due_at = clock.end_of_day(clock.day_of(clock.now() + OBJECTIONS))
    session.add(made)
    await session.flush()
    await _publish(session, made, events.NamingProposed, actor_id=actor.id)
    if not waits:
        await _take_effect(session, made)
    await _write(session, made, "naming", await _there(session, made))
    if waits:
        others = await mailboxes.of_people(session, await queries.second_operators(session, made))
        await _write(session, made, "naming_second", others)
    return made


async def confirm(session: AsyncSession, *, actor: Actor, naming_id: UUID) -> Naming:
    """The second operator; it still waits for its day."""
    found = await queries.naming(session, actor, naming_id, for_update=True)
    facts = NamingFacts(second=await _is_second(session, actor, found))
    NAMING.apply("confirm", found, actor=actor, facts=facts)
    if found.confirmed_by is None:
        found.confirmed_by, found.confirmed_at = actor.person_id(), clock.now()
        await _publish(session, found, events.NamingConfirmed, actor_id=actor.id)
    await _settle(session, found)
    return found


async def object_to(session: AsyncSession, *, actor: Actor, naming_id: UUID, reason: str) -> Naming:
    """One of those there says no: it takes no effect."""
    found = await queries.naming(session, actor, naming_id, for_update=True)
    NAMING.apply("object", found, actor=actor)
    found.objected_by, found.objection, found.ended_at = actor.person_id(), reason, clock.now()
    await _publish(session, found, events.NamingObjected, actor_id=actor.id)
    await _write(session, found, "naming_ended", await mailboxes.of_people(session, [found.proposed_by]))
    return found


async def withdraw(session: AsyncSession, *, actor: Actor, naming_id: UUID) -> Naming:
    """An operator takes it back."""
    found = await queries.naming(session, actor, naming_id, for_update=True)
    NAMING.apply("withdraw", found, actor=actor)
    found.ended_at = clock.now()
    await _publish(session, found, events.NamingWithdrawn, actor_id=actor.id)
    return found


async def settle_due(session: AsyncSession) -> None:
    """By the clock: what nobody objected to, and a second operator confirmed if there is one, takes effect."""
    due = (
        select(Naming.id)
        .where(col(Naming.state) == NamingState.waiting, col(Naming.due_at) <= clock.now())
        .order_by(col(Naming.due_at), col(Naming.id))
        .limit(200)
    )
    for id_ in (await session.exec(due)).all():
        found = await session.get_one(Naming, id_, with_for_update=True, populate_existing=True)
        if found.state is NamingState.waiting:
            await _settle(session, found)


async def naming_list(session: AsyncSession, actor: Actor, scope_id: UUID) -> list[NamingPublic]:
    """The namings of an organisation or network, for its people and operators."""
    if not queries.may_see(actor, scope_id):
        raise NotFound() if actor.id is None else actor.refusal(P.people_manage)
    return [await _public(session, actor, *row) for row in await queries.namings_of(session, scope_id)]


async def shown_one(session: AsyncSession, actor: Actor, of: Naming) -> NamingPublic:
    """One of them."""
    found = await queries.namings_of(session, of.scope_id)
    [row] = [row for row in found if row[0].id == of.id]
    return await _public(session, actor, *row)


async def _public(
    session: AsyncSession, actor: Actor, of: Naming, proposer: str | None, objector: str | None
) -> NamingPublic:
    operates = actor.may(P.platform_operate)
    seconds = await queries.second_operators(session, of) if of.state is NamingState.waiting else ()
    return NamingPublic(
        **of.model_dump(include={*NamingPublic.model_fields} - {"email", "proposed_by", "objected_by"}),
        email=of.email if operates else None,
        proposed_by=proposer,
        objected_by=objector,
        needs_second=of.confirmed_by is None and bool(seconds),
        available_actions=NAMING.available(of, actor=actor, facts=NamingFacts(second=actor.id in seconds)),
    )


async def _is_second(session: AsyncSession, actor: Actor, of: Naming) -> bool:
    return actor.id in await queries.second_operators(session, of)


async def _settle(session: AsyncSession, of: Naming) -> None:
    """Take effect if its day has come and a second operator confirmed it, where there is one. Hold its lock."""
    if of.due_at > clock.now():
        return
    needless = await queries.holds(session, of) or await _archived(session, of)
    alone = of.confirmed_by is None and bool(await queries.second_operators(session, of))
    if needless or (alone and of.due_at + STALE <= clock.now()):
        NAMING.apply("lapse", of, actor=None)
        of.ended_at = clock.now()
        await _publish(session, of, events.NamingLapsed, actor_id=None)
    elif not alone:
        await _take_effect(session, of)


async def _take_effect(session: AsyncSession, of: Naming) -> None:
    """The person is offered the role; once it is theirs it acts in what is opened from then on."""
    NAMING.apply("take_effect", of, actor=None)
    of.ended_at = clock.now()
    await session.flush()
    await invite(
        session,
        email=of.email,
        name=of.name,
        language=of.language,
        scope_kind=of.scope_kind,
        scope_id=of.scope_id,
        role=of.role,
        for_organisation_id=None,
        actor_id=of.proposed_by,
        # the last moment at which it can be accepted: in what was opened before it is, the role does nothing
        acts_from=clock.now() + VALID,
    )
    await _publish(session, of, events.NamingDone, actor_id=None)


async def _lock_scope(session: AsyncSession, kind: ScopeKind, scope_id: UUID) -> None:
    """Who is there is read while nobody else names; NotFound where there is no such organisation or network."""
    if kind is ScopeKind.organisation:
        found = await session.get(Organisation, scope_id, with_for_update=True, populate_existing=True)
        if found is None:
            raise NotFound()
        if found.state is OrganisationState.archived:
            raise errors.OrganisationArchived()
    elif not await _names(session, kind, scope_id):
        raise NotFound()


async def _archived(session: AsyncSession, of: Naming) -> bool:
    if of.scope_kind is not ScopeKind.organisation:
        return False
    found = await session.get_one(Organisation, of.scope_id, populate_existing=True)
    return found.state is OrganisationState.archived


async def _publish(
    session: AsyncSession, of: Naming, event: type[events.NamingEvent], *, actor_id: UUID | None
) -> None:
    told = event(
        subject=Ref(of.scope_kind.value, of.scope_id), seen_by=TIERS[of.scope_kind], naming_id=of.id, role=of.role
    )
    await publish(session, told, actor_id=actor_id)


async def _there(session: AsyncSession, of: Naming) -> list[Mailbox]:
    permission = _THERE[of.scope_kind]
    if of.scope_kind is ScopeKind.organisation:
        return await mailboxes.of_organisations(session, permission, [of.scope_id])
    return await mailboxes.of_holders(session, permission, [of.scope_id])


async def _names(session: AsyncSession, kind: ScopeKind, scope_id: UUID) -> dict[str, str]:
    readable_organisation = subjects.subjects().get(kind.value)
    return (
        {}
        if readable_organisation is None or readable_organisation.title is None
        else dict(await readable_organisation.title(session, scope_id))
    )


async def _write(session: AsyncSession, of: Naming, template: str, boxes: list[Mailbox]) -> None:
    names = await _names(session, of.scope_kind, of.scope_id)
    people = await mailboxes.of_people(session, [of.proposed_by])
    place = "organisations" if of.scope_kind is ScopeKind.organisation else "networks"
    for box in boxes:
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.organisations",
            template=template,
            language=box.language,
            envelope=mail.Envelope(reason=mail.Reason.concerned, root=f"{of.scope_kind} {of.scope_id}"),
            about=f"{template} {of.scope_id} {of.email}",
            name=box.name,
            scope=display_name(names, box.language),
            network=of.scope_kind is ScopeKind.network,
            person=of.name,
            operator=people[0].name if people else "–",
            waits=of.state is NamingState.waiting,
            day=written_day(clock.last_day(of.due_at), box.language),
            link=mail.link(box.language, f"{place}/{of.scope_id}/operators"),
        )
