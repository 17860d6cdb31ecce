"""From what day on a network may rest or close."""

from datetime import date, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.networks.models.decisions import DecisionKind
from puumerkki.networks.open_work import open_work
from puumerkki.networks.queries.changes import DAYS_TO_ANSWER, what_waits

DAYS_OF_NOTICE = 30


async def earliest_day(session: AsyncSession, network_id: UUID, kind: DecisionKind) -> date:
    """Today where nothing is open and nobody relies on the network.

    Otherwise 30 days off, after the last day of every call that an open case serves, and when the authorities whose
    requirements name the network will have had their days to answer.
    """
    today = clock.today()
    found = today
    work = await open_work(session, network_id)
    if work.cases:
        found = today + timedelta(days=DAYS_OF_NOTICE)
    if work.last_call_day is not None:
        found = max(found, work.last_call_day + timedelta(days=1))
    untold, waits = await what_waits(session, network_id)
    if kind.change in untold:
        found = max(found, today + timedelta(days=DAYS_TO_ANSWER))
    elif kind.change is not None and kind.change in waits:
        found = max(found, waits[kind.change])
    return found


async def day_after_calls(session: AsyncSession, network_id: UUID) -> date | None:
    """The day after the last day of every call that an open case serves: what is decided comes no earlier."""
    last = (await open_work(session, network_id)).last_call_day
    return None if last is None else last + timedelta(days=1)
