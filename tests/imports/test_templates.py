"""Templates: an import reads each as it is, takes nothing from it, and understands every value that it offers."""

import csv
import io
import zipfile
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from puumerkki.imports.engine import import_sheet
from puumerkki.imports.examples import MARKS, is_example
from puumerkki.imports.explanations import EXPLANATIONS
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ImportKind
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.reading.tables import Record
from puumerkki.imports.results import Findings
from puumerkki.imports.row_validation import Checker
from puumerkki.imports.templates import columns
from puumerkki.kernel.field_types import UiLanguage
from tests.factories import World
from tests.personas import Cast, make_cast


async def template(world: World, kind: str, file_format: str, language: str) -> bytes:
    answer = await world.nobody.get(f"/imports/templates/{kind}.{file_format}?language={language}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"] == f'attachment; filename="{kind}-{language}.{file_format}"'
    return answer.content


def cells(content: bytes) -> dict[str, str]:
    [head, row] = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return dict(zip(head, row, strict=True))


_OF_PEOPLE = {ImportKind.people, ImportKind.representatives}


async def bring(cast: Cast, kind: ImportKind, content: bytes) -> Any:
    home, by = (cast.association, "owner") if kind in _OF_PEOPLE else (cast.city, "officer")
    options = ImportOptions(network_id=cast.network.id, organisation_id=home.id, dry_run=True)
    source = io.BytesIO(content)
    return await import_sheet(
        RULES[kind].sheet, cast.world.session, source=source, actor_id=cast[by].id, options=options
    )


@pytest.mark.parametrize("kind", ImportKind)
async def test_a_template_as_it_is_brings_nothing_in(world: World, kind: ImportKind) -> None:
    cast = await make_cast(world)
    for language in UiLanguage:
        for file_format, left in (("csv", set()), ("xlsx", {"sheets_left"})):
            content = await template(world, kind, file_format, language)
            result = await bring(cast, kind, content)
            assert result.errors == []
            assert (result.created, result.changed, result.unchanged, result.skipped) == (0, 0, 0, 0)
            assert result.reading is not None
            read = [one.field for one in result.reading.columns]
            assert read == list(columns(RULES[kind].sheet, RULES[kind].template)), "every heading is understood"
            assert {one.code for one in result.warnings} == {"example_left_out"} | left
            if file_format == "xlsx" and kind != ImportKind.members:
                sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
                assert b"<dataValidation " in sheet, "cells offer what is allowed"


@pytest.mark.parametrize("kind", ImportKind)
async def test_the_example_is_a_good_row(world: World, kind: ImportKind) -> None:
    for language in UiLanguage:
        await _is_good(world, kind, language)


async def _is_good(world: World, kind: ImportKind, language: UiLanguage) -> None:
    rule = RULES[kind]
    given = cells(await template(world, kind, "csv", language))
    assert rule.template.headings[rule.template.marked][language] in given
    by_field = dict(zip(columns(rule.sheet, rule.template), given.values(), strict=True))
    by_field = {name: cell for name, cell in by_field.items() if cell}
    assert by_field[rule.template.marked] == MARKS[language]
    by_field[rule.template.marked] = "PK/2026/000012"
    findings = Findings()
    checker = Checker(rule.sheet, known=await rule.sheet.known(world.session), headings={}, findings=findings)
    assert len(checker.good([Record(2, by_field)])) == 1, findings.errors


@pytest.mark.parametrize("kind", ImportKind)
async def test_each_value_that_is_offered_is_understood(world: World, kind: ImportKind) -> None:
    for language in UiLanguage:
        await _are_understood(world, kind, language)


async def _are_understood(world: World, kind: ImportKind, language: UiLanguage) -> None:
    rule = RULES[kind]
    example = cells(await template(world, kind, "csv", language))
    good = dict(zip(columns(rule.sheet, rule.template), example.values(), strict=True))
    good = {name: cell for name, cell in good.items() if cell} | {rule.template.marked: "PK/2026/000012"}
    good = {name: cell for name, cell in good.items() if name not in ("legal_form", "association_register_number")}
    known = await rule.sheet.known(world.session)
    book = CalamineWorkbook.from_filelike(io.BytesIO(await template(world, kind, "xlsx", language)))
    explained = {str(row[0]): row[1:] for row in book.get_sheet_by_index(1).to_python()[1:]}
    tried = 0
    for name in columns(rule.sheet, rule.template):
        heading = rule.template.headings[name][language]
        _, what, allowed = explained[heading]
        assert what == EXPLANATIONS[rule.sheet.expected[name]][language]
        values = str(allowed).split("\n") if allowed else []
        for value in values:
            said = value.split()[0] if name == "target_groups" else value
            findings = Findings()
            row = good | {name: said} | ({"text": "x", "appeal": "y"} if kind == "proposals" else {})
            if name == "outcome":
                row.pop("sum", None)
            Checker(rule.sheet, known=known, headings={}, findings=findings).good([Record(2, row)])
            wrong = [one for one in findings.errors if one.code == rule.sheet.expected[name]]
            assert wrong == [], (name, value)
            tried += 1
        codes = rule.template.words.get(name, {})
        for code, words in codes.items():
            if name in rule.sheet.row.model_fields:
                made = Checker(rule.sheet, known=known, headings={}, findings=Findings())
                read = made.good([Record(2, good | {name: words[language]})])
                assert not read or getattr(read[0][1], name) in (code, [code])
    assert tried > 0


def test_only_the_whole_mark_is_an_example() -> None:
    assert is_example({"a": "x", "b": MARKS["sv"]})
    assert not is_example({"a": "ESIMERKKI ry", "b": MARKS["fi"] + "!"})
