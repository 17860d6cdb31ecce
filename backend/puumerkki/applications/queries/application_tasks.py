"""What waits of applications for those who apply."""

from typing import Any

from sqlalchemy import Select, bindparam, cast, func, literal, null, or_, union_all
from sqlalchemy.types import Date, DateTime, Text, Uuid
from sqlmodel import col, select

from puumerkki.access.actor import Viewer, granted
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application, ApplicationApplicant, ApplicationState
from puumerkki.applications.queries.applicants import ANSWERS
from puumerkki.calls.models import FundingCall
from puumerkki.kernel import clock
from puumerkki.kernel.db import Moment
from puumerkki.kernel.last_day import last_day_of

DAYS_BEFORE_CLOSING = 30
"""How long before a call closes a draft for it waits for its submission."""


def waiting(viewer: Viewer) -> Select[Any]:
    """What waits for a viewer who writes or submits applications.

    Drafts whose call closes soon, and being asked to apply together. What was returned is among what waits of
    handlings, supplements are among what waits of partner requests.
    """
    # the moment is a parameter by name, since the compiled statement serves later reads too
    now = bindparam("viewer_now", clock.now(), type_=DateTime(timezone=True))
    soon = now + func.make_interval(0, 0, 0, DAYS_BEFORE_CLOSING)
    closing = last_day_of(col(FundingCall.closes_at))
    drafts = (
        task("application_to_submit", "application", Application.id, null(), closing, Application.created_at)
        .join(FundingCall, col(FundingCall.id) == col(Application.call_id))
        .where(
            col(Application.state) == ApplicationState.draft,
            col(FundingCall.closes_at) > now,
            col(FundingCall.closes_at) <= soon,
            granted(P.applications_submit, on=col(Application.applicant_id), viewer=viewer),
        )
    )
    asked = (
        task(
            "co_applicant_to_answer",
            "application",
            Application.id,
            null(),
            null(),
            ApplicationApplicant.asked_at,
            organisation_id=ApplicationApplicant.organisation_id,
        )
        .join(ApplicationApplicant, col(ApplicationApplicant.application_id) == col(Application.id))
        .where(
            col(Application.state).in_([ApplicationState.draft, ApplicationState.active]),
            col(ApplicationApplicant.answer).is_(None),
            or_(*(granted(one, on=col(ApplicationApplicant.organisation_id), viewer=viewer) for one in ANSWERS)),
        )
    )
    tasks = union_all(drafts, asked).subquery("applications_waiting")
    return select(*tasks.c)  # type: ignore[no-any-return]


def task(
    kind: str,
    subject: str,
    key: Any,
    network_id: Any,
    due_on: Any,
    created_at: Any,
    *,
    organisation_id: Any = Application.applicant_id,
) -> Select[Any]:
    """One row of what waits for who applies, in the columns that `desk` joins."""
    return select(  # type: ignore[call-overload, no-any-return]
        cast(literal(kind), Text).label("kind"),
        cast(literal(subject), Text).label("subject_kind"),
        col(key).label("subject_id"),
        cast(network_id, Uuid()).label("network_id"),
        col(organisation_id).label("organisation_id"),
        cast(due_on, Date).label("due_on"),
        cast(created_at, Moment).label("created_at"),
    ).select_from(Application)
