"""What waits of filings for those who apply: to file before the call closes, to record the decision, to report."""

from typing import Any

from sqlalchemy import Select, bindparam, func, literal, select
from sqlalchemy.types import DateTime, Integer
from sqlmodel import col

from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import Application, ApplicationState
from puumerkki.applications.queries.application_tasks import DAYS_BEFORE_CLOSING, for_writers
from puumerkki.calls.models import FundingCall
from puumerkki.filings.models import Filing, FilingState
from puumerkki.kernel import clock
from puumerkki.kernel.last_day import days_after, last_day_of
from puumerkki.kernel.tasks import Ladder, PassesOn, waits
from puumerkki.networks.queries.participation import today_of

DAYS_TO_DECIDE = 120
"""Within how many days after it was filed a funder is expected to have decided, unless another day is known."""
DAYS_TO_REPORT = 60
"""So many days before its last day a report to the funder is asked for."""

DAYS_TO_ADD_A_DAY = 14
"""Within how many days the day of that report is to be entered."""


def _to_file(scope_id: Any) -> Select[Any]:
    """Planned ones whose call closes soon, or has closed: were they filed?"""
    # the moment is a parameter by name, since the compiled statement serves later reads too
    now = bindparam("caller_now", clock.now(), type_=DateTime(timezone=True))
    closes_at = col(FundingCall.closes_at)
    return (
        _filings(scope_id, due_on=last_day_of(closes_at), since=col(Filing.created_at))
        .join(FundingCall, col(FundingCall.id) == col(Filing.call_id))
        .where(
            col(Filing.state) == FilingState.planned,
            col(Application.state) == ApplicationState.active,
            closes_at <= now + func.make_interval(0, 0, 0, DAYS_BEFORE_CLOSING),
        )
    )


def _to_record(scope_id: Any) -> Select[Any]:
    """Filed ones: what did the funder decide?"""
    due_on = func.coalesce(col(Filing.expected_on), col(Filing.filed_on) + literal(DAYS_TO_DECIDE, Integer()))
    return _filings(scope_id, due_on=due_on, since=col(Filing.updated_at)).where(col(Filing.state) == FilingState.filed)


def _to_report(scope_id: Any) -> Select[Any]:
    """What was granted is reported to the funder, from `DAYS_TO_REPORT` before the last day."""
    due_on = col(Filing.report_by)
    return _filings(scope_id, due_on=due_on, since=col(Filing.updated_at)).where(
        col(Filing.state).in_([FilingState.granted, FilingState.plan_changed]),
        due_on <= today_of() + literal(DAYS_TO_REPORT, Integer()),
    )


def _day_to_add(scope_id: Any) -> Select[Any]:
    """Granted ones without a day for the report, of which nothing would remind anybody."""
    since = col(Filing.updated_at)
    return _filings(scope_id, due_on=days_after(since, DAYS_TO_ADD_A_DAY), since=since).where(
        col(Filing.state).in_([FilingState.granted, FilingState.plan_changed]), col(Filing.report_by).is_(None)
    )


def _filings(scope_id: Any, **columns: Any) -> Select[Any]:
    found = waits(col(Filing.id), scope_id=scope_id, organisation_id=col(Application.applicant_id), **columns)
    return select(*found).select_from(Application).join(Filing, col(Filing.application_id) == col(Application.id))


TASKS = (
    *for_writers("filing_to_file", "filing", _to_file),
    *for_writers("filing_result_to_record", "filing", _to_record, ladder=Ladder.slow),
    *for_writers("grant_report_day_to_add", "filing", _day_to_add, ladder=Ladder.slow),
    *for_writers("grant_report_due", "filing", _to_report, passes_on=(PassesOn(7, (Role.owner,)),)),
)
