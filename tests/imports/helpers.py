"""Bringing a list in, and what came of it."""

import io
import zipfile
from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from puumerkki.imports.engine import import_sheet
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ImportKind
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.results import ImportResult
from puumerkki.kernel.eventlog.events import EventRow
from tests.personas import Cast

Change = Callable[[bytes], bytes]


def with_part(book: bytes, part: str, change: Change) -> io.BytesIO:
    """The workbook with another content of a part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            content = old.read(one)
            new.writestr(one.filename, change(content) if one.filename == part else content)
    return out


async def bring(
    cast: Cast, kind: str, text: str, *, by: UUID | None = None, at: UUID | None = None, **options: Any
) -> ImportResult:
    rule = RULES[ImportKind(kind)]
    home = cast.network.id if rule.scope == "network_id" else cast.association.id
    return await import_sheet(
        rule.sheet,
        cast.world.session,
        source=io.BytesIO(text.encode()),
        actor_id=by,
        options=ImportOptions(**({rule.scope: at or home} if rule.scope else {}), **options),
    )


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    assert not result.errors, result.errors
    return result.created, result.changed, result.unchanged, result.skipped


def faults(result: ImportResult) -> list[tuple[int, str, str]]:
    assert not result.applied
    return [(one.row, one.column, one.value) for one in result.errors]


async def told(cast: Cast, prefix: str) -> list[tuple[str, str, list[str]]]:
    found = await cast.world.session.exec(
        select(EventRow.type, EventRow.tier, EventRow.changed)
        .where(col(EventRow.type).startswith(prefix))
        .order_by(col(EventRow.occurred_at), col(EventRow.id))
    )
    return [(type_, str(tier), changed) for type_, tier, changed in found.all()]


async def rows(cast: Cast, table: Any, **where: Any) -> list[Any]:
    conditions = [col(getattr(table, name)) == value for name, value in where.items()]
    statement = select(table).where(*conditions).order_by(col(table.id)).execution_options(populate_existing=True)
    return list((await cast.world.session.exec(statement)).all())
