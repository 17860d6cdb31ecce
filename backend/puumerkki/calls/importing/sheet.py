"""A funder's calls from a file: the same call is one of the same name that is not over, or closed at the same time.

They are drafts: an import opens none for applications. What has been published or cancelled is changed in the call
itself.
"""

import json
from typing import Any

from puumerkki.calls.events import CallChanged, CallCreated, CallDeleted
from puumerkki.calls.importing.row import EXPECTED, LANGUAGES, SYNONYMS, CallRow
from puumerkki.imports.models import ImportKind
from puumerkki.imports.sheets import (
    Check,
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
from puumerkki.imports.titles import plain
from puumerkki.kernel.field_types import display_name
from puumerkki.organisations.importing.owner import open_organisation


def _cells(row: CallRow) -> tuple[Any, ...]:
    names = row.texts("name")
    return (
        row.id,
        display_name(names),
        *(json.dumps(texts, ensure_ascii=False) for texts in (names, row.texts("programme"), row.texts("description"))),
        row.opens_at,
        row.closes_at,
        row.website,
        row.total,
        row.minimum,
        row.maximum,
        [form.value for form in row.legal_forms],
        row.partner_required,
    )


_TEXTS = {"names": "name", "programme": "programme", "descriptions": "description"}
_FIELDS = {
    "website": "website",
    "total_cents": "total",
    "min_cents": "minimum",
    "max_cents": "maximum",
    "legal_forms": "legal_forms",
    "partner_required": "partner_required",
}
_MOMENTS = ("opens_at", "closes_at")
_COMPARED = (*_TEXTS, *_MOMENTS, *_FIELDS)
_HERE = "{0} at time zone 'Europe/Helsinki'"
_MINUTE = f"date_trunc('minute', {_HERE})"
_CLOSED_ALIKE = f"{_MINUTE.format('c.closes_at')} = {_MINUTE.format('i.closes_at')}"
_SAME = f"""
select row, id, name, exact = bool_or(exact) over (partition by row) as best from (
    select i.row, c.id, i.name, bool_or(c.called = m.name) as exact
    from import_row i cross join lateral jsonb_each_text(i.names) m(language, name)
    join (
        select c.*, n.language, n.name as called
        from funding_call c cross join lateral jsonb_each_text(c.names) n(language, name)
        where c.funder_id = %(organisation)s::uuid
    ) c on c.language = m.language and {plain("c.called")} = {plain("m.name")}
    where i.given_id is null and (c.state = 'draft' or (c.state = 'published' and c.closes_at > %(now)s::timestamptz)
        or {_CLOSED_ALIKE})
    group by 1, 2, 3
) found
"""
_TWICE = twice("name_fi", "name", fault="call_twice", keys=plain("name"), condition="given_id is null")
_SAME_TWICE = twice("name_fi", "name", fault="call_twice", keys="target_id", condition="target_id is not null")
_SEVERAL: Check = (
    "name_fi",
    "call_of_several",
    f"select row, name, null::int from ({_SAME}) same where best group by row, name having count(*) > 1",
)
_MATCH = f"update import_row i set target_id = same.id from ({_SAME}) same where same.row = i.row and same.best"
_KEEP_SPELLING = (
    "update import_row i set names = (select jsonb_object_agg(n.language,"
    f" case when {plain('o.names->>n.language')} = {plain('n.name')} then o.names->>n.language else n.name end)"
    " from jsonb_each_text(i.names) n(language, name)) from funding_call o where o.id = i.target_id"
    " and i.given_id is null"
)
"""What is the same in plain form keeps the spelling that it has here."""


def _said_in(field: str) -> str:
    """SQL: the languages in which the file has a column for a text."""
    languages = (f"case when {given(f'{field}_{one}')} then '{one}' end" for one in LANGUAGES)
    return f"array_remove(array[{', '.join(languages)}], null)"


_KEEP_TEXTS = (
    "update import_row i set "
    + ", ".join(
        f"{name} = nullif((coalesce(o.{name}, '{{}}') - {_said_in(field)}) || i.{name}, '{{}}')"
        for name, field in _TEXTS.items()
    )
    + " from funding_call o where o.id = i.target_id"
)
_NO_TEXTS = (
    "update import_row set programme = nullif(programme, '{}'), descriptions = nullif(descriptions, '{}')"
    " where target_id is null"
)
_AS_WRITTEN = (
    f"case when {_HERE.format('i.{0}')} in ({_HERE.format('o.{0}')}, {_MINUTE.format('o.{0}')})"
    " then o.{0} else i.{0} end"
)
_KEEP_MOMENTS = (
    "update import_row i set "
    + ", ".join(f"{name} = {_AS_WRITTEN.format(name)}" for name in _MOMENTS)
    + " from funding_call o where o.id = i.target_id"
)
"""Spreadsheets drop seconds, and an hour of autumn comes twice: what is written alike is the same."""
_AMOUNTS: Check = (
    "maximum",
    "below_minimum",
    "select row, (max_cents / 100.0)::numeric(20, 2)::text, null::int from import_row"
    " where max_cents < coalesce(min_cents, 0)",
)
_NOT_DRAFT: Check = (
    "name_fi",
    "call_not_draft",
    "select i.row, i.name, null::int from import_row i join funding_call c on c.id = i.target_id"
    " where c.state <> 'draft' and i.changed <> '{}'",
)
_OVER: Check = (
    "closes_at",
    "call_over",
    f"select row, to_char({_HERE.format('closes_at')}, 'YYYY-MM-DD HH24:MI'), null::int from import_row"
    " where target_id is null and closes_at <= %(now)s::timestamptz",
)
_COLUMNS = ", ".join(_COMPARED)
_UPSERT = f"""
insert into funding_call (id, created_at, updated_at, version, funder_id, state, {_COLUMNS})
select target_id, %(now)s::timestamptz, %(now)s::timestamptz, 1, %(organisation)s::uuid, 'draft', {_COLUMNS}
from import_row order by row
on conflict (id) do update set updated_at = excluded.updated_at, version = funding_call.version + 1,
    {", ".join(f"{name} = excluded.{name}" for name in _COMPARED)}
"""
_TELL = f"""
insert into event (id, occurred_at, type, tier, actor_id, subject_kind, subject_id, related, changed, data)
select event_id, %(now)s::timestamptz,
    case when target_id = made_id then '{CallCreated.type}' else '{CallChanged.type}' end,
    '{CallChanged.tier}', %(actor)s::uuid, 'funding_call', target_id, array[%(organisation)s::uuid], changed,
    '{{}}'::jsonb
from import_row order by row
"""


async def _settle(staged: Staged) -> None:
    await staged.check(_SEVERAL)
    await staged.run(by_id("funding_call", belongs="o.funder_id = %(organisation)s::uuid"), _MATCH)
    await staged.check(id_unknown())
    await staged.run(
        lock("funding_call"), _KEEP_SPELLING, _KEEP_TEXTS, _NO_TEXTS, keep("funding_call", _FIELDS), _KEEP_MOMENTS
    )
    await staged.check(_AMOUNTS)
    await staged.check_repeated(_SAME_TWICE, _TWICE)
    await staged.run(compare("funding_call", _COMPARED))
    await staged.check(_NOT_DRAFT)
    await staged.note(_OVER)


CALLS = Sheet(
    kind=ImportKind.calls,
    row=CallRow,
    synonyms=SYNONYMS,
    expected=EXPECTED,
    columns={
        "row": "int4",
        "made_id": "uuid",
        "event_id": "uuid",
        "given_id": "uuid",
        "name": "text",
        **dict.fromkeys(_TEXTS, "jsonb"),
        **dict.fromkeys(_MOMENTS, "timestamptz"),
        "website": "text",
        **dict.fromkeys(("total_cents", "min_cents", "max_cents"), "int8"),
        "legal_forms": "text[]",
        "partner_required": "bool",
    },
    cells=_cells,
    table="funding_call",
    shown=both(*_COMPARED),
    restored=_COMPARED,
    undo=Undo(
        subject="funding_call",
        removed=(CallDeleted.type, f"'{CallDeleted.tier}'"),
        changed=(CallChanged.type, f"'{CallChanged.tier}'"),
        related="array[o.funder_id]",
    ),
    one_of=(tuple(f"name_{one}" for one in LANGUAGES),),
    begin=open_organisation,
    settle=_settle,
    statements=(_UPSERT, _TELL),
)
