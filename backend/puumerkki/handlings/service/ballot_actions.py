"""Opens and closes a handling's ballot, and answers the conditions proposed in it."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries.applicants import tied_applicants
from puumerkki.disqualification.service.tie_lapsing import require_heard
from puumerkki.handlings.errors.ballots import EarlyCloseNotAgreed, NoCondition
from puumerkki.handlings.events.ballots import ConditionAnswered
from puumerkki.handlings.models.handlings import Ballot, BallotState, Handling
from puumerkki.handlings.queries import ballots as ballot_queries
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.queries.electors import electors
from puumerkki.handlings.schemas.ballots import ConditionAnswer
from puumerkki.handlings.schemas.handlings import BallotGiven
from puumerkki.handlings.service import ballots, handling_mails
from puumerkki.handlings.service.conclusions import endorse_by_clock
from puumerkki.handlings.service.counting import close_if_due, read_ties_again
from puumerkki.handlings.service.handling_context import HandlingContext, load_context, lock, lock_handling, require_any
from puumerkki.handlings.service.handlings import event_fields, no_ballot_asked
from puumerkki.handlings.service.recorded_asks import ask_if_decisive
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel import clock, workdays
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import NotFound, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.networks.decision_rule import DecisionMethod, DecisionRule
from puumerkki.networks.tally import Outcome

LEAD = (P.handlings_lead,)
AGREEING = 2
"""So many members agree to an early close."""
LONGEST = timedelta(days=90)
TOLD_AGAIN = timedelta(days=1)
"""So often at most a member is written to about one condition, however often the answer is changed."""


async def open_ballot(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, given: BallotGiven
) -> Handling:
    """Let the network vote on the version at hand."""
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    HANDLING.apply("open_ballot", context.handling, actor=context.actor, facts=context.facts)
    assert context.rule is not None
    closes_at = _deadline(context.rule, given.closes_at, asked_for=context.handling.ballot_asked_at is not None)
    await start(session, context, closes_at=closes_at, actor_id=actor.id)
    return context.handling


async def start(session: AsyncSession, context: HandlingContext, *, closes_at: datetime, actor_id: UUID | None) -> None:
    """Open the ballot of a handling that has just entered the vote."""
    assert context.rulebook is not None
    no_ballot_asked(context.handling)
    await ballots.open_ballot(
        session,
        handling=context.handling,
        rulebook=context.rulebook,
        electors=await electors(session, context.handling, context.rule),
        applicant_ids=await tied_applicants(session, context.application.id),
        closes_at=closes_at,
        actor_id=actor_id,
    )


def _deadline(rule: DecisionRule, asked: datetime | None, *, asked_for: bool) -> datetime:
    """The end of a day. What the applicant asked for, since it had waited, ends on the first day that may be."""
    soonest = workdays.deadline(rule.ballot_days)
    if asked is None:
        return soonest
    if asked < soonest:
        raise invalid("/closes_at", "too_soon", f"The ballot closes at {soonest.isoformat()} at the earliest.")
    if asked_for and clock.last_day(asked) > clock.last_day(soonest):
        raise invalid("/closes_at", "too_late", "The applicant asked for this ballot: it lasts the rulebook's days.")
    if asked > clock.now() + LONGEST:
        raise invalid("/closes_at", "too_late", "A ballot is open for 90 days at most.")
    return workdays.end_of(clock.last_day(asked))


async def context_of_ballot(
    session: AsyncSession,
    *,
    actor: Actor,
    handling_id: UUID,
    if_version: int | None,
    needs: tuple[P, ...] = LEAD,
) -> tuple[HandlingContext, Ballot]:
    """Lock a handling as `lock_handling` does, where the given version is the ballot's."""
    seen = await queries.handling(session, actor, handling_id)
    await require_any(session, actor, needs, on=seen)
    application, handling = await lock(session, seen)
    ballot = await ballots.newest(session, handling.id, for_update=True)
    if ballot is None:
        raise NotFound()
    require_version(ballot, if_version)
    await close_if_due(session, handling)
    await read_ties_again(session, handling)
    context = await load_context(session, actor=actor, application=application, handling=handling, for_update=True)
    return context, ballot


