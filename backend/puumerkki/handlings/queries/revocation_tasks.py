"""What waits of endorsements that are taken back, made to last longer, or that end soon."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, or_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.access.actor import granted
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application, ApplicationState, VersionApplicant
from puumerkki.applications.queries.application_tasks import for_writers
from puumerkki.endorsements.models.endorsements import Endorsement, EndorsementState
from puumerkki.endorsements.models.revocations import Prolongation, Revocation, RevocationState
from puumerkki.endorsements.queries.revocations import EXPIRING_DAYS
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.task_rows import asked, handlings, task
from puumerkki.kernel.last_day import days_after, last_day_of
from puumerkki.kernel.tasks import waits
from puumerkki.networks.queries import today_of
from puumerkki.networks.queries.participation import now_of
from puumerkki.networks.queries.second_persons import DAYS_FOR_SECOND


def _to_confirm() -> Select[Any]:
    """Once the applicant was heard a second person has as many days as for anything; they may drop it before."""
    due_on = last_day_of(col(Revocation.heard_until) + timedelta(days=DAYS_FOR_SECOND))
    rows = handlings(due_on=due_on, since=col(Revocation.proposed_at), asked_ids=col(Revocation.asked_ids))
    return rows.join(Revocation, col(Revocation.handling_id) == col(Handling.id)).where(
        col(Revocation.state) == RevocationState.open
    )


def _to_prolong() -> Select[Any]:
    """Before the puumerkki ends."""
    since = col(Prolongation.created_at)
    rows = handlings(
        due_on=func.least(days_after(since, DAYS_FOR_SECOND), col(Prolongation.former_valid_until)),
        since=since,
        asked_ids=col(Prolongation.asked_ids),
    )
    return rows.join(Prolongation, col(Prolongation.handling_id) == col(Handling.id)).where(
        col(Prolongation.confirmed_at).is_(None)
    )


def _to_state(scope_id: Any) -> Select[Any]:
    """For the applicants, while they are heard."""
    columns = waits(
        col(Handling.id),
        scope_id=scope_id,
        network_id=col(Handling.network_id),
        due_on=last_day_of(col(Revocation.heard_until)),
        since=col(Revocation.proposed_at),
        application_id=col(Handling.application_id),
        version_number=col(Handling.version_number),
        views=col(Revocation.views),
    )
    return (
        core_select(*columns)
        .select_from(Application)
        .join(Handling, col(Handling.application_id) == col(Application.id))
        .join(Revocation, col(Revocation.handling_id) == col(Handling.id))
        .where(col(Revocation.state) == RevocationState.open, col(Revocation.heard_until) > now_of())
    )


def _unheard(row: Any, caller: Any) -> ColumnElement[bool]:
    """An applicant in whose name the caller acts has not given its view yet."""
    applicant = aliased(VersionApplicant)
    return (
        core_select(col(applicant.organisation_id))
        .where(
            col(applicant.application_id) == row.application_id,
            col(applicant.version_number) == row.version_number,
            col(applicant.left_at).is_(None),
            granted(P.applications_write, on=col(applicant.organisation_id), caller=caller),
            ~func.jsonb_exists(row.views, cast(col(applicant.organisation_id), Text)),
        )
        .correlate_except(applicant)
        .exists()
    )


def _ending() -> Select[Any]:
    """To think of: an endorsement that ends soon."""
    rows = handlings(due_on=col(Endorsement.valid_until), since=col(Endorsement.issued_at))
    return (
        rows.join(Endorsement, col(Endorsement.handling_id) == col(Handling.id))
        .join(Application, col(Application.id) == col(Handling.application_id))
        .where(
            col(Endorsement.state) == EndorsementState.valid,
            col(Endorsement.prolonged_at).is_(None),
            col(Endorsement.valid_until) >= today_of(),
            col(Endorsement.valid_until) <= today_of() + EXPIRING_DAYS,
            col(Application.state) == ApplicationState.active,
            ~_proposed(),
        )
    )


def _proposed() -> ColumnElement[bool]:
    waits = core_select(col(Prolongation.id)).where(col(Prolongation.endorsement_id) == col(Endorsement.id)).exists()
    reviewed = (
        core_select(col(Revocation.id))
        .where(col(Revocation.endorsement_id) == col(Endorsement.id), col(Revocation.state) == RevocationState.open)
        .exists()
    )
    return or_(waits, reviewed)


TASKS = (
    task("revocation_to_confirm", (P.handlings_read,), _to_confirm, asked),
    task("prolongation_to_confirm", (P.handlings_read,), _to_prolong, asked),
    *for_writers("view_to_state", "handling", _to_state, fits=_unheard),
    task("endorsement_ending", (P.handlings_lead,), _ending, None),
)
