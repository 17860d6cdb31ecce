"""What the next step in a filing depends on."""

from datetime import timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application, ApplicationState
from puumerkki.applications.queries.applicants import writer_ids
from puumerkki.calls.models import FundingCall
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.filings import queries
from puumerkki.filings.models import Filing
from puumerkki.filings.service import available
from puumerkki.filings.tasks import DAYS_TO_DECIDE
from puumerkki.guidance.workflow.asked import Ask
from puumerkki.guidance.workflow.filings import FilingFacts
from puumerkki.kernel import clock


async def filing_facts(session: AsyncSession, actor: Actor, filing: Filing, asks: tuple[Ask, ...]) -> FilingFacts:
    """The facts of a filing that the actor may know of."""
    _, funder = await queries.names(session, filing)
    application = await session.get_one(Application, filing.application_id)
    writers = await writer_ids(session, application)
    closes = await session.exec(select(FundingCall.closes_at).where(col(FundingCall.id) == filing.call_id))
    closes_at = closes.first()
    until = await session.exec(select(col(Endorsement.valid_until)).where(col(Endorsement.id) == filing.endorsement_id))
    return FilingFacts(
        id=filing.id,
        application_id=application.id,
        today=clock.today(),
        funder=funder,
        state=filing.state,
        may=frozenset(one.action for one in await available(session, actor, filing) if one.allowed),
        asks=asks,
        plans=application.state is ApplicationState.active and any(actor.may(P.filings_write, one) for one in writers),
        planned_on=clock.day_of(filing.created_at),
        closes_on=closes_at and clock.last_day(closes_at),
        filed_on=filing.filed_on,
        expected_on=filing.expected_on
        or (filing.filed_on + timedelta(days=DAYS_TO_DECIDE) if filing.filed_on else None),
        report_on=filing.report_by,
        decided_on=filing.decided_on,
        reported_on=filing.reported_on,
        valid_until=until.first(),
    )
