"""Rulebooks: drafting, adopting, accepting."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.networks import queries
from puumerkki.networks.errors import networks as errors
from puumerkki.networks.errors.decisions import RulebookProposed
from puumerkki.networks.events import networks as events
from puumerkki.networks.models.networks import (
    MemberState,
    Network,
    NetworkMember,
    NetworkState,
    Rulebook,
    RulebookAcceptance,
    RulebookState,
)
from puumerkki.networks.queries.decisions import decided_on
from puumerkki.networks.schemas.rulebooks import RulebookAdopt, RulebookCreate, RulebookNumber, RulebookUpdate
from puumerkki.networks.workflow.networks import RULEBOOK, RulebookFacts


async def draft_rulebook(session: AsyncSession, *, actor: Actor, network_id: UUID, given: RulebookCreate) -> Rulebook:
    """The next version, as a draft."""
    network = await queries.network(session, network_id, for_update=True)
    actor.require(P.networks_lead, on=network_id)
    if network.state == NetworkState.closed:
        raise errors.NetworkClosed()
    drafts = await session.exec(
        select(Rulebook.number).where(
            col(Rulebook.network_id) == network_id, col(Rulebook.state) == RulebookState.draft
        )
    )
    if (number := drafts.first()) is not None:
        raise errors.DraftExists(number=number)
    last = await session.exec(select(func.max(Rulebook.number)).where(col(Rulebook.network_id) == network_id))
    made = Rulebook(
        network_id=network_id,
        number=(last.one() or 0) + 1,
        texts=dict(given.texts),
        rule=given.rule.model_dump(mode="json"),
        state=RULEBOOK.initial,
    )
    session.add(made)
    event = events.RulebookDrafted(subject=Ref("rulebook", made.id), related=(network_id,), number=made.number)
    await publish(session, event, actor_id=actor.id)
    return made


async def update_rulebook(
    session: AsyncSession,
    *,
    actor: Actor,
    network_id: UUID,
    number: RulebookNumber,
    if_version: int | None,
    given: RulebookUpdate,
) -> Rulebook:
    """Change a draft."""
    book = await _draft(session, actor, network_id, number, if_version)
    changes = given.model_dump(exclude_unset=True, mode="json")
    for name, value in changes.items():
        setattr(book, name, value)
    event = events.RulebookChanged(subject=Ref("rulebook", book.id), related=(network_id,), changed=tuple(changes))
    await publish(session, event, actor_id=actor.id)
    return book


async def delete_rulebook(
    session: AsyncSession, *, actor: Actor, network_id: UUID, number: RulebookNumber, if_version: int | None
) -> None:
    """Throw a draft away."""
    book = await _draft(session, actor, network_id, number, if_version)
    await session.delete(book)
    event = events.RulebookDeleted(subject=Ref("network", network_id), number=number)
    await publish(session, event, actor_id=actor.id)


async def adopt_rulebook(
    session: AsyncSession,
    *,
    actor: Actor,
    network_id: UUID,
    number: RulebookNumber,
    if_version: int | None,
    given: RulebookAdopt,
) -> Rulebook:
    """Put a draft into force while nobody takes part in the network yet; later its members decide on it."""
    network = await queries.network(session, network_id, for_update=True)
    book = await queries.rulebook(session, actor=actor, network_id=network_id, number=number, for_update=True)
    RULEBOOK.require_may("adopt", book, actor=actor)
    require_version(book, if_version)
    RULEBOOK.check("adopt", book, actor=actor, facts=await rulebook_facts(session, network))
    if given.accept_by is not None and given.accept_by < clock.today():
        raise invalid("/accept_by", "in_the_past", "The last day to accept cannot lie in the past.")
    await put_into_force(session, network=network, book=book, accept_by=given.accept_by, actor=actor)
    return book


async def put_into_force(
    session: AsyncSession, *, network: Network, book: Rulebook, accept_by: date | None, actor: Actor | None
) -> None:
    """The version before is replaced, and members are asked anew. `actor`: None where the network decided so."""
    facts = replace(await rulebook_facts(session, network), decided=actor is None)
    RULEBOOK.check("adopt", book, actor=actor, facts=facts)
    former = await queries.rulebook_in_force(session, network.id)
    if former is not None:
        RULEBOOK.apply("replace", former, actor=None)
        await session.flush()
    RULEBOOK.apply("adopt", book, actor=actor, facts=facts)
    book.in_force_at = clock.now()
    book.accept_by = accept_by
    event = events.RulebookAdopted(
        subject=Ref("rulebook", book.id), related=(network.id,), network_id=network.id, number=book.number
    )
    await publish(session, event, actor_id=None if actor is None else actor.id)


async def rulebook_facts(session: AsyncSession, network: Network) -> RulebookFacts:
    """What the guards of a rulebook ask."""
    return RulebookFacts(NetworkState(network.state), lead_alone=await queries.lead_alone(session, network))


async def accept_rulebook(
    session: AsyncSession, *, actor: Actor, network_id: UUID, number: int, member_id: UUID
) -> tuple[NetworkMember, RulebookAcceptance]:
    """A member accepts the version in force. Accepting again changes nothing."""
    book = await queries.rulebook(session, actor=actor, network_id=network_id, number=number)
    member = await queries.member(session, actor=actor, network_id=network_id, member_id=member_id)
    actor.require(P.rulebooks_accept, on=member.organisation_id)
    await session.refresh(book, with_for_update={"read": True})
    await session.refresh(member, with_for_update={"read": True})
    if book.state != RulebookState.in_force:
        raise errors.RulebookNotInForce()
    if member.state != MemberState.active:
        raise errors.MemberNotActive()
    statement = insert(RulebookAcceptance).values(
        id=new_id(), created_at=clock.now(), rulebook_id=book.id, member_id=member_id, accepted_by=actor.person_id()
    )
    new = await session.exec(statement.on_conflict_do_nothing().returning(col(RulebookAcceptance.id)))
    if new.first() is not None:
        event = events.RulebookAccepted(
            subject=Ref("rulebook", book.id),
            related=(network_id, member_id, member.organisation_id),
            number=number,
            member_id=member_id,
        )
        await publish(session, event, actor_id=actor.id)
    kept = await session.exec(
        select(RulebookAcceptance).where(
            col(RulebookAcceptance.rulebook_id) == book.id, col(RulebookAcceptance.member_id) == member_id
        )
    )
    return member, kept.one()


async def _draft(
    session: AsyncSession, actor: Actor, network_id: UUID, number: int, if_version: int | None
) -> Rulebook:
    book = await queries.rulebook(session, actor=actor, network_id=network_id, number=number, for_update=True)
    actor.require(P.networks_lead, on=network_id)
    require_version(book, if_version)
    if book.state != RulebookState.draft:
        raise errors.RulebookFixed()
    if await decided_on(session, book.id):
        raise RulebookProposed()
    return book
