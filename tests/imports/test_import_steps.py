"""An import by steps: a trial run with a verdict for each row, decisions, apply, and what has changed meanwhile."""

import csv
import io
import unicodedata
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports import jobs as import_jobs
from puumerkki.kernel import files
from puumerkki.organisations.models.organisations import Organisation
from tests.factories import Client, World

HEAD = "nimi;sektori;yhdistysrekisterinumero;kotikunta\n"
CSV = {"Content-Type": "text/csv"}


async def sent(caller: Client, content: str, query: str = "&dry_run=true") -> str:
    path = f"/imports?kind=organisations{query}"
    answer = await caller.request("POST", path, content=content.encode(), headers=CSV)
    assert answer.status_code == 201, answer.text
    await import_jobs.run(job_id=answer.json()["id"])
    return f"/imports/{answer.json()['id']}"


def _id(path: str) -> UUID:
    return UUID(path.rsplit("/", 1)[1])


async def step(caller: Client, path: str, action: str, **given: Any) -> Any:
    """Take a step, let the worker run it, and look."""
    version = (await caller.get(path)).json()["version"]
    answer = await caller.post(f"{path}/{action}", given, if_match=version)
    assert answer.status_code == 200, answer.text
    await import_jobs.run(job_id=path.rsplit("/", 1)[1])
    return (await caller.get(path)).json()


async def verdicts(caller: Client, path: str) -> dict[int, str]:
    return {one["row"]: one["verdict"] for one in (await caller.get(f"{path}/rows")).json()["items"]}


async def one_row(caller: Client, path: str, row: int) -> Any:
    items = (await caller.get(f"{path}/rows")).json()["items"]
    return next(one for one in items if one["row"] == row)


