"""What waits of endorsements that are taken back, made to last longer, or that end soon."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, DateTime, Select, Text, cast, func, literal, or_, union_all
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col

from puumerkki.access.actor import Viewer, granted, viewer_id
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application, ApplicationState, VersionApplicant
from puumerkki.applications.queries.stakeholders import by_applicants
from puumerkki.disqualification.queries.tied import is_tied_sql
from puumerkki.endorsements.models.endorsements import Endorsement, EndorsementState
from puumerkki.endorsements.models.revocations import Prolongation, Revocation, RevocationState
from puumerkki.endorsements.queries.revocations import EXPIRING_DAYS
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.task_rows import asked_now
from puumerkki.kernel.last_day import last_day_of
from puumerkki.kernel.reads.listings import visible_via
from puumerkki.networks.queries import today_of
from puumerkki.networks.queries.participation import now_of


def waiting(viewer: Viewer) -> Select[Any]:
    """Tasks: to confirm, to state a view, to think of an endorsement that ends; in the columns that `desk` joins."""
    rows = union_all(_to_confirm(viewer), _to_prolong(viewer), _to_state(viewer), _ending(viewer))
    found = rows.subquery("revocations_waiting")
    return core_select(*found.c)


def _task(kind: str, *, due_on: Any, since: Any, organisation_id: Any = None) -> Select[Any]:
    columns: tuple[Any, ...] = (
        cast(literal(kind), Text).label("kind"),
        cast(literal("handling"), Text).label("subject_kind"),
        col(Handling.id).label("subject_id"),
        col(Handling.network_id).label("network_id"),
        cast(organisation_id, Uuid[UUID]()).label("organisation_id"),
        cast(due_on, Date).label("due_on"),
        cast(since, DateTime(timezone=True)).label("created_at"),
    )
    return core_select(*columns).select_from(Handling)


def _asked(ids: Any, viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    """Who was asked as a second person, still is of the network, and was not found to be tied since."""
    untied = ~is_tied_sql(viewer_id(viewer), col(Handling.application_id), col(Handling.network_id))
    return asked_now(ids, viewer), granted(P.handlings_read, on=col(Handling.network_id), viewer=viewer), untied


def _to_confirm(viewer: Viewer) -> Select[Any]:
    task = _task("revocation_to_confirm", due_on=None, since=col(Revocation.proposed_at))
    return task.join(Revocation, col(Revocation.handling_id) == col(Handling.id)).where(
        col(Revocation.state) == RevocationState.open, *_asked(col(Revocation.asked_ids), viewer)
    )


def _to_prolong(viewer: Viewer) -> Select[Any]:
    task = _task(
        "prolongation_to_confirm", due_on=col(Prolongation.former_valid_until), since=col(Prolongation.created_at)
    )
    return task.join(Prolongation, col(Prolongation.handling_id) == col(Handling.id)).where(
        col(Prolongation.confirmed_at).is_(None), *_asked(col(Prolongation.asked_ids), viewer)
    )


def _to_state(viewer: Viewer) -> Select[Any]:
    day = last_day_of(col(Revocation.heard_until))
    task = _task("view_to_state", due_on=day, since=col(Revocation.proposed_at))
    applies = visible_via(by_applicants(viewer, P.applications_write, col(Handling.application_id)), col(Handling.id))
    return task.join(Revocation, col(Revocation.handling_id) == col(Handling.id)).where(
        col(Revocation.state) == RevocationState.open,
        col(Revocation.heard_until) > now_of(),
        applies,
        _unheard(viewer),
    )


def _unheard(viewer: Viewer) -> ColumnElement[bool]:
    """An applicant in whose name the viewer acts has not given its view yet."""
    applicant = aliased(VersionApplicant)
    return (
        core_select(col(applicant.organisation_id))
        .where(
            col(applicant.application_id) == col(Handling.application_id),
            col(applicant.version_number) == col(Handling.version_number),
            col(applicant.left_at).is_(None),
            granted(P.applications_write, on=col(applicant.organisation_id), viewer=viewer),
            ~func.jsonb_exists(col(Revocation.views), cast(col(applicant.organisation_id), Text)),
        )
        .correlate_except(applicant)
        .exists()
    )


def _ending(viewer: Viewer) -> Select[Any]:
    task = _task("endorsement_ending", due_on=col(Endorsement.valid_until), since=col(Endorsement.issued_at))
    return (
        task.join(Endorsement, col(Endorsement.handling_id) == col(Handling.id))
        .join(Application, col(Application.id) == col(Handling.application_id))
        .where(
            col(Endorsement.state) == EndorsementState.valid,
            col(Endorsement.prolonged_at).is_(None),
            col(Endorsement.valid_until) >= today_of(),
            col(Endorsement.valid_until) <= today_of() + EXPIRING_DAYS,
            col(Application.state) == ApplicationState.active,
            ~_proposed(),
            granted(P.handlings_lead, on=col(Handling.network_id), viewer=viewer),
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
