"""Takes back what an import wrote, all or nothing, as long as nobody else has touched it since.

What was made is removed, what was changed gets its values before, and both are told as events: the log only grows.
"""

from datetime import timedelta
from typing import Any

from psycopg.sql import SQL, Identifier
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports.engine import Progress
from puumerkki.imports.errors import UndoRefused
from puumerkki.imports.models import ImportJob, ImportRow
from puumerkki.imports.sheets import Connection, Sheet, Undo, Withdrawing
from puumerkki.kernel import clock
from puumerkki.kernel.db import driver_connection

WINDOW = timedelta(days=30)
"""How long an import can be undone."""
SHOWN_TOUCHED = 100
ANSWERED = "answered_since"
"""Why a row of an import that was undone is still stored."""
_ROWS = """
create temporary table import_undo on commit drop as
select v.row, v.name, v.target_id as id, v.verdict = 'new' as created, v.before, v.written_version,
    gen_random_uuid() as event_id, gen_random_uuid() as history_id,
    array(select c->>'field' from jsonb_array_elements(v.changes) as c order by 1) as changed
from import_row_verdict v where v.job_id = %(job)s and v.applied
"""
_REFERRING = """
select c.conrelid::regclass::text, a.attname
from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
where c.contype = 'f' and c.confrelid = %(table)s::regclass and cardinality(c.conkey) = 1 and c.conparentid = 0
union
select k.oid::regclass::text, a.attname
from pg_class k join pg_attribute a on a.attrelid = k.oid
where k.relkind = 'r' and k.relnamespace = current_schema()::regnamespace and a.atttypid = 'uuid'::regtype
    and not a.attisdropped and a.attname in ('scope_id', %(table)s || '_id')
"""
"""Columns that refer to a table: by a foreign key, or as roles and invitations do, by their name."""


async def touched(session: AsyncSession, job: ImportJob, sheet: Sheet) -> list[dict[str, Any]]:
    """What somebody has touched since the import: row, id and name of the first hundred."""
    if not isinstance(sheet.undo, Undo):
        return []
    connection = await driver_connection(session)
    await _begin(connection, job)
    return await _touched(connection, job, sheet, sheet.undo)


async def undo(session: AsyncSession, job: ImportJob, sheet: Sheet, *, progress: Progress) -> None:
    """Take all of it back in the caller's transaction, or raise UndoRefused."""
    if sheet.undo is None:
        raise UndoRefused("undo_binds_others")
    if isinstance(sheet.undo, Withdrawing):
        await _withdraw(session, job, sheet.undo)
        return
    connection = await driver_connection(session)
    await connection.execute("set local statement_timeout = 0")
    await _begin(connection, job)
    lock = f"select id from {sheet.table} where id in (select id from import_undo) order by id for update"
    await connection.execute(lock.encode())
    if await _touched(connection, job, sheet, sheet.undo):
        raise UndoRefused("touched_since")
    rows = job.rows_total or 0
    await progress(rows, 0)
    values = {"now": clock.now(), "actor": job.undone_by, "job": job.id}
    statements = _statements(sheet, sheet.undo)
    for number, statement in enumerate(statements, 1):
        await connection.execute(statement.encode(), values)
        await progress(rows, number / len(statements))


async def _withdraw(session: AsyncSession, job: ImportJob, undo: Withdrawing) -> None:
    """Take back what nobody has answered; rows that were answered stay stored, and say so."""
    written = select(ImportRow).where(col(ImportRow.job_id) == job.id, col(ImportRow.applied))
    rows = (await session.exec(written.order_by(col(ImportRow.row)).with_for_update())).all()
    gone = await undo.withdraw(session, [one.target_id for one in rows if one.target_id], job.undone_by)
    for one in rows:
        if one.target_id in gone:
            one.applied, one.target_id = False, None
        else:
            one.because = {"code": ANSWERED, "row": None}
    await session.flush()


async def _begin(connection: Connection, job: ImportJob) -> None:
    await connection.execute(b"drop table if exists import_undo")
    await connection.execute(_ROWS.encode(), {"job": job.id})
    await connection.execute(b"create index on import_undo (id)")
    await connection.execute(b"analyze import_undo")


async def _touched(connection: Connection, job: ImportJob, sheet: Sheet, undo: Undo) -> list[dict[str, Any]]:
    """A row is touched where its version is another, an event tells of it, or what was made is referred to."""
    gone = f"not exists (select from {sheet.table} o where o.id = u.id and o.version = u.written_version)"
    told = (
        "exists (select from event e where e.subject_kind = %(subject)s and e.subject_id = u.id"
        " and e.occurred_at > %(applied)s)"
    )
    referring = await (await connection.execute(_REFERRING.encode(), {"table": sheet.table})).fetchall()
    used = [
        SQL("(u.created and exists (select from {} r where r.{} = u.id))")
        .format(SQL(table), Identifier(column))
        .as_string()
        for table, column in referring
        if undo.parts.get(table) != column
    ]
    statement = (
        f"select u.row, u.id, u.name from import_undo u where {' or '.join([gone, told, *used])}"
        f" order by u.row limit {SHOWN_TOUCHED}"
    )
    found = await connection.execute(statement.encode(), {"subject": undo.subject, "applied": job.applied_at})
    return [{"row": row, "id": str(id_), "name": name} for row, id_, name in await found.fetchall()]


def _statements(sheet: Sheet, undo: Undo) -> list[str]:
    columns = ", ".join(f"{name} = (jsonb_populate_record(o, u.before)).{name}" for name in sheet.restored)
    (removed, removed_tier), (changed, changed_tier) = undo.removed, undo.changed
    return [
        f"update {sheet.table} o set {columns}, version = o.version + 1, updated_at = %(now)s"
        " from import_undo u where u.id = o.id and not u.created",
        *undo.restore,
        "insert into event (id, occurred_at, type, tier, actor_id, subject_kind, subject_id, related, changed, data)"
        f" select u.event_id, %(now)s, case when u.created then '{removed}' else '{changed}' end,"
        f" case when u.created then {removed_tier} else {changed_tier} end, %(actor)s, '{undo.subject}', u.id,"
        f" {undo.related}, u.changed, {undo.data}"
        f" from import_undo u join {sheet.table} o on o.id = u.id order by u.row",
        *(
            f"delete from {table} p using import_undo u where u.created and p.{column} = u.id"
            for table, column in undo.parts.items()
        ),
        f"delete from {sheet.table} o using import_undo u where u.created and o.id = u.id",
        "update import_row_verdict set applied = false, target_id = case when verdict = 'new' then null else target_id"
        " end, untried = false where job_id = %(job)s and applied",
    ]
