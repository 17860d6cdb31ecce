"""A row of totals below a list is no row of it: it is left out, which is said."""

import pytest

from puumerkki.applications.models.applications import Application
from tests.factories import World
from tests.imports.helpers import bring, rows
from tests.personas import Cast, make_cast

APPLICATIONS = "Hankkeen nimi;Tarkoitus;Haettava summa\nA;x;100\nYhteensä;;12345,67\n"
LISTS = {
    "organisations": "Nro;Nimi;Sektori\n1;A ry;yhdistys\nYHTEENSÄ:;2;\n",
    "needs": "Otsikko;Kuvaus;Kunta\nA;x;Oulu\n;Summa;\nKaikki yhteensä;;\n",
    "members": "Jäsen;Ääni\nTotalt;3\n;\n",
}


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


async def test_a_total_becomes_no_application(cast: Cast) -> None:
    result = await bring(cast, "applications", APPLICATIONS)
    assert (result.created, result.errors) == (1, [])
    assert [(one.row, one.code, one.value) for one in result.warnings] == [(3, "total_left_out", "Yhteensä")]
    made = await rows(cast, Application, applicant_id=cast.association.id)
    assert "Yhteensä" not in {one.title for one in made}


@pytest.mark.parametrize("word", ["Yhteensä", "summa", "Kaikki  yhteensä:", "TOTALT", "Sammanlagt", "Total", "Summa :"])
async def test_it_is_known_by_its_word(cast: Cast, word: str) -> None:
    text = APPLICATIONS.replace("Yhteensä", word)
    result = await bring(cast, "applications", text, dry_run=True)
    assert (result.created, [one.code for one in result.warnings]) == (1, ["total_left_out"])


async def test_what_only_begins_so_is_no_total(cast: Cast) -> None:
    text = APPLICATIONS.replace("Yhteensä", "Yhteensä enemmän")
    assert (await bring(cast, "applications", text)).created == 2


@pytest.mark.parametrize("kind", LISTS)
async def test_so_it_is_in_every_kind(cast: Cast, kind: str) -> None:
    result = await bring(cast, kind, LISTS[kind], dry_run=True)
    left = [one.row for one in result.warnings if one.code == "total_left_out"]
    assert left == {"organisations": [3], "needs": [3, 4], "members": [2]}[kind]
    assert {one.row for one in result.errors}.isdisjoint(left)
