"""What waits of filings for those who apply: to file before the call closes, to record what the funder decided."""

from typing import Any

from sqlalchemy import Select, bindparam, func, literal, select
from sqlalchemy.types import DateTime, Integer
from sqlmodel import col

from puumerkki.applications.models.applications import Application, ApplicationState
from puumerkki.applications.queries.application_tasks import DAYS_BEFORE_CLOSING, for_writers
from puumerkki.calls.models import FundingCall
from puumerkki.filings.models import Filing, FilingState
from puumerkki.kernel import clock
from puumerkki.kernel.last_day import last_day_of
from puumerkki.kernel.tasks import waits

DAYS_TO_DECIDE = 120
"""Within how many days after it was filed a funder is expected to have decided."""


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
    due_on = col(Filing.filed_on) + literal(DAYS_TO_DECIDE, Integer())
    return _filings(scope_id, due_on=due_on, since=col(Filing.updated_at)).where(col(Filing.state) == FilingState.filed)


def _filings(scope_id: Any, **columns: Any) -> Select[Any]:
    found = waits(col(Filing.id), scope_id=scope_id, organisation_id=col(Application.applicant_id), **columns)
    return select(*found).select_from(Application).join(Filing, col(Filing.application_id) == col(Application.id))


TASKS = (
    *for_writers("filing_to_file", "filing", _to_file),
    *for_writers("filing_result_to_record", "filing", _to_record),
)
