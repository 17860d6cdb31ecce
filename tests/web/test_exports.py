"""Lists as files: the same rows as the list for everybody, in both formats, with words in three languages."""

import csv
import gc
import io
import sys
from collections.abc import Callable
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

import puumerkki.web.app as _every_export_is_declared_there
from puumerkki.access.roles import Role
from puumerkki.kernel.field_types import UiLanguage
from puumerkki.kernel.reads import exports
from puumerkki.kernel.reads.exports import Export, in_three, money
from puumerkki.kernel.reads.exports import day as day_of
from puumerkki.kernel.reads.fetch import page
from puumerkki.kernel.spreadsheets import TableWriter
from tests.factories import World
from tests.personas import EVERYBODY, make_cast
from tests.valid_requests import Call, load
from tests.web.calls import make

assert _every_export_is_declared_there
OPERATIONS = load()
BY_LIST = sorted(name for name in OPERATIONS if "_export" in name and name.replace("_export", "_list") in OPERATIONS)
"""The exports of lists."""


def declared() -> list[Export]:
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("puumerkki.")]
    found = {id(one): one for module in modules for one in vars(module).values() if isinstance(one, Export)}
    return list(found.values())


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def other(call: Call, *pairs: tuple[str, str]) -> Call:
    path = call.path
    for before, after in pairs:
        path = path.replace(before, after)
    return Call(call.method, path, call.by)


@pytest.mark.parametrize("name", BY_LIST)
async def test_a_file_holds_what_the_list_holds_for_everybody(name: str, world: World) -> None:
    cast = await make_cast(world)
    call = await OPERATIONS[name](cast)
    as_csv = other(call, ("/export.xlsx", "/export.csv"))
    as_list = other(call, ("/export.xlsx", ""), ("/export.csv", ""), ("language=sv&", ""))
    counts = set()
    for caller in EVERYBODY:
        listed, file = await make(cast, as_list, by=caller), await make(cast, as_csv, by=caller)
        assert file.status_code == listed.status_code, caller
        if listed.is_success:
            items = listed.json()["items"]
            counts.add(len(items))
            rows = table(file.content)
            assert len(rows) == len(items) + 1, caller
    assert max(counts) > 0
    file = await make(cast, as_csv, by=call.by)
    book = await make(cast, other(as_csv, ("/export.csv", "/export.xlsx")), by=call.by)
    [sheet] = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).sheet_names
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_name(sheet).to_python()
    assert [str(one) for one in rows[0]] == table(file.content)[0]
    assert len(rows) == len(table(file.content))


def test_every_column_has_a_heading_in_each_language() -> None:
    found = declared()
    assert len(found) == len(BY_LIST)
    for one in found:
        assert set(one.columns) <= set(one.headings), one.file
        assert set(one.words) <= set(one.columns), one.file
        for language in UiLanguage:
            headings = one.head(language)
            assert len(set(headings)) == len(headings), (one.file, language)
            for words in one.words.values():
                assert all(said[language.value] for said in words.values())


async def test_words_are_codes_unless_a_language_is_asked_for(world: World) -> None:
    await world.organisation("Vireä ry")
    plain = table((await world.nobody.get("/organisations/export.csv")).content)
    swedish = table((await world.nobody.get("/organisations/export.csv?language=sv")).content)
    assert (plain[0][4], plain[1][4]) == ("sector", "association")
    assert (swedish[0][4], swedish[1][4]) == ("Sektor", "förening")
    assert (await world.nobody.get("/organisations/export.pdf")).status_code == 422
    assert (await world.nobody.get("/organisations/export.csv?limit=5")).status_code == 422


async def test_every_page_is_in_the_file(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"Yhdistys {number} ry" for number in range(7)]
    for name in names:
        await world.organisation(name)
    monkeypatch.setattr(exports, "ROWS_AT_ONCE", 2)
    somebody = await world.person()
    rows = table((await somebody.get("/organisations/export.csv")).content)
    assert [row[1] for row in rows[1:]] == names


async def test_whoever_is_not_signed_in_gets_no_long_list(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the database reads one page of it, and not all the list, to find that out."""
    monkeypatch.setattr(exports, "SIGNED_OUT_ROWS", 2)
    read: list[int] = []

    async def counted(*given: Any, limit: int, **more: Any) -> Any:
        read.append(limit)
        return await page(*given, limit=limit, **more)

    monkeypatch.setattr(exports, "page", counted)
    for name in ("Ensi ry", "Toinen ry"):
        await world.organisation(name)
    assert len(table((await world.nobody.get("/organisations/export.csv")).content)) == 3
    await world.organisation("Kolmas ry", home_municipality_code="564")
    for file_format in ("csv", "xlsx"):
        read.clear()
        refused = await world.nobody.get(f"/organisations/export.{file_format}")
        assert (refused.status_code, refused.json()["code"], refused.json()["rows"]) == (401, "sign_in_to_export", 2)
        assert read == [2]
    assert len(table((await world.nobody.get("/organisations/export.csv?q=kolmas")).content)) == 2
    machine = await world.service(Role.viewer, await world.organisation("Neljäs ry"), scopes=frozenset())
    for somebody in (await world.person(), machine):
        assert len(table((await somebody.get("/organisations/export.csv")).content)) == 5


CELLS: list[tuple[Callable[[Any], Any], Any, str]] = [
    (money("x"), 123_450, "1234,50"),
    (money("x"), None, ""),
    (day_of("x"), "2026-03-01", "2026-03-01"),
    (day_of("x"), "2026-03-01T22:30:00+00:00", "2026-03-02"),
    (exports.moment("x"), "2026-03-01T22:30:00+00:00", "2026-03-02 00:30"),
    (exports.moment("x"), "2026-07-01T20:59:59+00:00", "2026-07-01 23:59:59"),
    (lambda item: item["x"], ["a", "b"], "A|b"),
    (lambda item: item["x"], True, "kyllä"),
    (lambda item: item["x"], "=1+1", "'=1+1"),
]


@pytest.mark.parametrize(("value", "given", "written"), CELLS)
async def test_cells(value: Any, given: Any, written: str) -> None:
    one = Export(None, "x", "x", {"x": value}, in_three(x=("X", "X", "X")), {"x": {"a": {"fi": "A"}}})  # type: ignore[arg-type]

    async def rows() -> Any:
        yield [one.row({"x": given}, UiLanguage.fi)]

    parts = [part async for part in exports.csv_file(one.head(UiLanguage.fi), rows())]
    assert table(b"".join(parts)) == [["X"], [written]]


def test_a_workbook_takes_memory_for_one_row(tmp_path: Any) -> None:
    """Twenty thousand rows leave nothing behind: the cells of a row are gone with the next one."""
    with (tmp_path / "x.xlsx").open("wb") as out:
        writer = TableWriter(out, folder=str(tmp_path), name="x", headings=["a", "b"])
        writer.write([f"{number}", number] for number in range(20_000))
        assert not any(isinstance(one, dict) and len(one) > 10_000 for one in gc.get_objects())
        writer.close()
    assert [one.name for one in tmp_path.iterdir()] == ["x.xlsx"]
