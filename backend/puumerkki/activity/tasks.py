"""What waits for somebody: the rooms' selects joined, with due days and titles."""

from typing import Any

from sqlalchemy import Select, case, cast, func, select, text, union_all
from sqlalchemy import bindparam as bind
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.types import Text
from sqlmodel import col

from puumerkki.access.actor import Viewer
from puumerkki.activity.schemas import MOST_TASKS, TaskSort
from puumerkki.agreements.queries import agreements, duties, records
from puumerkki.applications.queries import application_tasks
from puumerkki.handlings.queries import handling_tasks, returned_tasks, revocation_tasks
from puumerkki.handlings.queries import tie_tasks as handling_tie_tasks
from puumerkki.kernel import reads
from puumerkki.kernel.reads.listings import json_object
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.subjects import subjects
from puumerkki.meetings import queries as meetings
from puumerkki.needs import queries as needs
from puumerkki.networks import queries as networks
from puumerkki.networks.models.networks import Network
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.organisations.queries import archivings, confirmations, host_tasks, namings
from puumerkki.partnerships.queries import gate_policies, handovers, partner_request_tasks
from puumerkki.partnerships.queries import tie_tasks as case_tie_tasks
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
    returned_tasks.waiting,
    handling_tasks.waiting,
    revocation_tasks.waiting,
    partner_request_tasks.waiting,
    handling_tie_tasks.waiting,
    case_tie_tasks.waiting,
    handovers.waiting,
    gate_policies.waiting,
    agreements.waiting,
    records.waiting,
    duties.waiting,
    reports.to_mend,
    reports.to_accept,
)
"""Each room's `waiting(viewer)`; they have the same columns."""


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
    """The subject's title in the languages it has; what has none of its own is called as its network."""
    titled = [
        (task.c.subject_kind == kind, known.title_sql(task.c.subject_id))
        for kind, known in subjects().items()
        if known.title_sql is not None
    ]
    return case(*titled, else_=_names(Network, task.c.network_id))
