"""What waits of applications for those who apply."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.types import DateTime
from sqlmodel import col

from puumerkki.access.actor import Caller
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import (
    ApplicantAnswer,
    Application,
    ApplicationApplicant,
    ApplicationState,
)
from puumerkki.applications.queries.applicants import ANSWERS
from puumerkki.applications.queries.stakeholders import by_applicants
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.kernel import clock
from puumerkki.kernel.deadlines import Deadline, falls
from puumerkki.kernel.last_day import days_after, last_day_of
from puumerkki.kernel.reads.listings import visible_in
from puumerkki.kernel.tasks import Task, waits

DAYS_BEFORE_CLOSING = 30
"""How long before a call closes a draft for it waits for its submission."""
DAYS_TO_ANSWER = 14
"""Within how many days an organisation is hoped to say whether it applies together with another."""


def _drafts() -> Select[Any]:
    """Drafts whose call closes soon."""
    # the moment is a parameter by name, since the compiled statement serves later reads too
    now = bindparam("caller_now", clock.now(), type_=DateTime(timezone=True))
    soon = now + func.make_interval(0, 0, 0, DAYS_BEFORE_CLOSING)
    own, closes_at = col(Application.applicant_id), col(FundingCall.closes_at)
    columns = waits(
        col(Application.id),
        scope_id=own,
        organisation_id=own,
        due_on=last_day_of(closes_at),
        since=col(Application.created_at),
    )
    return (
        select(*columns)
        .select_from(Application)
        .join(FundingCall, col(FundingCall.id) == col(Application.call_id))
        .where(col(Application.state) == ApplicationState.draft, closes_at > now, closes_at <= soon)
    )


def _asked() -> Select[Any]:
    """Organisations that are asked to apply together with another."""
    asked, since = col(ApplicationApplicant.organisation_id), col(ApplicationApplicant.asked_at)
    columns = waits(
        col(Application.id),
        scope_id=asked,
        organisation_id=asked,
        due_on=days_after(since, DAYS_TO_ANSWER),
        since=since,
    )
    return (
        select(*columns)
        .select_from(ApplicationApplicant)
        .join(Application, col(Application.id) == col(ApplicationApplicant.application_id))
        .where(
            col(Application.state).in_([ApplicationState.draft, ApplicationState.active]),
            col(ApplicationApplicant.answer).is_(None),
        )
    )


def for_writers(kind: str, subject: str, rows: Callable[[Any], Select[Any]], **more: Any) -> tuple[Task, Task]:
    """A kind for who writes an application, as the applicant that leads or as one beside it.

    `rows`: from the column of that organisation to a select from `application`.
    """

    def beside() -> Select[Any]:
        return (
            rows(col(ApplicationApplicant.organisation_id))
            .join(ApplicationApplicant, col(ApplicationApplicant.application_id) == col(Application.id))
            .where(col(ApplicationApplicant.answer) == ApplicantAnswer.accepted)
        )

    def task(of: Callable[[], Select[Any]]) -> Task:
        return Task(kind=kind, subject=subject, permissions=(P.applications_write,), rows=of, several=True, **more)

    return task(lambda: rows(col(Application.applicant_id))), task(beside)


TASKS = (
    Task(
        kind="application_to_submit",
        subject="application",
        permissions=(P.applications_submit,),
        rows=_drafts,
    ),
    Task(
        kind="co_applicant_to_answer",
        subject="application",
        permissions=ANSWERS,
        rows=_asked,
    ),
)


def _closing(caller: Caller) -> Select[Any]:
    """When the calls close for which there are drafts, for those who write them."""
    closes_at = col(FundingCall.closes_at)
    columns = falls(
        col(Application.id),
        due_on=last_day_of(closes_at),
        due_at=closes_at,
        since=col(Application.created_at),
        organisation_id=col(Application.applicant_id),
    )
    return (
        select(*columns)
        .select_from(Application)
        .join(FundingCall, col(FundingCall.id) == col(Application.call_id))
        .where(
            col(Application.state) == ApplicationState.draft,
            col(FundingCall.state) == CallState.published,
            visible_in(by_applicants(caller, P.applications_write, col(Application.id)), col(Application.id)),
        )
    )


DEADLINES = (Deadline(kind="call_closes", subject="application", rows=_closing),)
