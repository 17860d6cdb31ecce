"""What an import makes of each row, kept beside it: verdicts, changes, findings; and what it wrote.

All by set statements: a hundred thousand rows are never in memory together.
"""

import json
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from puumerkki.imports.copying import copy_block
from puumerkki.imports.faults import in_words
from puumerkki.imports.models import RowDecision
from puumerkki.imports.reading.cell_text import is_blank
from puumerkki.imports.reading.tables import Record
from puumerkki.imports.results import SHOWN_VALUE, Findings, Severity
from puumerkki.imports.sheets import Connection, Sheet, Staged, Undo
from puumerkki.kernel.characters import one_line

NAMED_BY = (
    "name_fi",
    "name",
    "title",
    "reference",
    "subject",
    "name_sv",
    "name_en",
    "business_id",
    "association_register_number",
)
"""The fields by which a row is called, the first that it has."""
_TABLES = (
    "drop table if exists import_read, import_finding, import_verdict",
    "create temporary table import_read (row int4, name text, cells jsonb, skipped bool) on commit drop",
    "create temporary table import_finding"
    ' (row int4, "column" text, value text, code text, message text, first int4, detail text, severity text)'
    " on commit drop",
)
TO_DECIDE = ("name_differs", "name_of_several", "name_resembles", "namesake", "number_differs", "one_name_shared")
"""Codes by which a row is near: somebody says which one it is."""
_DECISIONS = (
    "insert into import_decision select row, decision, same_id from import_row_verdict"
    " where job_id = %(job)s and decision in ('same', 'another')"
)
_BY_HAND = (
    "select row, decision, corrected from import_row_verdict"
    " where job_id = %(job)s and (decision = 'skip' or corrected is not null)"
)
_NO_CHANGES = "'[]'::jsonb"
_JSON = json.JSONEncoder(ensure_ascii=False).encode


@dataclass
class RecordedFindings(Findings):
    """All findings and warnings, not only the first, until they are written beside the rows."""

    unwritten: deque[tuple[Any, ...]] = field(default_factory=deque)

    def add(
        self, row: int, column: str, value: str, code: str, *, first: int | None = None, detail: str | None = None
    ) -> None:
        """Note one error."""
        super().add(row, column, value, code, first=first, detail=detail)
        self._keep(row, column, value, code, first, detail, "error")

    def warn(self, row: int, column: str, value: str, code: str, *, detail: str | None = None) -> None:
        """Note what should be looked at and keeps nothing out."""
        super().warn(row, column, value, code, detail=detail)
        self._keep(row, column, value, code, None, detail, "warning")

    def _keep(
        self, row: int, column: str, value: str, code: str, first: int | None, detail: str | None, severity: Severity
    ) -> None:
        words = in_words(code, first=first, detail=detail)
        self.unwritten.append((row, column, value[:SHOWN_VALUE], code, words, first, detail, severity))


@dataclass
class Recorder:
    """The rows of one job. `tried`: verdicts were shown, and only rows that still have theirs are brought in."""

    job_id: UUID
    tried: bool = False
    findings: RecordedFindings = field(default_factory=RecordedFindings)
    _skipped: set[int] = field(default_factory=set)
    _corrected: dict[int, dict[str, str]] = field(default_factory=dict)

    async def begin(self, connection: Connection) -> None:
        """Empty tables beside the rows, and what was decided and corrected by hand."""
        for statement in _TABLES:
            await connection.execute(statement.encode())
        await connection.execute(_DECISIONS.encode(), {"job": self.job_id})
        async for row, decision, corrected in await connection.execute(_BY_HAND.encode(), {"job": self.job_id}):
            if decision == RowDecision.skip:
                self._skipped.add(row)
            if corrected:
                self._corrected[row] = corrected

    def by_hand(self, records: Iterable[Record]) -> list[Record]:
        """The rows as they were corrected, without those that are left out."""
        return [self._as_corrected(record) for record in records if record.row not in self._skipped]

    def _as_corrected(self, record: Record) -> Record:
        corrected = self._corrected.get(record.row)
        if corrected is None:
            return record
        cells = {name: text for name, text in (record.cells | corrected).items() if not is_blank(text)}
        return record._replace(cells=cells, faults=[one for one in record.faults if one.field not in corrected])

    def kept(self, records: Sequence[Record]) -> bytes:
        """A batch as it was read, for `take`."""
        return copy_block(
            (
                record.row,
                name_of(record),
                _JSON(record.cells).replace("\\u0000", ""),
                record.row in self._skipped,
            )
            for record in records
        )

    async def take(self, connection: Connection, kept: bytes) -> None:
        """Keep a batch, with what was found in it."""
        async with connection.cursor().copy("copy import_read (row, name, cells, skipped) from stdin") as stream:
            await stream.write(kept)
        await self._write_findings(connection)

    async def _write_findings(self, connection: Connection) -> None:
        unwritten = self.findings.unwritten
        # a thread adds what it finds in the next batch meanwhile
        rows = [unwritten.popleft() for _ in range(len(unwritten))]
        async with connection.cursor().copy("copy import_finding from stdin") as stream:
            await stream.write(copy_block(map(_storable, row) for row in rows))

    async def weigh(self, sheet: Sheet, staged: Staged) -> None:
        """Say what becomes of each row. Of rows that were shown, those that are other now are left out."""
        connection = staged.connection
        await self._write_findings(connection)
        values = {"job": self.job_id, "now": staged.values["now"]}
        await connection.execute(_verdicts(sheet).encode())
        await connection.execute(b"create index on import_verdict (row)")
        await connection.execute(b"analyze import_verdict")
        if not self.tried:
            await connection.execute(_GONE.encode(), values)
            await connection.execute(_SHOW.encode(), values)
            return
        await connection.execute(_STALE.encode(), values)
        await connection.execute(_LEAVE_OUT.encode(), values | {"because": Jsonb({"code": CHANGED_SINCE, "row": None})})
        await connection.execute(b"delete from import_row i using import_stale s where s.row = i.row")

    async def left_out(self, connection: Connection) -> int:
        """How many of the rows that were shown are other now."""
        if not self.tried:
            return 0
        found = await (await connection.execute(b"select count(*) from import_stale")).fetchone()
        return 0 if found is None else int(found[0])

    async def applied(self, sheet: Sheet, connection: Connection) -> None:
        """Note what was written, and what it was before; called once it is written."""
        await connection.execute(_applied(sheet).encode(), {"job": self.job_id})


