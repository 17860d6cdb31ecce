"""Lets members that were present confirm or dispute a meeting's decision, and settles it by their answers."""

from dataclasses import replace
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.applications.models.applications import Application
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.handlings.errors.decisions import WasNotThere
from puumerkki.handlings.events.decisions import DecisionDenied, DecisionFell, DecisionSupported
from puumerkki.handlings.models.decisions import DecisionWord, RecordedDecision
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries import handlings as handling_queries
from puumerkki.handlings.queries.decision_words import (
    DENIED,
    confirmers,
    may_dispute,
    meetings_fell,
    still_possible,
    words,
    words_that_count,
)
from puumerkki.handlings.schemas.handlings import DecisionWordGiven
from puumerkki.handlings.service import decision_mails
from puumerkki.handlings.service.conclusions import conclude_declined, conclude_endorsed
from puumerkki.handlings.service.decisions import DAYS, require_still_quorum
from puumerkki.handlings.service.handling_context import HandlingContext, load_context, lock
from puumerkki.handlings.service.handlings import event_fields
from puumerkki.handlings.service.one_by_one import one_by_one
from puumerkki.handlings.service.turns import require_own_word
from puumerkki.handlings.service.votes import require_representative
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import NotFound, PuumerkkiError
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.workdays import deadline
from puumerkki.networks.decision_rule import DecisionMethod

AT_ONCE = 200


async def answer(
    session: AsyncSession,
    *,
    actor: Actor,
    handling_id: UUID,
    decision_id: UUID,
    member_id: UUID,
    given: DecisionWordGiven,
) -> Handling:
    """Confirm or dispute the decision for a member that was present. It may change its answer until the end."""
    seen = await handling_queries.handling(session, actor, handling_id)
    application, handling = await lock(session, seen)
    context = await load_context(session, actor=actor, application=application, handling=handling, for_update=True)
    if all(one.id != decision_id for one in await handling_queries.decisions(session, handling.id)):
        raise NotFound()
    decision, facts = context.decision, context.facts
    if decision is None or decision.id != decision_id:
        decision, facts = None, replace(facts, stands=False)
    HANDLING.apply("answer_decision", handling, actor=actor, facts=facts)
    assert decision is not None
    organisation_id = await require_representative(session, actor, handling, member_id)
    await _require_there(session, context, decision, member_id, actor.person_id(), agrees=given.agrees)
    await _keep(session, handling, decision, member_id, organisation_id, actor.person_id(), given)
    touch(handling)
    first = not given.agrees and decision.disputed_at is None
    if first:
        assert decision.holds_at is not None
        decision.disputed_at, decision.holds_at = clock.now(), max(decision.holds_at, deadline(DAYS))
    await session.flush()
    event = DecisionSupported if given.agrees else DecisionDenied
    await publish(
        session, event(**event_fields(handling), decision_id=decision.id, member_id=member_id), actor_id=actor.id
    )
    await _settle(session, context)
    if first and decision.fell_at is None:
        await decision_mails.ask_two_more(session, handling, decision)
    return handling


async def _require_there(
    session: AsyncSession,
    context: HandlingContext,
    decision: RecordedDecision,
    member_id: UUID,
    person: UUID,
    *,
    agrees: bool,
) -> None:
    """WasNotThere unless the member can dispute it; or, to agree, is one of two more or takes its "not so" back."""
    if not agrees and member_id in await may_dispute(session, context.handling, decision, context.rule):
        return
    if agrees and any(one.member_id == member_id and not one.agrees for one in await words(session, decision.id)):
        return
    if agrees and (member_id, person) in await confirmers(session, context.handling, decision, context.rule):
        return
    raise WasNotThere()


async def _keep(
    session: AsyncSession,
    handling: Handling,
    decision: RecordedDecision,
    member_id: UUID,
    organisation_id: UUID,
    person: UUID,
    given: DecisionWordGiven,
) -> None:
    """Store the member's answer in place of an earlier one; a deputy cannot change a representative's."""
    said = next((one for one in await words(session, decision.id) if one.member_id == member_id), None)
    if said is not None:
        await require_own_word(session, handling, said.given_by, person=person, organisation_id=organisation_id)
    else:
        said = DecisionWord(
            decision_id=decision.id,
            member_id=member_id,
            agrees=given.agrees,
            given_by=person,
            given_at=clock.now(),
        )
        session.add(said)
    said.agrees, said.reason = given.agrees, given.reason
    said.given_by, said.given_at = person, clock.now()


