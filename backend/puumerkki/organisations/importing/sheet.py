"""Organisations from a file: matched with what is there by number, by another system's id, else by name and home.

What the operator brings in is confirmed. A row whose name is like another's, and which no number tells apart, is near:
somebody decides, or the file says in `another` that it is another one. A blank cell clears what is there, except
numbers, legal form and contacts.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from puumerkki.imports.models import ImportKind
from puumerkki.imports.sheets import Sheet, Staged
from puumerkki.kernel.collation import search_text, sort_key
from puumerkki.kernel.field_types import display_name
from puumerkki.organisations.importing import statements as sql
from puumerkki.organisations.importing import twins, writing
from puumerkki.organisations.importing.other_names import called_otherwise
from puumerkki.organisations.importing.rows import EXPECTED, OrganisationRow, notes
from puumerkki.organisations.importing.words import SYNONYMS
from puumerkki.organisations.models.organisations import LegalForm
from puumerkki.organisations.naming import name_key, name_keys
from puumerkki.reference.spellings import former_municipalities, municipality_of

_NAMES = ("name_fi", "name_sv", "name_en")
_JSON = json.JSONEncoder(ensure_ascii=False).encode
"""Of a text many times quicker than of a dict."""


def _cells(row: OrganisationRow) -> tuple[Any, ...]:
    names, listed_names = row.names, row.listed_names
    name = display_name(names)
    listed = name if names is listed_names else display_name(listed_names)
    return (
        row.id,
        f"{{{', '.join([f'{_JSON(language)}: {_JSON(one)}' for language, one in names.items()])}}}",
        name,
        sort_key(name),
        search_text(names),
        name_keys(names),
        row.sector,
        row.form,
        row.legal_form is not None,
        row.business_id,
        row.association_register_number,
        row.home_municipality or _own_place(row),
        sorted({*row.municipalities, row.home_municipality} - {None}),
        row.website,
        row.external_scheme,
        row.external_id,
        row.public_email,
        row.public_phone,
        None if listed == name else listed,
        None if listed == name else sort_key(listed),
        bool(row.another),
    )


def _own_place(row: OrganisationRow) -> str | None:
    """The code of a municipality of today that the list calls by a name alone."""
    if row.form is not LegalForm.municipality:
        return None
    codes = (municipality_of(name) for name in row.listed_names.values())
    return next((code for code in codes if code is not None and code not in former_municipalities()), None)


async def _settle(staged: Staged) -> None:
    name = next((staged.headings[name] for name in _NAMES if name in staged.headings), "name_fi")
    staged = replace(staged, headings={"name": name, **staged.headings})
    await staged.run(*twins.DECIDED)
    await staged.run(sql.ONE_AT_A_TIME, *sql.MATCHES)
    await staged.check(sql.ID_UNKNOWN)
    await staged.check(*sql.CHECKS_MATCHED)
    await called_otherwise(staged)
    await twins.match(staged)
    await staged.run(sql.LOCK, sql.RESOLVE, sql.SERVED)
    if not staged.options.makes_authorities:
        await staged.note(twins.OTHER_SECTOR)
        await staged.run(twins.KEEP_AUTHORITIES)
    await _rename(staged)
    await staged.run(sql.KEEP_REMAINING)
    await staged.note(sql.MERGED)
    await staged.check(*sql.CHECKS_RESOLVED)
    await staged.note(sql.NUMBER_MISSING)
    await twins.note_near(staged)
    await staged.check_repeated(sql.TWICE_HERE, *sql.CHECKS_WITHIN)
    await staged.run(sql.COMPARE)


async def _rename(staged: Staged) -> None:
    """What is made from the names is made anew, where the file gives some only, or spells them otherwise.

    What is the same in plain form stays as it is here, unless an id of ours or of another system says which one it is.
    """
    await _keep_spelling(staged)
    async with staged.connection.cursor(name="renamed") as renamed:
        await renamed.execute("select row, names from import_row where renamed")
        while some := await renamed.fetchmany(1000):
            await staged.connection.cursor().executemany(
                "update import_row set name = %s, sort_key = %s, search_text = %s, name_keys = %s where row = %s",
                [
                    (name := display_name(names), sort_key(name), search_text(names), name_keys(names), row)
                    for row, names in some
                ],
            )


_SPELT = """
select i.row, i.names, o.names from import_row i join organisation o on o.id = i.organisation_id
where i.given_id is null and not i.elsewhere and i.names <> o.names
"""


async def _keep_spelling(staged: Staged) -> None:
    async with staged.connection.cursor(name="spelt") as spelt:
        await spelt.execute(_SPELT.encode())
        while some := await spelt.fetchmany(1000):
            kept = [(row, names, {**names, **_same_spelling(names, known)}) for row, names, known in some]
            await staged.connection.cursor().executemany(
                "update import_row set names = %s, renamed = true where row = %s",
                [(json.dumps(after), row) for row, before, after in kept if after != before],
            )


def _same_spelling(listed: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    return {
        language: known[language]
        for language, name in listed.items()
        if language in known and name_key(name) == name_key(known[language])
    }


ORGANISATIONS = Sheet(
    kind=ImportKind.organisations,
    row=OrganisationRow,
    synonyms=SYNONYMS,
    expected=EXPECTED,
    columns=sql.COLUMNS,
    ids=4,
    cells=_cells,
    key="organisation_id",
    table="organisation",
    shown=sql.SHOWN,
    restored=sql.SET,
    undo=writing.UNDO,
    more=sql.MORE,
    settle=_settle,
    one_of=(_NAMES,),
    alike={"home_municipality": municipality_of},
    notes=notes,
    statements=writing.WRITTEN,
)
