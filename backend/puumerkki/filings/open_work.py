"""What a network has not finished: its open handlings, and the calls that they serve."""

from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.models.applications import ApplicationVersion
from puumerkki.applications.queries.frozen import call_named
from puumerkki.calls.models import FundingCall
from puumerkki.filings.models import ENDED_FILING, Filing
from puumerkki.handlings.models.handlings import OPEN_HANDLING, Handling
from puumerkki.kernel import clock
from puumerkki.networks.open_work import OpenWork


async def open_work(session: AsyncSession, network_id: UUID) -> OpenWork:
    """How many handlings are open, and the last day of the calls that their versions name or have a filing to."""
    is_open = and_(col(Handling.network_id) == network_id, col(Handling.state).in_(OPEN_HANDLING))
    cases = (await session.exec(select(func.count()).select_from(Handling).where(is_open))).one()
    named = (
        select(call_named())
        .select_from(Handling)
        .join(
            ApplicationVersion,
            and_(
                col(ApplicationVersion.application_id) == col(Handling.application_id),
                col(ApplicationVersion.number) == col(Handling.version_number),
            ),
        )
        .where(is_open)
    )
    planned = (
        select(col(Filing.call_id))
        .join(Handling, col(Handling.application_id) == col(Filing.application_id))
        .where(is_open, col(Filing.state).not_in(ENDED_FILING), col(Filing.call_id).is_not(None))
    )
    statement = select(func.max(FundingCall.closes_at)).where(
        or_(col(FundingCall.id).in_(named), col(FundingCall.id).in_(planned))
    )
    last = (await session.exec(statement)).one()
    return OpenWork(cases, None if last is None else clock.last_day(last))
