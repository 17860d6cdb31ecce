"""Finds who leads where every coordinator is tied: the next in office, or whom two untied representatives choose."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import literal, or_
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from puumerkki.access.actor import Actor
from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import REPRESENTATIVES, Role
from puumerkki.applications.queries.applicants import applicants_for_ties
from puumerkki.disqualification.errors.ties import LeadThere, TieAlleged, TieCaseOver
from puumerkki.disqualification.events.ties import HandlingTieSettled, LeadChosen
from puumerkki.disqualification.queries.tie_questions import is_alleged
from puumerkki.disqualification.queries.tied import is_tied
from puumerkki.disqualification.schemas.ties import LeadGiven
from puumerkki.handlings.events.handlings import HandlingReceived
from puumerkki.handlings.models.handlings import OPEN_HANDLING, Handling
from puumerkki.handlings.models.leads import LeadChoice
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.queries import leading
from puumerkki.handlings.queries.electors import electors
from puumerkki.handlings.service import lead_mails
from puumerkki.handlings.service.handling_context import lock
from puumerkki.handlings.service.handlings import clear_lead, event_fields
from puumerkki.handlings.service.votes import require_representative, require_untied
from puumerkki.identity.events import RoleGranted, RoleRevoked
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries import rulebook_at
from puumerkki.networks.queries.blocs import blocs_of
from puumerkki.networks.queries.turns import require_not_outranked
from puumerkki.organisations.events.organisations import (
    AffiliationDeclared,
    RelationAccepted,
    RelationAdded,
    RolesChanged,
)
from puumerkki.organisations.models.organisations import RelationKind

CHOOSING = 2
"""So many untied representatives choose who leads."""


async def choose(session: AsyncSession, *, actor: Actor, handling_id: UUID, given: LeadGiven) -> Handling:
    """Say, as a member's representative, who should lead; whom two of them name does."""
    seen = await queries.handling(session, actor, handling_id)
    await require_representative(session, actor, seen, given.member_id)
    _, handling = await lock(session, seen)
    if handling.state not in OPEN_HANDLING:
        raise TieCaseOver()
    await require_untied(session, actor, handling)
    if await is_alleged(session, actor.person_id(), handling.application_id, network_id=handling.network_id):
        raise TieAlleged()
    if not await leading.nobody_leads(session, handling):
        raise LeadThere()
    representatives = await leading.untied_representatives(session, handling)
    if given.principal_id not in representatives:
        raise invalid("/principal_id", "person_unfit", "Choose somebody who speaks for a member and is not tied.")
    known = await leading.choices(session, handling.id)
    member = await session.get_one(NetworkMember, given.member_id)
    for one in known:
        if one.member_id == given.member_id and one.chosen_by in representatives:
            await require_not_outranked(
                session,
                one.chosen_by,
                person=actor.person_id(),
                network_id=handling.network_id,
                organisation_id=member.organisation_id,
            )
    for one in known:
        # one choice for each member, and by each person
        if one.member_id == given.member_id or one.chosen_by == actor.id:
            await session.delete(one)
    await session.flush()
    made = LeadChoice(
        handling_id=handling.id,
        member_id=given.member_id,
        principal_id=given.principal_id,
        chosen_by=actor.person_id(),
        chosen_at=clock.now(),
    )
    session.add(made)
    await session.flush()
    agreeing = {
        one.member_id
        for one in await leading.choices(session, handling.id)
        if one.principal_id == given.principal_id and one.chosen_by in representatives
    }
    touch(handling)
    rulebook = await rulebook_at(session, handling.network_id, handling.received_at)
    rule = None if rulebook is None else DecisionRule.model_validate(rulebook.rule)
    could = {one.id for one in await electors(session, handling, rule)}
    # members that share an owner are one here too, and those that came after the version choose nobody
    blocs = await blocs_of(session, rule, could)
    if len({blocs[one] for one in agreeing & could}) >= CHOOSING:
        handling.lead_id = given.principal_id
        await publish(session, LeadChosen(**event_fields(handling)), actor_id=actor.id)
        await lead_mails.tell_lead(session, handling, [given.principal_id], chooses=False)
    return handling


async def tell_who_leads(session: AsyncSession, handling: Handling) -> None:
    """Where every coordinator is tied: to who leads instead, or to the representatives who are to choose; once each."""
    await session.flush()
    if handling.lead_id is not None and await leading.nobody_leads(session, handling):
        # whom two chose has a tie by now: all choose anew
        await clear_lead(session, handling)
    instead = await leading.stand_ins(session, handling)
    chooses = not instead and await leading.nobody_leads(session, handling)
    representatives = await leading.untied_representatives(session, handling) if chooses else []
    new = sorted({*instead, *representatives} - set(handling.lead_told_ids))
    if new:
        handling.lead_told_ids = [*handling.lead_told_ids, *new]
        await lead_mails.tell_lead(session, handling, new, chooses=chooses)


async def after_received(session: AsyncSession, event: HandlingReceived) -> None:
    """A version came to a network."""
    await tell_who_leads(session, await session.get_one(Handling, event.subject.id))


async def after_host_accepted(session: AsyncSession, event: RelationAccepted | RelationAdded) -> None:
    """An organisation answers for a group from now on, so that its people are tied."""
    if event.kind == RelationKind.host:
        host = literal(event.related[0], Uuid[UUID]())
        handlings = select(Handling).where(
            col(Handling.state).in_(OPEN_HANDLING), host.in_(applicants_for_ties(col(Handling.application_id)))
        )
        for one in await _held(session, handlings):
            await tell_who_leads(session, one)


async def _held(session: AsyncSession, handlings: SelectOfScalar[Handling]) -> Sequence[Handling]:
    """Locked, before any of their ballots is: a step takes the handling first."""
    order = (col(Handling.application_id), col(Handling.id))
    found = await session.exec(handlings.order_by(*order).with_for_update().execution_options(populate_existing=True))
    return found.all()


async def after_settled(session: AsyncSession, event: HandlingTieSettled) -> None:
    """A tie in dispute was settled. Whoever did so holds the handling's lock."""
    await tell_who_leads(session, await session.get_one(Handling, event.subject.id))


async def after_tie(session: AsyncSession, event: RoleGranted | RolesChanged | AffiliationDeclared) -> None:
    """Somebody in office, or who was chosen to lead, has a new tie: whoever leads in their place is told."""
    offices = select(RoleGrant.scope_id).where(
        col(RoleGrant.principal_id) == event.principal_id,
        col(RoleGrant.role).in_([Role.coordinator, Role.chair, Role.secretary]),
    )
    handlings = select(Handling).where(
        or_(col(Handling.network_id).in_(offices), col(Handling.lead_id) == event.principal_id),
        col(Handling.state).in_(OPEN_HANDLING),
    )
    await session.flush()
    for one in await _held(session, handlings):
        if await is_tied(session, event.principal_id, one.application_id, network_id=one.network_id):
            await tell_who_leads(session, one)


async def after_role_revoked(session: AsyncSession, event: RoleRevoked) -> None:
    """Whom two chose to lead speaks for no member any more: who is to choose anew is told."""
    if event.role not in REPRESENTATIVES:
        return
    handlings = select(Handling).where(
        col(Handling.network_id) == event.subject.id,
        col(Handling.lead_id) == event.principal_id,
        col(Handling.state).in_(OPEN_HANDLING),
    )
    for one in await _held(session, handlings):
        await tell_who_leads(session, one)
