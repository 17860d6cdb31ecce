"""An organisation's reports from a file: the same report is one on the same agreement or grant and of the same year.

They are drafts: an import submits none. What has been submitted changes only once it has been returned.
"""

import json
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports.cell_types import target_groups
from puumerkki.imports.models import ImportKind
from puumerkki.imports.sheets import (
    Check,
    Known,
    Sheet,
    Staged,
    Undo,
    both,
    by_id,
    compare,
    given,
    id_unknown,
    keep,
    lock,
    twice,
)
from puumerkki.organisations.importing.owner import open_organisation
from puumerkki.reports.events import ReportChanged, ReportDeleted, ReportDrafted
from puumerkki.reports.exports import FIGURES, TEXTS
from puumerkki.reports.importing import numbers
from puumerkki.reports.importing.row import EXPECTED, SYNONYMS, ReportRow
from puumerkki.reports.service.reports import OPEN

MOST_FIGURES = 500
"""So many a report holds."""


async def _known(session: AsyncSession) -> Known:
    return {"target_group": await target_groups(session)}


def _cells(row: ReportRow) -> tuple[Any, ...]:
    return (
        row.id,
        row.subject,
        row.year,
        json.dumps(row.texts, ensure_ascii=False),
        json.dumps(row.figures),
        row.language,
    )


def said(kind: str, content: str) -> str:
    """SQL: the figures of a kind as a cell says them, in one order, or null."""
    of = "nullif(concat_ws('/', f->>'target_group', f->>'month'), '')"
    return (
        f"(select string_agg(coalesce({of} || '=', '') || (f->>'amount'), ' | '"
        " order by f->>'target_group' nulls first, (f->>'month')::int nulls first)"
        f" from jsonb_array_elements(coalesce({content}->'figures', '[]')) f where f->>'what' = '{kind}')"
    )


_IN_FILE = " union all ".join(f"select '{name}' where {given(name)}" for name in TEXTS)
_COUNTED = " union all ".join(f"select '{kind}' where {given(name)}" for name, kind in FIGURES.items())
_OTHERS = (
    "coalesce((select jsonb_agg(f) from jsonb_array_elements(coalesce(o.content->'figures', '[]')) f"
    f" where f->>'what' <> all(array({_COUNTED}))), '[]')"
)
_WITH = "jsonb_strip_nulls(jsonb_build_object('figures', nullif({}, '[]')))"
_WRITE = f"update import_row set content = texts || {_WITH.format('figures')} where target_id is null"
_MERGE = (
    f"update import_row i set content = (o.content - array({_IN_FILE}) - 'figures') || i.texts"
    f" || {_WITH.format(f'{_OTHERS} || i.figures')}, year = o.year, subject_kind = o.subject_kind,"
    " subject_id = o.subject_id from report o where o.id = i.target_id"
)
_COMPARE = compare(
    "report",
    ("language",),
    further=[
        *(
            f"case when o.content->'{one}' is distinct from i.content->'{one}' then 'content.{one}' end"
            for one in TEXTS
        ),
        *(
            f"case when {said(kind, 'o.content')} is distinct from {said(kind, 'i.content')} then 'content.{name}' end"
            for name, kind in FIGURES.items()
        ),
    ],
)
_MATCH = (
    "update import_row i set target_id = o.id from report o where i.given_id is null and o.subject_id = i.subject_id"
    " and o.organisation_id = %(organisation)s::uuid and o.year = i.year"
)
_TOO_MANY: Check = (
    "people",
    "figures_expected",
    f"select row, subject, null::int from import_row where jsonb_array_length(content->'figures') > {MOST_FIGURES}",
)
_OPEN = ", ".join(f"'{state}'" for state in OPEN)
_SUBMITTED: Check = (
    "subject",
    "report_submitted",
    "select i.row, i.subject, null::int from import_row i join report o on o.id = i.target_id"
    f" where o.state not in ({_OPEN}) and i.changed <> '{{}}'",
)
_KEYS = "subject_id, year"
_TWICE = twice("subject", "subject", fault="report_twice", keys=_KEYS, condition="true")
_UPSERT = """
insert into report
    (id, created_at, updated_at, version, subject_kind, subject_id, subject_title, organisation_id, year, state,
    language, content)
select target_id, %(now)s::timestamptz, %(now)s::timestamptz, 1, subject_kind, subject_id, subject_title,
    %(organisation)s::uuid, year, 'draft', language, content
from import_row order by row
on conflict (id) do update set updated_at = excluded.updated_at, version = report.version + 1,
    language = excluded.language, content = excluded.content
"""
_ABOUT = (
    "jsonb_build_object('about_kind', o.subject_kind, 'about_id', o.subject_id,"
    " 'organisation_id', o.organisation_id, 'year', o.year)"
)
_TELL = f"""
insert into event (id, occurred_at, type, tier, actor_id, subject_kind, subject_id, related, changed, data)
select i.event_id, %(now)s::timestamptz,
    case when i.target_id = i.made_id then '{ReportDrafted.type}' else '{ReportChanged.type}' end,
    '{ReportChanged.tier}', %(actor)s::uuid, 'report', i.target_id, i.related, i.changed, {_ABOUT}
from import_row i join report o on o.id = i.target_id order by i.row
"""


async def _settle(staged: Staged) -> None:
    await numbers.find(staged)
    await staged.check(numbers.SEVERAL, numbers.NOT_FOUND)
    await staged.run(by_id("report", belongs="o.organisation_id = %(organisation)s::uuid"), _MATCH)
    await staged.check(id_unknown(), numbers.OTHERWISE)
    await staged.run(lock("report"), keep("report", {"language": "language"}), _WRITE, _MERGE, _COMPARE)
    await staged.check(_TOO_MANY, _SUBMITTED)
    await staged.check_repeated(_TWICE)
    await numbers.name(staged)


REPORTS = Sheet(
    kind=ImportKind.reports,
    row=ReportRow,
    synonyms=SYNONYMS,
    expected=EXPECTED,
    columns={
        "row": "int4",
        "made_id": "uuid",
        "event_id": "uuid",
        "given_id": "uuid",
        "subject": "text",
        "year": "int4",
        "texts": "jsonb",
        "figures": "jsonb",
        "language": "text",
    },
    cells=_cells,
    table="report",
    shown=both("language")
    | {f"content.{one}": (f"o.content->'{one}'", f"i.content->'{one}'") for one in TEXTS}
    | {f"content.{name}": (said(kind, "o.content"), said(kind, "i.content")) for name, kind in FIGURES.items()},
    restored=("language", "content"),
    undo=Undo(
        subject="report",
        removed=(ReportDeleted.type, f"'{ReportDeleted.tier}'"),
        changed=(ReportChanged.type, f"'{ReportChanged.tier}'"),
        related="coalesce((select e.related from event e where e.subject_kind = 'report' and e.subject_id = o.id"
        " order by e.occurred_at limit 1), array[o.subject_id, o.organisation_id])",
        data=_ABOUT,
    ),
    called="i.year || ': ' || (select string_agg(name, ' / ') from"
    " (select distinct jsonb_each_text.value as name from jsonb_each_text(i.subject_title)) named)",
    more=", content jsonb, subject_kind text, subject_id uuid, subject_title jsonb, related uuid[]",
    one_of=(("subject", "id"), ("year", "id")),
    known=_known,
    begin=open_organisation,
    settle=_settle,
    statements=(_UPSERT, _TELL),
)
