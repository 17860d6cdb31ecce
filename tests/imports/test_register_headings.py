"""What clerks call the number of the register of associations."""

import pytest

from puumerkki.imports.sheets import Sheet
from puumerkki.networks.importing.members import MEMBERS
from puumerkki.organisations.importing.sheet import ORGANISATIONS


@pytest.mark.parametrize("sheet", [ORGANISATIONS, MEMBERS], ids=lambda sheet: sheet.kind.value)
@pytest.mark.parametrize(
    "heading", ["Rek.nro", "Reknr", "Rekisterinro", "Rekisterinr", "Yhd.rek.nro", "Yhd. rek. no", "Reknro", "Rek.no"]
)
def test_the_number_of_the_register_is_known_by_its_short_names(sheet: Sheet, heading: str) -> None:
    assert sheet.vocabulary.column(heading).field == "association_register_number"
