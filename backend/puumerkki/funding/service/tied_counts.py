"""Ties are read again when a counted ballot takes effect: what is found wrong is taken out."""

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.funding.models import BallotPurpose, BallotState, Handling, HandlingState
from puumerkki.funding.service import ballots
from puumerkki.funding.service.tied_votes import take_out_tied
from puumerkki.kernel.db import touch


async def read_ties_again(session: AsyncSession, handling: Handling) -> None:
    """Take the votes of people who are tied by now out of a counted ballot, and count anew."""
    if handling.state is not HandlingState.in_ballot:
        return
    ballot = await ballots.newest(session, handling.id, for_update=True)
    if ballot is None or ballot.state is not BallotState.closed or ballot.purpose is not BallotPurpose.give:
        return
    if await take_out_tied(session, handling, ballot):
        await ballots.recount(session, handling=handling, ballot=ballot)
        touch(handling)