async def test_a_trial_says_of_each_row_what_would_happen(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    known = await world.organisation("Vaihdettu nimi ry", association_register_number="111301")
    same = await world.organisation("Sama ry", association_register_number="111302")
    content = HEAD + (
        "Uusi ry;yhdistys;111300;Oulu\nVaihdettu ry;yhdistys;111301;Oulu\nSama ry;yhdistys;111302;Oulu\n"
        "Virhe ry;yhdistys;111303;Eiole\nToistettu ry;yhdistys;111300;Oulu\n"
    )
    path = await sent(operator, content)
    job = (await operator.get(path)).json()
    assert (job["state"], job["rows_total"]) == ("tried", 5)
    assert (job["created"], job["changed"], job["unchanged"], job["skipped"]) == (1, 1, 1, 2)
    expected = {2: "new", 3: "changed", 4: "unchanged", 5: "faulty", 6: "left_out"}
    assert await verdicts(operator, path) == expected
    changed = await one_row(operator, path, 3)
    assert (changed["name"], changed["target_id"]) == ("Vaihdettu ry", str(known.id))
    assert changed["changes"] == [
        {"field": "names", "before": {"fi": "Vaihdettu nimi ry"}, "after": {"fi": "Vaihdettu ry"}}
    ]
    assert (await one_row(operator, path, 4))["target_id"] == str(same.id)
    assert [one["code"] for one in (await one_row(operator, path, 5))["findings"]] == ["municipality_expected"]
    assert (await one_row(operator, path, 6))["because"] == {"code": "organisation_twice", "row": 2}
    faulty = (await operator.get(f"{path}/rows?verdict=faulty")).json()["items"]
    assert [one["row"] for one in faulty] == [5]
    counts = (await operator.get(f"{path}/counts")).json()
    each = {"new": 1, "changed": 1, "unchanged": 1, "near": 0, "faulty": 1, "left_out": 1}
    assert counts == {**each, "untried": 0, "warned": 0}
    assert (await operator.patch(f"{path}/rows/2", {"decision": "skip"})).status_code == 200
    assert (await operator.get(f"{path}/counts")).json()["untried"] == 1
    assert (await session.exec(select(func.count()).select_from(Organisation))).one() == 2
    assert await files.exists(_id(path))


async def test_what_was_shown_is_stored_at_once(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    path = await sent(operator, HEAD + "Uusi ry;yhdistys;111300;Oulu\nVirhe ry;yhdistys;111303;Eiole\n")
    refused = await operator.post(f"{path}/apply", {}, if_match=(await operator.get(path)).json()["version"])
    assert refused.json()["code"] == "rows_to_decide"
    job = await step(operator, path, "apply", leave_out=True)
    assert (job["state"], job["created"], job["skipped"], job["rows_read"]) == ("succeeded", 1, 1, 2)
    made = (await session.exec(select(Organisation))).one()
    row = await one_row(operator, path, 2)
    assert (row["applied"], row["target_id"]) == (True, str(made.id))
    assert not (await one_row(operator, path, 3))["applied"]


async def test_corrections_are_laid_over_the_file_and_tried_before_they_are_stored(
    world: World, session: AsyncSession
) -> None:
    operator = await world.operator()
    path = await sent(operator, HEAD + "Uusi ry;yhdistys;111300;Eiole\nToinen ry;yhdistys;111301;Oulu\n")
    answer = await operator.patch(f"{path}/rows/2", {"cells": {"home_municipality": "Oulu", "public_phone": "-"}})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["corrected"]["home_municipality"], answer.json()["untried"]) == ("Oulu", True)
    assert (await operator.patch(f"{path}/rows/3", {"decision": "skip"})).status_code == 200
    refused = await operator.post(f"{path}/apply", {}, if_match=(await operator.get(path)).json()["version"])
    assert refused.json()["code"] == "trial_needed"
    assert (await step(operator, path, "try"))["state"] == "tried"
    assert await verdicts(operator, path) == {2: "new", 3: "left_out"}
    assert (await one_row(operator, path, 3))["because"] == {"code": "skipped", "row": None}
    assert (await one_row(operator, path, 2))["cells"]["home_municipality"] == "Eiole"
    assert (await step(operator, path, "apply"))["created"] == 1
    made = (await session.exec(select(Organisation))).one()
    assert (made.names, made.home_municipality_code) == ({"fi": "Uusi ry"}, "564")


async def test_what_has_changed_since_the_trial_is_not_stored_in_silence(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    known = await world.organisation("Vaihdettu vanha ry", association_register_number="111301")
    content = HEAD + "Uusi ry;yhdistys;111300;Oulu\nVaihdettu ry;yhdistys;111301;Oulu\nKolmas ry;yhdistys;111302;Oulu\n"
    path = await sent(operator, content)
    await world.organisation("Toisen lisäämä ry", association_register_number="111300")
    known.names = {"fi": "Välissä vaihdettu ry"}
    await session.flush()
    job = await step(operator, path, "apply")
    assert (job["created"], job["changed"], job["skipped"]) == (1, 0, 2)
    for number in (2, 3):
        row = await one_row(operator, path, number)
        assert (row["verdict"], row["because"]["code"], row["applied"]) == (
            "left_out",
            "changed_since_the_trial",
            False,
        )
    shown = (await one_row(operator, path, 3))["changes"]
    assert shown[0]["before"] == {"fi": "Välissä vaihdettu ry"}
    await session.refresh(known)
    assert known.names == {"fi": "Välissä vaihdettu ry"}


@pytest.mark.parametrize(
    ("language", "word", "heading", "fault"),
    [
        ("fi", "uusi", "Kotikunta", "Anna kunnan kolminumeroinen"),
        ("sv", "ny", "Hemkommun", "Ange kommunens"),
        ("en", "new", "Home municipality", "Give the municipality’s three-digit code"),
    ],
)
async def test_the_result_is_a_file_with_what_to_do(
    world: World, language: str, word: str, heading: str, fault: str
) -> None:
    operator = await world.operator()
    path = await sent(operator, HEAD + "Uusi ry;yhdistys;111300;Oulu\nVirhe ry;yhdistys;111303;Eiole\n")
    answer = await operator.get(f"{path}/result.csv?language={language}")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    headings, first, second = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";")
    assert heading in headings
    assert first[:3] == ["2", word, ""]
    assert f"kotikunta: {fault}" in second[2]
    assert "Virhe ry" in second


async def test_a_trial_that_is_cancelled_leaves_no_file(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    path = await sent(operator, HEAD + "Uusi ry;yhdistys;111300;Oulu\n")
    job = (await operator.get(path)).json()
    cancelled = await operator.post(f"{path}/cancel", {}, if_match=job["version"])
    assert (cancelled.json()["state"], cancelled.json()["file_kept"]) == ("cancelled", False)
    assert not await files.exists(_id(path))
    assert (await session.exec(select(func.count()).select_from(Organisation))).one() == 0


async def test_rows_are_for_whoever_may_import_there(world: World) -> None:
    operator, person = await world.operator(), await world.person()
    path = await sent(operator, HEAD + "Uusi ry;yhdistys;111300;Oulu\n")
    for answer in (
        await person.get(f"{path}/rows"),
        await person.get(f"{path}/counts"),
        await person.get(f"{path}/result.csv"),
        await person.patch(f"{path}/rows/2", {"decision": "skip"}),
        await person.post(f"{path}/apply", {}, if_match=1),
    ):
        assert answer.status_code == 404
    assert (await operator.patch(f"{path}/rows/2", {"cells": {"shoe_size": "43"}})).json()["errors"][0]["code"] == (
        "field_unknown"
    )
    assert (await operator.patch(f"{path}/rows/2", {"decision": "another"})).json()["code"] == "row_not_near"
    assert (await operator.patch(f"{path}/rows/9", {"decision": "skip"})).status_code == 404


async def test_headings_are_chosen_by_hand_and_tried_again(world: World) -> None:
    operator = await world.operator()
    path = await sent(operator, "kenkä;sektori;yhdistysrekisterinumero;kotikunta\nUusi ry;yhdistys;111300;Oulu\n")
    job = (await operator.get(path)).json()
    assert (job["state"], job["reading"]["columns"][0]) == (
        "tried",
        {"heading": "kenkä", "field": None, "by_hand": False},
    )
    job = await step(operator, path, "try", mapping={"kenkä": "name_fi"})
    assert (job["created"], job["reading"]["first_names"]) == (1, ["Uusi ry"])
    assert (await verdicts(operator, path)) == {2: "new"}


async def test_a_file_that_is_not_understood_is_not_applied(world: World) -> None:
    operator = await world.operator()
    path = await sent(operator, "nimi;laji\nUusi ry;yhdistys\n")
    job = (await operator.get(path)).json()
    assert (job["state"], job["reason"]) == ("tried", "file_not_understood")
    refused = await operator.post(f"{path}/apply", {}, if_match=job["version"])
    assert refused.json()["code"] == "file_not_understood"
    assert (await step(operator, path, "try", mapping={"laji": "sector"}))["reason"] is None


async def test_a_name_with_its_accents_apart_is_the_same_name(world: World) -> None:
    """As a Mac writes names of files, and what is copied from them."""
    operator = await world.operator()
    await world.organisation("Töölön väki ry", association_register_number="111301")
    name = unicodedata.normalize("NFD", "Töölön väki ry")
    path = await sent(operator, f"nimi;sektori;yhdistysrekisterinumero\n{name};yhdistys;111301\n")
    assert (await one_row(operator, path, 2))["changes"] == []


async def test_a_cell_that_could_not_be_read_is_corrected_in_place_and_each_one_waits_for_it(world: World) -> None:
    operator = await world.operator()
    content = "nimi;sektori;kotikunta;kuntakoodi;verkkosivu\nVirhe ry;yhdistys;Oulu;91;#N/A\n"
    path = await sent(operator, content)
    found = await one_row(operator, path, 2)
    assert {(one["column"], one["code"], one["detail"]) for one in found["findings"]} == {
        ("kotikunta", "columns_differ", "Oulu ≠ 91"),
        ("verkkosivu", "cell_broken", None),
    }
    for cells, verdict in (({"home_municipality": "Helsinki"}, "faulty"), ({"website": ""}, "new")):
        assert (await operator.patch(f"{path}/rows/2", {"cells": cells})).status_code == 200
        await step(operator, path, "try")
        assert await verdicts(operator, path) == {2: verdict}
    assert (await step(operator, path, "apply"))["created"] == 1
    stored = (await operator.get("/organisations?q=Virhe ry")).json()["items"]
    assert [(one["home_municipality_code"], one["website"]) for one in stored] == [("091", None)]
