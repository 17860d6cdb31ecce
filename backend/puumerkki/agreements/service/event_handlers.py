"""What reports and evaluations mean for the duties of an agreement."""

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.agreements.models import DutyKind
from puumerkki.agreements.service import duties
from puumerkki.reports.events import EvaluationGiven, ReportReturned, ReportSubmitted


async def after_report_submitted(session: AsyncSession, event: ReportSubmitted) -> None:
    """Whoever has reported on a year need not be reminded of it."""
    if event.about_kind == "agreement":
        await duties.settle(session, event.about_id, DutyKind.report, event.organisation_id, event.year, None)


async def after_report_returned(session: AsyncSession, event: ReportReturned) -> None:
    """A report that has to be mended is due again."""
    if event.about_kind == "agreement":
        await duties.reopen(session, event.about_id, DutyKind.report, event.organisation_id, event.year, None)


async def after_evaluation_given(session: AsyncSession, event: EvaluationGiven) -> None:
    """Whoever has evaluated a year need not be reminded of it."""
    if event.subject.kind == "agreement":
        await duties.settle(session, event.subject.id, DutyKind.evaluation, event.organisation_id, event.year, None)
