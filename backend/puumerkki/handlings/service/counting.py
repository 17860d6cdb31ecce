"""Counts a ballot when its time is over, and again when it takes effect: ties are read again. Hold the locks."""

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.models.recipients import HandlingState
from puumerkki.endorsements.queries import revocations
from puumerkki.handlings.models.handlings import BallotPurpose, BallotState, Handling
from puumerkki.handlings.service import ballots
from puumerkki.handlings.service.recorded_asks import ask_if_decisive
from puumerkki.handlings.service.tied_votes import remove_tied_votes
from puumerkki.handlings.workflow.handlings import HANDLING, HandlingFacts
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch


async def close_if_due(session: AsyncSession, handling: Handling) -> bool:
    """Count the handling's open ballot if its time is over, whether or not the clock's job has run."""
    if handling.state not in (HandlingState.in_ballot, HandlingState.endorsed):
        return False
    ballot = await ballots.newest(session, handling.id, for_update=True)
    if ballot is None or ballot.state is not BallotState.open or clock.now() < ballot.closes_at:
        return False
    revocation = await revocations.open_revocation(session, handling.id)
    # its own end is never before that of the hearing
    facts = HandlingFacts(ballot=ballot.state, revocation=revocation.way if revocation else None, heard=True)
    HANDLING.check("close_ballot", handling, actor=None, facts=facts)
    counted = await ballots.count(session, ballot)
    await ballots.close(session, handling=handling, ballot=ballot, counted=counted, actor_id=None)
    await ask_if_decisive(session, handling, ballot)
    touch(handling)
    await session.flush()
    return True


async def read_ties_again(session: AsyncSession, handling: Handling) -> None:
    """Remove the votes of people who are tied by now from a counted ballot, and count again."""
    if handling.state is not HandlingState.in_ballot:
        return
    ballot = await ballots.newest(session, handling.id, for_update=True)
    if ballot is None or ballot.state is not BallotState.closed or ballot.purpose is not BallotPurpose.give:
        return
    if await remove_tied_votes(session, handling, ballot):
        await ballots.recount(session, handling=handling, ballot=ballot)
        await ask_if_decisive(session, handling, ballot)
        touch(handling)
