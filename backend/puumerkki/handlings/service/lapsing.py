"""Ends handlings that no call needs any more."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.models.applications import ApplicationVersion
from puumerkki.applications.queries.frozen import call_named
from puumerkki.handlings.events.handlings import HandlingLapsed
from puumerkki.handlings.models.handlings import OPEN_HANDLING, BallotState, Handling, LapseReason
from puumerkki.handlings.queries.counts import decision_waits, refusal_waits
from puumerkki.handlings.queries.named_calls import closed_calls, filed_elsewhere, serves, version_handled
from puumerkki.handlings.service import ballots
from puumerkki.handlings.service.handling_context import lock
from puumerkki.handlings.service.handlings import drop_pending_decision, event_fields, no_ballot_asked
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import publish


async def lapse_due(session: AsyncSession) -> None:
    """End the open handlings of versions that are past every call they could serve.

    A version without a call serves none in particular and does not lapse. Neither does one that a funder has, or
    that is planned for a funder without a call or for a call that is still open: the network's answer may matter there.
    A refusal that was counted stays one; a meeting's decision that waits takes effect or falls first. Whether a call
    has been moved meanwhile is read again under the lock.
    """
    statement = (
        select(Handling)
        .join(ApplicationVersion, version_handled())
        .where(col(Handling.state).in_(OPEN_HANDLING), call_named().in_(closed_calls()), ~filed_elsewhere())
        .order_by(col(Handling.application_id), col(Handling.id))
        .limit(200)
    )
    for seen in (await session.exec(statement)).all():
        _, handling = await lock(session, seen)
        if handling.state not in OPEN_HANDLING or await serves(session, handling):
            continue
        waits = await decision_waits(session, handling.application_id, handling.id)
        if not waits and not await refusal_waits(session, handling):
            await lapse(session, handling, LapseReason.call_over)
    await session.flush()


async def lapse(session: AsyncSession, handling: Handling, reason: LapseReason) -> None:
    """End an open handling and its open ballot; the caller holds the handling's lock."""
    ballot = await ballots.newest(session, handling.id, for_update=True)
    if ballot is not None and ballot.state is BallotState.open:
        await ballots.annul(session, handling=handling, ballot=ballot, reason=None, actor_id=None)
    # the reason stands before the state does: the database wants both
    handling.lapse_reason = reason
    HANDLING.apply("lapse", handling, actor=None)
    handling.decided_at = clock.now()
    no_ballot_asked(handling)
    await drop_pending_decision(session, handling)
    await publish(session, HandlingLapsed(**event_fields(handling), cause=reason), actor_id=None)
