"""Reads: each person their own imports, whoever may import there the others' too, operators all."""

from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, and_, case, exists, or_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, caller_id, granted
from puumerkki.access.permissions import P
from puumerkki.identity.models import ServiceAccount, User
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ImportJob, ImportRow, ImportState, RowVerdict
from puumerkki.imports.undoing import WINDOW
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.reads.listings import Filter, Item, Listing, Sort

_NAMES = """
id kind state step asked_by network_id organisation_id file_name file_bytes skip_bad dry_run cancel_asked rows_read
rows_total percent created changed unchanged near skipped reason file_kept created_at started_at tried_at applied_at
finished_at version
"""
_ITEM = {name: col(getattr(ImportJob, name)) for name in _NAMES.split()}


def readable(caller: Caller) -> ColumnElement[bool]:
    """SQL: whose import it is, who may import there, and operators."""
    there = [
        and_(col(ImportJob.kind) == kind, granted(P(rule.permission), on=getattr(ImportJob, rule.scope), caller=caller))
        for kind, rule in sorted(RULES.items())
        if rule.scope is not None
    ]
    own = col(ImportJob.asked_by) == caller_id(caller)
    return or_(own, granted(P.platform_operate, on=None, caller=caller), *there)


def _name_of(principal_id: Any) -> ColumnElement[Any]:
    """The name of a person or service as a scalar subquery; null for the erased."""
    person = select(func.nullif(col(User.name), "")).where(col(User.id) == principal_id).scalar_subquery()
    service = select(col(ServiceAccount.name)).where(col(ServiceAccount.id) == principal_id).scalar_subquery()
    return func.coalesce(person, service)


def _undo_until() -> ColumnElement[Any]:
    """Until when a stored import can be undone, or could be; null for kinds whose rows others have been shown."""
    undoable = sorted(kind for kind, rule in RULES.items() if rule.sheet.undo is not None)
    stored = and_(col(ImportJob.state) == ImportState.succeeded, col(ImportJob.kind).in_(undoable))
    return case((stored, col(ImportJob.applied_at) + WINDOW), else_=None)


IMPORTS = Listing(
    name="imports",
    item=_ITEM
    | {f"{done}_by_name": _name_of(col(getattr(ImportJob, f"{done}_by"))) for done in ("asked", "applied", "undone")}
    | {"undo_until": _undo_until},
    source=lambda select: select.select_from(ImportJob),
    readable=readable,
    sorts={"-created_at": Sort((col(ImportJob.created_at), col(ImportJob.id)), descending=True)},
    filters={"kind": Filter(col(ImportJob.kind)), "state": Filter(col(ImportJob.state))},
)
IMPORT = Item(
    name="import",
    item=_ITEM
    | {name: col(getattr(ImportJob, name)) for name in ("errors", "sheet", "heading_row", "mapping", "reading")},
    source=lambda select: select.select_from(ImportJob),
    key=col(ImportJob.id),
    readable=readable,
    version=col(ImportJob.version),
)


async def readable_import(session: AsyncSession, caller: Caller, job_id: UUID, *, lock: bool = False) -> ImportJob:
    """An import that the caller may see, or NotFound."""
    statement: Any = select(ImportJob).where(col(ImportJob.id) == job_id, readable(caller))
    found = (await session.exec(statement.with_for_update() if lock else statement)).one_or_none()
    if found is None:
        raise NotFound()
    return found  # type: ignore[no-any-return]


_WARNED: ColumnElement[bool] = and_(
    col(ImportRow.findings).contains([{"severity": "warning"}]), col(ImportRow.verdict) != RowVerdict.left_out
)
"""Rows that come in and should be looked at."""
_ROW_NAMES = """
row verdict name cells corrected target_id changes candidates findings because decision same_id untried applied
"""
ROWS = Listing(
    name="import_rows",
    item={name: col(getattr(ImportRow, name)) for name in _ROW_NAMES.split()},
    source=lambda select: select.select_from(ImportRow).join(ImportJob, col(ImportJob.id) == col(ImportRow.job_id)),
    readable=readable,
    sorts={"row": Sort((col(ImportRow.row), col(ImportRow.id)))},
    filters={
        "job_id": Filter(col(ImportRow.job_id)),
        "verdict": Filter(col(ImportRow.verdict)),
        "untried": Filter(col(ImportRow.untried)),
        "applied": Filter(col(ImportRow.applied)),
        "warned": Filter(by=lambda asked: asked == _WARNED, type_=Boolean()),
    },
)


async def one_row(session: AsyncSession, job_id: UUID, row: int) -> ImportRow:
    """A row of an import, or NotFound."""
    statement = select(ImportRow).where(col(ImportRow.job_id) == job_id, col(ImportRow.row) == row)
    found = (await session.exec(statement.with_for_update())).one_or_none()
    if found is None:
        raise NotFound()
    return found


async def waiting_rows(session: AsyncSession, job_id: UUID) -> tuple[bool, bool]:
    """Whether rows were decided or corrected since the trial run; whether some are faulty or undecided."""
    of_job = col(ImportRow.job_id) == job_id
    untried = exists().where(of_job, col(ImportRow.untried))
    held_back = exists().where(of_job, col(ImportRow.verdict).in_((RowVerdict.faulty, RowVerdict.near)))
    found = (await session.exec(select(untried, held_back))).one()
    return bool(found[0]), bool(found[1])


async def count_rows(session: AsyncSession, job_id: UUID) -> dict[str, int]:
    """How many rows have which verdict, are untried and should be looked at; what none has is left out."""
    of_job = col(ImportRow.job_id) == job_id
    verdicts = select(ImportRow.verdict, func.count()).where(of_job).group_by(col(ImportRow.verdict))
    others = select(
        func.count().filter(col(ImportRow.untried)).label("untried"), func.count().filter(_WARNED).label("warned")
    ).where(of_job)
    found = {str(verdict): number for verdict, number in (await session.exec(verdicts)).all()}
    untried, warned = (await session.exec(others)).one()
    return {**found, "untried": untried, "warned": warned}
