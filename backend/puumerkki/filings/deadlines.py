"""When the calls close to whose funders somebody plans to file."""

from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col

from puumerkki.access.actor import Caller
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application, ApplicationState
from puumerkki.applications.queries.stakeholders import by_applicants
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.filings.models import Filing, FilingState
from puumerkki.kernel.deadlines import Deadline, falls
from puumerkki.kernel.last_day import last_day_of
from puumerkki.kernel.reads.listings import visible_in


def _planned(caller: Caller) -> Select[Any]:
    """Planned filings of those who write them; the task to file opens some weeks before."""
    closes_at = col(FundingCall.closes_at)
    columns = falls(
        col(Filing.id),
        due_on=last_day_of(closes_at),
        due_at=closes_at,
        since=col(Filing.created_at),
        organisation_id=col(Application.applicant_id),
    )
    return (
        select(*columns)
        .select_from(Filing)
        .join(Application, col(Application.id) == col(Filing.application_id))
        .join(FundingCall, col(FundingCall.id) == col(Filing.call_id))
        .where(
            col(Filing.state) == FilingState.planned,
            col(Application.state) == ApplicationState.active,
            col(FundingCall.state) == CallState.published,
            visible_in(by_applicants(caller, P.applications_write, col(Filing.application_id)), col(Filing.id)),
        )
    )


DEADLINES = (Deadline(kind="call_closes", subject="filing", rows=_planned),)
