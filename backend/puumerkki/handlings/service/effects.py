"""Lets counted ballots take effect by the clock, and opens ballots that applicants asked for."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.applications.models.applications import Application, ApplicationState
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries.applicants import acting_ids
from puumerkki.applications.workflow.applicants import ForApplicants
from puumerkki.endorsements.models.conditions import MetWhen
from puumerkki.handlings.events.ballots import ConditionAnswered
from puumerkki.handlings.events.handlings import BallotAsked, ReviewBegun
from puumerkki.handlings.models.handlings import Ballot, BallotState, Handling
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.service import ballots, handling_mails
from puumerkki.handlings.service.ballot_actions import start
from puumerkki.handlings.service.conclusions import back_in_review, decline_by_clock, endorse_by_clock
from puumerkki.handlings.service.counting import close_if_due, read_ties_again
from puumerkki.handlings.service.decision_words import carry_refusal
from puumerkki.handlings.service.handling_context import HandlingContext, load_context, lock
from puumerkki.handlings.service.handlings import drop_pending_decision, event_fields
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.workdays import deadline
from puumerkki.networks.decision_rule import DecisionMethod
from puumerkki.networks.models.networks import Network, NetworkState
from puumerkki.networks.tally import Outcome

AT_ONCE = 200
ASKED_DAYS = 7
"""So long after the applicant asked for it the ballot opens by itself."""
WAITS_FOR_DECISION = timedelta(days=7)
"""So much longer it waits where a meeting's decision is to be confirmed."""


async def take_effect_due(session: AsyncSession) -> None:
    """Conclude the counted ballots that nobody concluded in time."""
    statement = (
        select(Handling)
        .join(Ballot, col(Ballot.handling_id) == col(Handling.id))
        .join(Network, col(Network.id) == col(Handling.network_id))
        .join(Application, col(Application.id) == col(Handling.application_id))
        .where(
            col(Handling.state) == HandlingState.in_ballot,
            col(Ballot.state) == BallotState.closed,
            col(Ballot.takes_effect_at) <= clock.now(),
            col(Network.state) == NetworkState.active,
            col(Application.state) == ApplicationState.active,
        )
        .order_by(col(Handling.application_id), col(Handling.id))
        .limit(AT_ONCE)
    )
    for seen in (await session.exec(statement)).all():
        application, handling = await lock(session, seen)
        await read_ties_again(session, handling)
        context = await load_context(session, actor=None, application=application, handling=handling, for_update=True)
        if handling.state is HandlingState.in_ballot and context.facts.effect_due:
            await _take_effect(session, context)
            await session.flush()


async def refuse_counted(session: AsyncSession, application: Application) -> None:
    """Keep on record what was counted against an application that ends now. The caller holds its lock.

    A ballot whose time is over is counted first; one that is open yet says nothing. A meeting's refusal that waits
    counts once its days are over and nobody who was there disputed it.
    """
    statement = select(Handling).where(
        col(Handling.application_id) == application.id,
        col(Handling.state).in_([HandlingState.in_ballot, HandlingState.in_review]),
    )
    for seen in (await session.exec(statement.order_by(col(Handling.id)))).all():
        _, handling = await lock(session, seen)
        await _refuse_counted(session, application, handling)


async def refuse_at_the_end(session: AsyncSession, application: Application, handling: Handling) -> bool:
    """What a network counted against a version while it was active stays on record when the network ends.

    Whether there was such a count. The caller holds the locks.
    """
    return await _refuse_counted(session, application, handling, ended=True)


async def _refuse_counted(
    session: AsyncSession, application: Application, handling: Handling, *, ended: bool = False
) -> bool:
    if handling.state is HandlingState.in_review:
        return await carry_refusal(session, application, handling, ended=ended)
    if handling.state is not HandlingState.in_ballot:
        return False
    await close_if_due(session, handling)
    await read_ties_again(session, handling)
    context = await load_context(session, actor=None, application=application, handling=handling, for_update=True)
    if not (context.facts.network_active or ended):
        return False
    await _drop_unconfirmed(session, context)
    if context.facts.outcome is not Outcome.failed or context.facts.votes_awaited:
        return False
    context.facts = replace(context.facts, network_active=True)
    await decline_by_clock(session, context)
    await session.flush()
    return True


async def _drop_unconfirmed(session: AsyncSession, context: HandlingContext) -> None:
    """Leave out recorded votes that decide and that nobody confirmed."""
    if context.facts.recorded_waits:
        assert context.ballot is not None
        await ballots.settle_recorded(
            session, handling=context.handling, ballot=context.ballot, confirmed=False, actor_id=None
        )
        await _reload(session, context)


