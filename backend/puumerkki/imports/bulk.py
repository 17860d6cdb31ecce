"""Bringing lines in as they arrive: some thousand at a time, each such batch in its own transaction.

The next lines are read when the batch before is stored, so that memory stays as it is however many there are, and
whoever sends faster than the database stores waits. Whoever does not read their answers yet does not (`holding`).
"""

from collections.abc import AsyncIterator, Sequence
from itertools import groupby

from psycopg import Error as DatabaseError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, load_actor
from puumerkki.imports import service
from puumerkki.imports.engine import import_sheet
from puumerkki.imports.kinds import RULES
from puumerkki.imports.lines import LINES, Line, LineRecorder, LinesTable, read_line, split_lines
from puumerkki.imports.models import RowVerdict
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.schemas import ImportCreate
from puumerkki.kernel.errors import PuumerkkiError

Sessions = async_sessionmaker[AsyncSession]


async def bring(
    sessions: Sessions, actor: Actor, given: ImportCreate, chunks: AsyncIterator[bytes]
) -> AsyncIterator[bytes]:
    """One line of the answer for each line that arrives, in their order, a batch at a time."""
    fields = RULES[given.kind].sheet.expected
    number, batch = 0, list[Line]()
    async for raw in split_lines(chunks):
        number += 1
        if raw is not None and not raw.strip():
            continue
        batch.append(read_line(number, raw, fields))
        if len(batch) == LINES:
            yield await _bring(sessions, actor, given, batch)
            batch = []
    if batch:
        yield await _bring(sessions, actor, given, batch)


async def _bring(sessions: Sessions, actor: Actor, given: ImportCreate, batch: Sequence[Line]) -> bytes:
    """Lines that name the same fields go together: a field that a line does not name stays as it is."""
    good = [line for line in batch if line.verdict is None]
    together = [list(some) for _, some in groupby(sorted(good, key=_fields), key=_fields)]
    try:
        async with sessions() as session:
            # who sends for an hour may have lost the role meanwhile
            service.require_import(await load_actor(session, actor), given)
            for lines in together:
                await _import(session, actor, given, lines)
            if not given.dry_run:
                await session.commit()
    except PuumerkkiError:
        _refuse(good, "not_allowed")
    except (SQLAlchemyError, DatabaseError):
        _refuse(good, "not_stored")
    return b"".join(line.answer() for line in batch)


async def _import(session: AsyncSession, actor: Actor, given: ImportCreate, lines: list[Line]) -> None:
    options = ImportOptions(
        skip_bad=True,
        dry_run=given.dry_run,
        network_id=given.network_id,
        organisation_id=given.organisation_id,
        source=given.file_name,
    )
    result = await import_sheet(
        RULES[given.kind].sheet,
        session,
        source=LinesTable(lines),
        actor_id=actor.person_id(),
        options=options,
        recorder=LineRecorder({line.number: line for line in lines}),
    )
    if not result.readable:
        [wrong] = result.errors
        for line in lines:
            line.verdict = RowVerdict.faulty
            line.errors.append({"column": "", "value": "", "code": wrong.code, "message": wrong.message})


def _refuse(lines: Sequence[Line], code: str) -> None:
    for line in lines:
        line.id, line.errors = None, []
        line.refuse(code)


def _fields(line: Line) -> list[str]:
    return sorted(line.given)
