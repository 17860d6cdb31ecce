"""Reads of duties: who knows of the agreement knows of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, cast, exists, func, union_all
from sqlalchemy import bindparam as bind
from sqlalchemy import select as core_select
from sqlalchemy.types import DateTime
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, granted
from puumerkki.access.permissions import P
from puumerkki.agreements.models import Agreement, AgreementDuty, DutyKind, DutyState
from puumerkki.agreements.queries.views import shown
from puumerkki.kernel import clock
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.tasks import Task, waits
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.reports.models import Report, ReportState

MOST_DATED = 2000
Dated = tuple[AgreementDuty, str, Organisation]
"""A duty, what its agreement is called, and whose it is."""
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


def _theirs(caller: Caller, *columns: Any, where: Sequence[ColumnElement[bool]]) -> Any:
    """SQL: open duties that the caller can do: to confirm asks for who may sign. Each way goes by its own index."""
    confirms, on = col(AgreementDuty.kind) == DutyKind.confirmation, col(AgreementDuty.organisation_id)
    return union_all(
        *(
            core_select(*columns).where(
                col(AgreementDuty.state) == DutyState.open,
                of_kind,
                granted(permission, on=on, caller=caller),
                *where,
            )
            for permission, of_kind in ((P.agreements_sign, confirms), (P.agreements_write, ~confirms))
        )
    )


async def dated(session: AsyncSession, caller: Caller, *, since: date, until: date) -> Sequence[Dated]:
    """What the caller's organisations have to do between two days, also before its time has come, by day."""
    found = await session.exec(
        select(AgreementDuty, shown("title"), Organisation)
        .join(Agreement, col(Agreement.id) == col(AgreementDuty.agreement_id))
        .join(Organisation, col(Organisation.id) == col(AgreementDuty.organisation_id))
        .where(
            col(AgreementDuty.id).in_(
                _theirs(caller, col(AgreementDuty.id), where=[col(AgreementDuty.due_on).between(since, until)])
            )
        )
        .order_by(col(AgreementDuty.due_on), col(AgreementDuty.id))
        .limit(MOST_DATED),
        params=caller.params(),
    )
    return found.all()


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


def _task(kind: DutyKind, name: str) -> Task:
    permission = P.agreements_sign if kind is DutyKind.confirmation else P.agreements_write
    return Task(kind=name, subject="agreement", permissions=(permission,), rows=lambda: _open(kind))


TASKS = tuple(_task(kind, name) for kind, name in _TASKS.items())
