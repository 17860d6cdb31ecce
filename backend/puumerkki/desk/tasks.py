"""What waits for somebody: the rooms' selects joined, with due days and titles."""

from typing import Any

from sqlalchemy import Select, and_, case, cast, func, select, text, union_all
from sqlalchemy import bindparam as bind
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.types import Text
from sqlmodel import col

from puumerkki.access.actor import Viewer
from puumerkki.agreements.models import Agreement
from puumerkki.agreements.queries import agreements, duties, records
from puumerkki.agreements.queries.shown import shown
from puumerkki.desk.schemas import MOST_TASKS, TaskSort
from puumerkki.funding.models.applications import Application, ApplicationVersion
from puumerkki.funding.models.handlings import Handling
from puumerkki.funding.models.partner_requests import PartnerRequest
from puumerkki.funding.queries import (
    application_tasks,
    gate_policies,
    handling_tasks,
    handling_tie_tasks,
    handovers,
    partner_request_tasks,
    request_tie_tasks,
    revocation_tasks,
    to_mend,
)
from puumerkki.kernel import reads
from puumerkki.kernel.reads.listings import json_object
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.meetings import queries as meetings
from puumerkki.needs import queries as needs
from puumerkki.needs.models import Need
from puumerkki.networks import queries as networks
from puumerkki.networks.models import Network
from puumerkki.organisations.models import Organisation
from puumerkki.organisations.queries import archivings, confirmations, host_tasks, namings
from puumerkki.reports.models import Report
from puumerkki.reports.queries import reports

WAITING = (
    host_tasks.waiting,
    host_tasks.above,
    archivings.waiting,
    archivings.successors_waiting,
    confirmations.waiting,
    namings.waiting,
    networks.waiting,
    meetings.waiting,
    needs.waiting,
    application_tasks.waiting,
    to_mend.waiting,
    handling_tasks.waiting,
    revocation_tasks.waiting,
    partner_request_tasks.waiting,
    handling_tie_tasks.waiting,
    request_tie_tasks.waiting,
    handovers.waiting,
    gate_policies.waiting,
    agreements.waiting,
    records.waiting,
    duties.waiting,
    reports.to_mend,
    reports.to_accept,
)
"""Each room's `waiting(viewer)`; they have the same columns."""


_OF_A_NETWORK = ("rulebook", "network_member", "meeting", "gate_policy", "network_decision", "network")
"""What is called by its network's name."""


async def tasks(pool: ReadPool, *, viewer: Viewer, kind: str | None, sort: TaskSort) -> bytes:
    """The tasks of whoever is signed in, as JSON."""
    viewer.person_id()
    return await reads.rows(
        pool,
        f"tasks_{sort.value}_{kind is not None}",
        lambda: _statement(viewer, of_kind=kind is not None, sort=sort),
        viewer=viewer,
        params={"kind": kind},
    )


def _statement(viewer: Viewer, *, of_kind: bool, sort: TaskSort) -> Select[Any]:
    waiting = union_all(*(room(viewer) for room in WAITING)).subquery("waiting")
    by_due = (waiting.c.due_on.asc().nulls_last(), waiting.c.created_at, waiting.c.subject_id, waiting.c.kind)
    by_newest = (waiting.c.created_at.desc(), waiting.c.subject_id.desc(), waiting.c.kind)
    order = by_due if sort == TaskSort.due else by_newest
    found = select(waiting, func.row_number().over(order_by=order).label("place")).order_by(*order).limit(MOST_TASKS)
    if of_kind:
        found = found.where(waiting.c.kind == bind("kind", None, type_=Text()))
    task = found.subquery("task")
    item = json_object(
        {
            "kind": task.c.kind,
            "subject": json_object({"kind": task.c.subject_kind, "id": task.c.subject_id}),
            "network_id": task.c.network_id,
            "network_names": _names(Network, task.c.network_id),
            "organisation_id": task.c.organisation_id,
            "organisation_names": _names(Organisation, task.c.organisation_id),
            "due_on": task.c.due_on,
            "created_at": task.c.created_at,
            "title": _title(task),
        }
    )
    items = func.coalesce(func.json_agg(aggregate_order_by(item, task.c.place)), text("'[]'::json"))
    return select(cast(func.json_build_object("items", items), Text))


def _names(table: Any, key: Any) -> Any:
    return select(col(table.names)).where(col(table.id) == key).scalar_subquery()


def _title(task: Any) -> Any:
    """The subject's title in the languages it has."""

    def versioned(table: Any) -> Any:
        return (
            select(func.jsonb_build_object(col(Application.language), col(ApplicationVersion.title)))
            .select_from(ApplicationVersion)
            .join(Application, col(Application.id) == col(ApplicationVersion.application_id))
            .join(
                table,
                and_(
                    col(table.application_id) == col(ApplicationVersion.application_id),
                    col(table.version_number) == col(ApplicationVersion.number),
                ),
            )
            .where(col(table.id) == task.c.subject_id)
            .scalar_subquery()
        )

    def own(table: Any) -> Any:
        titled = func.jsonb_build_object(col(table.language), col(table.title))
        return select(titled).where(col(table.id) == task.c.subject_id).scalar_subquery()

    agreed = select(func.jsonb_build_object(col(Agreement.language), shown("title")))
    agreement = agreed.where(col(Agreement.id) == task.c.subject_id).scalar_subquery()
    report_on = select(col(Report.subject_title)).where(col(Report.id) == task.c.subject_id).scalar_subquery()
    return case(
        (task.c.subject_kind == "application", own(Application)),
        (task.c.subject_kind == "handling", versioned(Handling)),
        (task.c.subject_kind == "partner_request", versioned(PartnerRequest)),
        (task.c.subject_kind == "need", own(Need)),
        (task.c.subject_kind == "agreement", agreement),
        (task.c.subject_kind == "report", report_on),
        (task.c.subject_kind == "organisation", _names(Organisation, task.c.subject_id)),
        (task.c.subject_kind.in_(_OF_A_NETWORK), _names(Network, task.c.network_id)),
    )
