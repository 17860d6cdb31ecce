"""A real register of places (LIPAS, CC BY 4.0), saved in each way that a spreadsheet program knows."""

import io
from pathlib import Path

import pytest

from puumerkki.imports.options import ImportOptions
from puumerkki.imports.reading.headings import Vocabulary
from puumerkki.imports.reading.tables import open_table
from puumerkki.reference.spellings import municipality_of

PLACES = Path(__file__).parents[2].parent / "shared" / "data" / "samples" / "places" / "lipas_1000_utf8.csv"
WORDS = Vocabulary({"nimi": "name", "kuntakoodi": "code", "kunta": "place", "www": "website"}, [("name",)])


@pytest.mark.conformance
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_thousand_real_rows_are_read_alike_in_each_encoding(encoding: str) -> None:
    if not PLACES.is_file():
        pytest.skip(f"the samples are not beside the project: {PLACES}")
    written = "".join(sign for sign in PLACES.read_text("utf-8") if sign.encode("cp1252", "ignore"))
    file = open_table(io.BytesIO(written.encode(encoding)), WORDS, ImportOptions(), named_by=["name"])
    records = list(file.records())
    file.release()
    assert (file.reading.encoding, file.reading.delimiter) == (encoding, ",")
    assert file.reading.first_names[0] == "Keuruun Koulukeskuksen lähiliikunta-alue /ala-aste"
    assert len(records) == 1000
    assert all(not one.faults for one in records)
    for one in records:
        assert municipality_of(one.cells["code"]) == municipality_of(one.cells["place"]), one