async def _settle(session: AsyncSession, context: HandlingContext) -> None:
    """Facts are read again: it takes effect, it falls, or it waits.

    It falls at once where somebody says "not so" and two more are not to be had, or those who are left are too few;
    and where who recorded or confirmed it is tied by now.
    """
    fresh = await load_context(
        session, actor=None, application=context.application, handling=context.handling, for_update=True
    )
    decision, facts = fresh.decision, fresh.facts
    assert decision is not None
    if facts.denied and not facts.supported and (facts.hold_due or not await _can_hold(session, fresh, decision)):
        await _fall(session, fresh, decision, DENIED)
    elif facts.supported or facts.hold_due or facts.firsts_tied:
        await _carry(session, fresh, decision)


async def _can_hold(session: AsyncSession, context: HandlingContext, decision: RecordedDecision) -> bool:
    """Tell whether two more could still confirm it, and those who do not dispute it are a quorum."""
    can = await confirmers(session, context.handling, decision, context.rule, said_too=True)
    if not still_possible(can, await words_that_count(session, context.handling, decision)):
        return False
    try:
        await require_still_quorum(session, context, decision)
    except PuumerkkiError:
        return False
    return True


async def _carry(session: AsyncSession, context: HandlingContext, decision: RecordedDecision) -> None:
    """The endorsement is given or not, by those present, of whom none leads for that. A hindrance ends it."""
    handling = context.handling
    target = HandlingState.endorsed if decision.endorses else HandlingState.declined
    assert context.rule is not None
    try:
        turnout = await require_still_quorum(session, context, decision)
        HANDLING.apply("carry_decision", handling, actor=None, facts=context.facts, target=target)
    except PuumerkkiError as error:
        await _fall(session, context, decision, error.code)
        return
    decision.effective_at = clock.now()
    if not decision.endorses:
        await conclude_declined(session, context, decision.wording, public=context.rule.declines_public, actor_id=None)
        return
    deciding = [one for one in decision.present_member_ids if one not in decision.stood_aside_member_ids]
    conditions = [one | {"member_ids": deciding} for one in decision.conditions]
    days = context.rule.validity_days
    await conclude_endorsed(session, context, conditions, validity_days=days, turnout=turnout, actor_id=None)


async def _fall(session: AsyncSession, context: HandlingContext, decision: RecordedDecision, because: str) -> None:
    """Let the decision fall; it stays on record. The members hear of it and of what can be done."""
    handling = context.handling
    decision.fell_at, decision.fell_because = clock.now(), because
    touch(handling)
    await session.flush()
    await publish(
        session, DecisionFell(**event_fields(handling), decision_id=decision.id, reason=because), actor_id=None
    )
    by_meeting = context.rule is not None and context.rule.method is DecisionMethod.meeting_decides
    ballot = not by_meeting or await meetings_fell(session, handling)
    await decision_mails.tell_fell(session, handling, decision, ballot=ballot)


async def carry_refusal(
    session: AsyncSession, application: Application, handling: Handling, *, ended: bool = False
) -> bool:
    """A refusal that a meeting decided, and that nobody disputed to its day, stays on record when the handling ends.

    Before that day those who were there have not been heard, and it ends with the handling. `ended`: the network has
    ended. True where there was one. The caller holds the locks.
    """
    context = await load_context(session, actor=None, application=application, handling=handling, for_update=True)
    decision, facts = context.decision, context.facts
    if decision is None or decision.endorses or not facts.stands or facts.denied or not facts.hold_due:
        return False
    context.facts = replace(facts, network_active=facts.network_active or ended)
    await _carry(session, context, decision)
    await session.flush()
    return decision.effective_at is not None


async def settle_decisions(session: AsyncSession) -> None:
    """Settle due decisions: those that nobody disputed take effect, those disputed and not confirmed fall.

    One that cannot be settled is logged and left; the others are settled.
    """
    statement = (
        select(Handling.id)
        .join(RecordedDecision, col(RecordedDecision.handling_id) == col(Handling.id))
        .where(
            col(Handling.state) == HandlingState.in_review,
            col(RecordedDecision.holds_at) <= clock.now(),
            col(RecordedDecision.effective_at).is_(None),
            col(RecordedDecision.fell_at).is_(None),
        )
        .order_by(col(Handling.application_id), col(Handling.id))
        .limit(AT_ONCE)
    )
    await one_by_one(session, (await session.exec(statement)).all(), _settle_due, "decision_not_settled")


async def _settle_due(session: AsyncSession, handling_id: UUID) -> None:
    seen = await session.get_one(Handling, handling_id, populate_existing=True)
    application, handling = await lock(session, seen)
    context = await load_context(session, actor=None, application=application, handling=handling, for_update=True)
    if context.decision is not None and context.facts.hold_due:
        await _settle(session, context)
