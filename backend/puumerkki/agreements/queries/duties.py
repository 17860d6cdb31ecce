"""Reads of duties: who knows of the agreement knows of them."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, cast, exists, func
from sqlalchemy import bindparam as bind
from sqlalchemy import select as core_select
from sqlalchemy.types import DateTime
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, granted
from puumerkki.access.permissions import P
from puumerkki.agreements.models import AgreementDuty, DutyKind, DutyState
from puumerkki.kernel import clock
from puumerkki.kernel.deadlines import Deadline, falls
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.tasks import Task, waits
from puumerkki.reports.models import Report, ReportState

_TASKS = {
    DutyKind.confirmation: "agreement_to_confirm",
    DutyKind.report: "agreement_report_due",
    DutyKind.evaluation: "agreement_evaluation_due",
    DutyKind.contact_check: "agreement_contacts_to_check",
    DutyKind.renewal: "agreement_renewal_to_decide",
}


async def duties(session: AsyncSession, agreement_id: UUID) -> Sequence[AgreementDuty]:
    """All duties of an agreement, by their day."""
    found = await session.exec(
        select(AgreementDuty)
        .where(col(AgreementDuty.agreement_id) == agreement_id)
        .order_by(col(AgreementDuty.due_on), col(AgreementDuty.kind), col(AgreementDuty.id))
    )
    return found.all()


async def duty(session: AsyncSession, agreement_id: UUID, duty_id: UUID) -> AgreementDuty:
    """One duty of an agreement, locked, or NotFound."""
    found = await session.get(AgreementDuty, duty_id, with_for_update=True, populate_existing=True)
    if found is None or found.agreement_id != agreement_id:
        raise NotFound()
    return found


def _being_mended() -> ColumnElement[bool]:
    """SQL: the report was returned, which is a task of its own."""
    return exists().where(
        col(Report.subject_kind) == "agreement",
        col(Report.subject_id) == col(AgreementDuty.agreement_id),
        col(Report.organisation_id) == col(AgreementDuty.organisation_id),
        col(Report.year) == col(AgreementDuty.year),
        col(Report.state) == ReportState.returned,
    )


def _open(kind: DutyKind) -> Select[Any]:
    """Duties of a kind whose time has come."""
    own = col(AgreementDuty.organisation_id)
    columns = waits(
        col(AgreementDuty.agreement_id),
        scope_id=own,
        organisation_id=own,
        due_on=col(AgreementDuty.due_on),
        since=func.timezone(clock.FINLAND.key, cast(col(AgreementDuty.opens_on), DateTime())),
    )
    now = bind("caller_now", clock.now(), type_=DateTime(timezone=True))
    return core_select(*columns).where(
        col(AgreementDuty.state) == DutyState.open,
        col(AgreementDuty.kind) == kind,
        col(AgreementDuty.opens_on) <= cast(func.timezone(clock.FINLAND.key, now), Date),
        *((~_being_mended(),) if kind is DutyKind.report else ()),
    )


def _permission(kind: DutyKind) -> P:
    """What doing a duty asks for: to confirm, that one may sign."""
    return P.agreements_sign if kind is DutyKind.confirmation else P.agreements_write


def _task(kind: DutyKind, name: str) -> Task:
    return Task(kind=name, subject="agreement", permissions=(_permission(kind),), rows=lambda: _open(kind))


def _to_come(kind: DutyKind, caller: Caller) -> Select[Any]:
    """Open duties that the caller can do, also before their time has come."""
    own = col(AgreementDuty.organisation_id)
    columns = falls(
        col(AgreementDuty.agreement_id),
        due_on=col(AgreementDuty.due_on),
        since=col(AgreementDuty.created_at),
        organisation_id=own,
    )
    return core_select(*columns).where(
        col(AgreementDuty.state) == DutyState.open,
        col(AgreementDuty.kind) == kind,
        granted(_permission(kind), on=own, caller=caller),
        *((~_being_mended(),) if kind is DutyKind.report else ()),
    )


def _deadline(kind: DutyKind, name: str) -> Deadline:
    rows = partial(_to_come, kind)
    return Deadline(kind=name, subject="agreement", rows=rows, stays=True, early=True)


TASKS = tuple(_task(kind, name) for kind, name in _TASKS.items())
DEADLINES = tuple(_deadline(kind, name) for kind, name in _TASKS.items())
