"""Asks second persons to confirm recorded votes where these decide."""

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.handlings.models.handlings import Ballot, Handling
from puumerkki.handlings.queries import ballots as queries
from puumerkki.handlings.queries.second_persons import to_ask
from puumerkki.handlings.service import ballots, handling_mails


async def ask_if_decisive(session: AsyncSession, handling: Handling, ballot: Ballot) -> None:
    """Ask everybody who could confirm them, once: by task and by mail."""
    if ballot.recorded_asked_ids or not await ballots.recorded_decide(session, ballot):
        return
    able = [
        set(await to_ask(session, handling, first_id=recorder))
        for recorder in await queries.recorders(session, ballot.id)
    ]
    ballot.recorded_asked_ids = sorted(set.intersection(*able)) if able else []
    await handling_mails.ask_to_confirm_recorded(session, handling, ballot)
