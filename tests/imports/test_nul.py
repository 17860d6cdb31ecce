"""A NUL, as exports of old databases have it, is a fault that names its row, and no import fails of it."""

import pytest

from puumerkki.imports.options import ImportOptions
from puumerkki.imports.reading.tables import open_table
from puumerkki.imports.reading.unreadable import UnreadableFile
from puumerkki.organisations.importing.sheet import ORGANISATIONS
from tests.factories import World
from tests.imports.helpers import with_part
from tests.imports.test_import_steps import HEAD, one_row, sent, step, verdicts
from tests.imports.write_files import xlsx


async def test_a_nul_in_a_cell_is_a_fault_of_its_row(world: World) -> None:
    operator = await world.operator()
    path = await sent(operator, HEAD + "Pa\0ha ry;yhdistys;;Ou\0lu\nHyvä ry;yhdistys;111301;Oulu\n\0;yhdistys;;\n")
    assert (await operator.get(path)).json()["state"] == "tried"
    assert await verdicts(operator, path) == {2: "faulty", 3: "new", 4: "faulty"}
    row = await one_row(operator, path, 2)
    found = [(one["column"], one["code"], one["value"]) for one in row["findings"]]
    assert sorted(found) == [("kotikunta", "nul_character", "Oulu"), ("nimi", "nul_character", "Paha ry")]
    corrected = {"name_fi": "Paha ry", "home_municipality": "Oulu"}
    assert (await operator.patch(f"{path}/rows/2", {"cells": corrected})).status_code == 200
    assert (await operator.patch(f"{path}/rows/4", {"decision": "skip"})).status_code == 200
    await step(operator, path, "try")
    assert await verdicts(operator, path) == {2: "new", 3: "new", 4: "left_out"}


async def test_a_nul_in_a_heading_is_a_fault_of_the_headings(world: World) -> None:
    path = await sent(
        await world.operator(), "Luettelo;;;\n" + HEAD.replace("nimi", "ni\0mi") + "A ry;yhdistys;;Oulu\n"
    )
    job = (await (await world.operator()).get(path)).json()
    told = [(one["row"], one["code"], one["detail"]) for one in job["errors"]]
    assert told == [(2, "nul_character", "nimi")]


@pytest.mark.parametrize("heading", ["Nimi", "Ni_x0000_mi"])
def test_so_it_is_in_a_workbook(heading: str) -> None:
    written = xlsx({"Taul1": ((heading, "Sektori"), ("Pa_x0000_ha ry", "yhdistys"), ("B ry", "yhdistys"))})
    # written as Excel does where a text holds it (ECMA-376 part 1, 22.9.2.19)
    book = with_part(written, "xl/sharedStrings.xml", lambda old: old.replace(b"_x005F_x0000_", b"_x0000_"))
    try:
        file = open_table(book, ORGANISATIONS.vocabulary, ImportOptions(), named_by=["name_fi"])
    except UnreadableFile as error:
        assert (error.code, error.row) == ("nul_character", 1) and heading != "Nimi"
        return
    assert heading == "Nimi" and file.reading.first_names == ("Paha ry", "B ry")
    assert [(one.row, [fault.code for fault in one.faults]) for one in file.records()] == [
        (2, ["nul_character"]),
        (3, []),
    ]