async def close_ballot(session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None) -> Handling:
    """Close the ballot early: all have voted themselves, and two members agree or the rulebook allows it."""
    context, ballot = await context_of_ballot(session, actor=actor, handling_id=handling_id, if_version=if_version)
    HANDLING.apply("close_ballot", context.handling, actor=context.actor, facts=context.facts)
    await require_heard(session, queries.tie_case(context.handling))
    counted = await ballots.count(session, ballot)
    own = await ballots.all_voted(session, ballot)
    rule = DecisionRule.model_validate(ballot.rule)
    if not rule.closes_early and sum(vote.early_close for vote in own) < AGREEING:
        raise EarlyCloseNotAgreed()
    await ballots.close(session, handling=context.handling, ballot=ballot, counted=counted, actor_id=actor.id)
    touch(context.handling)
    return context.handling


async def answer_condition(
    session: AsyncSession,
    *,
    actor: Actor,
    handling_id: UUID,
    member_id: UUID,
    if_version: int | None,
    given: ConditionAnswer,
) -> Handling:
    """Accept a proposed condition, or say why not. The same answer again changes nothing."""
    context, ballot = await context_of_ballot(session, actor=actor, handling_id=handling_id, if_version=if_version)
    HANDLING.apply("answer_condition", context.handling, actor=context.actor, facts=context.facts)
    vote = next(iter(await ballot_queries.votes(session, ballot.id, members={member_id})), None)
    if vote is None or vote.condition is None:
        raise NoCondition()
    when = given.when if given.taken else None
    if (vote.condition_taken, vote.condition_when, vote.condition_answer) == (given.taken, when, given.answer):
        return context.handling
    if vote.condition_taken is not given.taken:
        # what the member said, and its days to say it, were of the other answer
        vote.stands, vote.condition_answered_at = None, clock.now()
    vote.condition_taken, vote.condition_when, vote.condition_answer = given.taken, when, given.answer
    await ballots.recount(session, handling=context.handling, ballot=ballot)
    await ask_if_decisive(session, context.handling, ballot)
    touch(ballot)
    touch(context.handling)
    answered = ConditionAnswered(**event_fields(context.handling), ballot_id=ballot.id, taken=given.taken)
    await publish(session, answered, actor_id=actor.id)
    told = vote.condition_told_at
    if not given.taken and (told is None or clock.now() >= told + TOLD_AGAIN):
        vote.condition_told_at = clock.now()
        await handling_mails.tell_condition_refused(session, context.handling, vote)
    return context.handling


async def close_due_ballots(session: AsyncSession) -> None:
    """Count every ballot whose time is over. Where nobody can object any more, endorse at once."""
    statement = (
        select(Handling)
        .join(Ballot, col(Ballot.handling_id) == col(Handling.id))
        .where(col(Ballot.state) == BallotState.open, col(Ballot.closes_at) <= clock.now())
        .order_by(col(Handling.application_id), col(Handling.id))
        .limit(200)
    )
    for seen in (await session.exec(statement)).all():
        application, handling = await lock(session, seen)
        if not await close_if_due(session, handling):
            continue
        context = await load_context(session, actor=None, application=application, handling=handling, for_update=True)
        rule = DecisionRule.model_validate(context.ballot.rule) if context.ballot else None
        by_itself = rule is not None and rule.method is DecisionMethod.no_objection and context.facts.active
        by_itself = (
            by_itself and not context.facts.recorded_waits and context.facts.network_active and context.facts.member
        )
        passed = context.facts.outcome is Outcome.passed and not context.facts.unanswered_conditions
        if by_itself and passed and not context.facts.applicant_left and handling.state is HandlingState.in_ballot:
            await endorse_by_clock(session, context)
        await session.flush()
