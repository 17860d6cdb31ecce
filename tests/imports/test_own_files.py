"""What we wrote ourselves is known: of its further columns nothing is said, of anybody else's all."""

import io

import pytest

from puumerkki.imports.engine import import_sheet
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ImportKind
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.own_files import RESULT_HEADINGS, own_columns, passed_over
from tests.factories import World
from tests.imports.test_import_jobs import CSV, run
from tests.imports.test_round_trip import MAKERS
from tests.personas import Cast, make_cast

OWN = tuple(own_columns({"nimi": {"fi": "Nimi", "sv": "Namn", "en": "Name"}}, {"nimi"}))


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


def test_one_such_heading_alone_is_somebody_elses() -> None:
    for headings in RESULT_HEADINGS.values():
        assert passed_over(OWN, ["Nimi", *headings]) == set(headings)
        assert passed_over(OWN, ["Nimi", *headings[:2]]) == set()


def test_a_year_in_a_heading_is_no_matter() -> None:
    further = {"nimi": {"fi": "Nimi", "sv": "Namn", "en": "Name"}}
    further["sum"] = {"fi": "Rahaa {year} (€)", "sv": "Pengar {year} (€)", "en": "Money {year} (€)"}
    assert passed_over(tuple(own_columns(further, {"nimi"})), ["Nimi", "Rahaa 2027 (€)"]) == {"Rahaa 2027 (€)"}


@pytest.mark.parametrize("kind", MAKERS)
async def test_of_our_own_lists_nothing_is_said(cast: Cast, kind: ImportKind) -> None:
    rule = RULES[kind]
    reader, make = MAKERS[kind]
    path = await make(cast, "Äb", "Äb")
    scope = {"network_id": cast.network.id, "organisation_id": cast.association.id}
    options = ImportOptions(**({} if rule.scope is None else {rule.scope: scope[rule.scope]}), dry_run=True)
    for language in ("", "?language=fi", "?language=sv", "?language=en"):
        file = (await cast[reader].get(f"{path}.csv{language}")).content
        result = await import_sheet(
            rule.sheet, cast.world.session, source=io.BytesIO(file), actor_id=cast[reader].id, options=options
        )
        assert [one.column for one in result.warnings if one.code == "column_not_understood"] == [], language


async def test_a_result_is_called_after_its_file_and_comes_back(cast: Cast) -> None:
    operator = cast["operator"]
    content = b"nimi;sektori;Tulos\nUusi ry;yhdistys;5\n"
    sent = await operator.request(
        "POST", "/imports?kind=organisations&dry_run=true&file_name=lista%202026.csv", content=content, headers=CSV
    )
    job = await run(sent)
    assert [one["column"] for one in job.errors if one["code"] == "column_not_understood"] == ["Tulos"]
    result = await operator.get(f"/imports/{job.id}/result.csv?language=fi")
    assert "filename*=UTF-8''lista%202026%20%E2%80%93%20tulos.csv" in result.headers["content-disposition"]
    again = await run(
        await operator.request("POST", "/imports?kind=organisations&dry_run=true", content=result.content, headers=CSV)
    )
    assert [one["column"] for one in again.errors if one["code"] == "column_not_understood"] == []