CHANGED_SINCE = "changed_since_the_trial"


def name_of(record: Record) -> str:
    """What a row is called in the file, on one line."""
    found = next((record.cells[name] for name in NAMED_BY if name in record.cells), "")
    return str(_storable(" ".join(one_line(found).split())[:300]))


def _storable(cell: Any) -> Any:
    return cell.replace("\0", "") if isinstance(cell, str) else cell


def _verdicts(sheet: Sheet) -> str:
    """SQL: for each row that was read its verdict, and the digest of what is shown of it."""
    pairs = ", ".join(
        f"('{name}', to_jsonb({before}), to_jsonb({after}))" for name, (before, after) in sheet.shown.items()
    )
    changes = (
        "(select jsonb_agg(jsonb_build_object('field', c.field, 'before', c.before, 'after', c.after)"
        " order by c.field)"
        f" from (values {pairs}) as c(field, before, after) where c.field = any(i.changed))"
    )
    also = sheet.undo.kept if isinstance(sheet.undo, Undo) else {}
    kept = ", ".join(
        [*(f"'{name}', o.{name}" for name in sheet.restored), *(f"'{name}', {value}" for name, value in also.items())]
    )
    before = f"case when i.changed <> '{{}}' then jsonb_build_object({kept}) end" if kept else "null::jsonb"
    wrong = "severity = 'error'"
    return f"""
create temporary table import_verdict on commit drop as
with fault as (
    select row, bool_and(first is not null) filter (where {wrong}) as beside,
        bool_and(code in ({", ".join(f"'{code}'" for code in TO_DECIDE)})) filter (where {wrong}) as alike,
        (array_agg(code) filter (where {wrong}))[1] as code, min(first) as first,
        jsonb_agg(jsonb_build_object('column', "column", 'value', value, 'code', code, 'message', message,
            'first', first, 'detail', detail, 'severity', severity) order by severity, code) as findings
    from import_finding group by row
), judged as (
    select r.row, coalesce({sheet.called}, r.name) as name, r.cells, f.findings, i.{sheet.key} as target_id,
        case when i.changed <> '{{}}' then coalesce({changes}, {_NO_CHANGES}) else {_NO_CHANGES} end as changes,
        coalesce(n.candidates, '[]'::jsonb) as candidates, {before} as before,
        case when r.skipped then 'left_out'
            when i.row is not null and i.{sheet.key} is null then 'new'
            when i.row is not null and i.changed = '{{}}' then 'unchanged'
            when i.row is not null then 'changed'
            when n.row is not null and f.alike then 'near'
            when f.beside then 'left_out'
            else 'faulty' end as verdict,
        case when r.skipped then jsonb_build_object('code', 'skipped', 'row', null)
            when f.beside then jsonb_build_object('code', f.code, 'row', f.first) end as because
    from import_read r
    left join import_row i on i.row = r.row
    left join {sheet.table} o on o.id = i.{sheet.key}
    left join fault f on f.row = r.row
    left join import_near n on n.row = r.row
)
select *, md5(verdict || coalesce(target_id::text, '') || changes::text) as seen from judged
"""


_GONE = (
    "delete from import_row_verdict v where v.job_id = %(job)s"
    " and not exists (select from import_read r where r.row = v.row)"
)
_SHOWN = ("verdict", "name", "cells", "target_id", "changes", "candidates", "findings", "because", "seen")
_SHOW = f"""
insert into import_row_verdict
    (id, created_at, job_id, row, verdict, name, cells, target_id, changes, candidates, findings, because, seen,
     untried, applied)
select gen_random_uuid(), %(now)s, %(job)s, row, verdict, name, cells, target_id, changes, candidates,
    coalesce(findings, '[]'::jsonb), because, seen, false, false
from import_verdict order by row
on conflict (job_id, row) do update set {", ".join(f"{name} = excluded.{name}" for name in _SHOWN)},
    untried = false, applied = false, before = null, written_version = null
"""
_STALE = """
create temporary table import_stale on commit drop as
select n.row from import_verdict n left join import_row_verdict v on v.job_id = %(job)s and v.row = n.row
where n.verdict <> 'unchanged' and n.seen is distinct from v.seen
"""
_LEAVE_OUT = """
update import_row_verdict v set verdict = 'left_out', because = %(because)s, target_id = n.target_id,
    changes = n.changes, candidates = n.candidates, findings = coalesce(n.findings, '[]'::jsonb), seen = n.seen
from import_verdict n join import_stale s on s.row = n.row where v.job_id = %(job)s and v.row = n.row
"""


def _applied(sheet: Sheet) -> str:
    return (
        "update import_row_verdict v set applied = true, target_id = o.id, before = n.before,"
        " written_version = o.version"
        f" from import_row i join import_verdict n on n.row = i.row join {sheet.table} o on o.id = i.{sheet.key}"
        " where v.job_id = %(job)s and v.row = i.row"
    )