async def _take_effect(session: AsyncSession, context: HandlingContext) -> None:
    await _drop_unconfirmed(session, context)
    facts = context.facts
    if facts.outcome is Outcome.passed and not facts.applicant_left:
        if facts.votes_awaited or not facts.member:
            return
        await _take_unanswered(session, context)
        await endorse_by_clock(session, context)
    elif facts.outcome is Outcome.failed:
        if not facts.votes_awaited:
            await decline_by_clock(session, context)
    else:
        HANDLING.apply("reopen_review", context.handling, actor=None, facts=facts)
        await back_in_review(session, context, None, None)


async def _take_unanswered(session: AsyncSession, context: HandlingContext) -> None:
    """Accept conditions that nobody answered: they are to be met before the authority begins."""
    assert context.ballot is not None
    for vote in await ballots.counted_votes(session, context.ballot):
        if vote.condition is not None and vote.condition_taken is None:
            vote.condition_taken, vote.condition_when = True, MetWhen.before
            vote.condition_answered_at = clock.now()
            answered = ConditionAnswered(**event_fields(context.handling), ballot_id=context.ballot.id, taken=True)
            await publish(session, answered, actor_id=None)
    await _reload(session, context)


async def _reload(session: AsyncSession, context: HandlingContext) -> None:
    await session.flush()
    fresh = await load_context(
        session, actor=None, application=context.application, handling=context.handling, for_update=True
    )
    context.facts = fresh.facts


async def ask_for_ballot(session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None) -> Handling:
    """Ask, as the applicant, for a ballot after the handling days, or to have a returned version handled as it is.

    It opens by itself after seven days, and never before the handling days are over. Where a meeting decides, or the
    network gives statements, a returned version is in review again and no ballot opens.
    """
    seen = await queries.handling(session, actor, handling_id)
    application, handling = await lock(session, seen)
    context = await load_context(session, actor=actor, application=application, handling=handling, for_update=True)
    applicants = await acting_ids(session, application.id, handling.version_number)
    who = ForApplicants(actor, application.id, applicants)
    HANDLING.require_may("ask_for_ballot", handling, actor=who)
    require_version(handling, if_version)
    HANDLING.apply("ask_for_ballot", handling, actor=who, facts=context.facts)
    by_meeting = context.facts.method is DecisionMethod.meeting_decides and not context.facts.meetings_fell
    if not context.facts.decides or context.facts.method is None or by_meeting:
        # only a returned version gets here: no ballot will open, and whoever leads brings it to a meeting
        await publish(session, ReviewBegun(**event_fields(handling)), actor_id=actor.id)
        await handling_mails.tell_ballot_asked(session, handling, context.network)
        return handling
    handling.ballot_asked_at, handling.ballot_asked_by = clock.now(), actor.person_id()
    handling.ballot_opens_at = max(deadline(ASKED_DAYS), clock.end_of_day(handling.handle_by))
    asked = BallotAsked(**event_fields(handling), opens_at=handling.ballot_opens_at)
    await publish(session, asked, actor_id=actor.id)
    await handling_mails.tell_ballot_asked(session, handling, context.network)
    return handling


async def open_asked(session: AsyncSession) -> None:
    """Open the ballots that applicants asked for and nobody opened, where anybody could vote in one."""
    statement = (
        select(Handling)
        .where(
            col(Handling.ballot_opens_at) <= clock.now(),
            col(Handling.state).in_([HandlingState.received, HandlingState.in_review]),
        )
        .order_by(col(Handling.application_id), col(Handling.id))
        .limit(AT_ONCE)
    )
    for seen in (await session.exec(statement)).all():
        application, handling = await lock(session, seen)
        due = handling.ballot_opens_at
        if due is None or due > clock.now():
            continue
        context = await load_context(session, actor=None, application=application, handling=handling, for_update=True)
        if context.facts.active and handling.state is HandlingState.received:
            HANDLING.apply("begin_review", handling, actor=None, facts=context.facts)
            await publish(session, ReviewBegun(**event_fields(handling)), actor_id=None)
            await session.flush()
            context = await load_context(
                session, actor=None, application=application, handling=handling, for_update=True
            )
        if context.facts.stands or (context.decision is not None and clock.now() < due + WAITS_FOR_DECISION):
            continue
        try:
            HANDLING.apply("open_ballot", handling, actor=None, facts=context.facts)
        except PuumerkkiError:
            continue
        assert context.rule is not None
        await drop_pending_decision(session, handling)
        await start(session, context, closes_at=deadline(context.rule.ballot_days), actor_id=None)
        touch(handling)
        await session.flush()
