"""Reads: each person their own imports, operators all."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, caller_id, granted
from puumerkki.access.permissions import P
from puumerkki.imports.models import ImportJob
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.reads.listings import Filter, Item, Listing, Sort

_NAMES = """
id kind state asked_by network_id organisation_id file_name file_bytes skip_bad dry_run cancel_asked rows_read
created changed unchanged skipped reason created_at started_at finished_at version
"""
_ITEM = {name: col(getattr(ImportJob, name)) for name in _NAMES.split()}


def readable(caller: Caller) -> ColumnElement[bool]:
    """SQL: whose import it is, and operators."""
    return or_(col(ImportJob.asked_by) == caller_id(caller), granted(P.platform_operate, on=None, caller=caller))


IMPORTS = Listing(
    name="imports",
    item=_ITEM,
    source=lambda select: select.select_from(ImportJob),
    readable=readable,
    sorts={"-created_at": Sort((col(ImportJob.created_at), col(ImportJob.id)), descending=True)},
    filters={"kind": Filter(col(ImportJob.kind)), "state": Filter(col(ImportJob.state))},
)
IMPORT = Item(
    name="import",
    item=_ITEM | {"errors": col(ImportJob.errors)},
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
