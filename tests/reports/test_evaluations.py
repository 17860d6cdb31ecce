"""Evaluations: each party gives one a year, both read both, and what all have said stays."""

from typing import Any

from sqlmodel import col, select

from puumerkki.kernel.eventlog.events import EventRow
from tests.factories import Client, World
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import in_force, proposed
from tests.valid_requests.reports import YEAR, evaluated


async def give(by: Client, cast: Cast, agreement: Any, organisation: Any, **more: Any) -> Any:
    given = {
        "subject_kind": "agreement",
        "subject_id": str(agreement),
        "organisation_id": str(organisation),
        "year": YEAR,
        "goals_met": 4,
        "cooperation": 5,
        "goes_on": "yes",
    }
    return await by.post("/evaluations", given | more)


async def read(by: Client, agreement: Any) -> list[dict[str, Any]]:
    answer = await by.get(f"/evaluations?subject_kind=agreement&subject_id={agreement}")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_both_give_and_both_read(world: World) -> None:
    cast = await make_cast(world)
    first = await evaluated(cast)
    agreement = first.subject_id
    [shown] = await read(cast["officer"], agreement)
    assert (shown["organisation"]["id"], shown["goals_met"], shown["complete"], shown["editable"]) == (
        str(cast.association.id), 4, False, False,
    )  # fmt: skip
    path = f"/evaluations/{first.id}"
    changed = await cast["editor"].patch(path, {"cooperation": 3, "went_well": None}, if_match=first.version)
    assert (changed.status_code, changed.json()["cooperation"], changed.json()["went_well"]) == (200, 3, None)
    made = await give(cast["officer"], cast, agreement, cast.city.id, goes_on="changed", to_improve="Useampi ilta.")
    assert (made.status_code, made.json()["complete"], made.json()["editable"]) == (201, True, False)
    for caller in ("viewer", "registry"):
        both = await read(cast[caller], agreement)
        assert {one["goes_on"] for one in both} == {"yes", "changed"}
        assert all(one["complete"] for one in both)
    late = await cast["editor"].patch(path, {"cooperation": 1}, if_match=changed.json()["version"])
    assert (late.status_code, late.json()["code"]) == (409, "evaluations_complete")


async def test_a_year_stays_open_while_another_is_complete(world: World) -> None:
    cast = await make_cast(world)
    first = await evaluated(cast)
    await give(cast["officer"], cast, first.subject_id, cast.city.id)
    next_year = (await give(cast["editor"], cast, first.subject_id, cast.association.id, year=YEAR + 1)).json()
    assert [(one["year"], one["complete"]) for one in await read(cast["editor"], first.subject_id)] == [
        (YEAR + 1, False), (YEAR, True), (YEAR, True),
    ]  # fmt: skip
    changed = await cast["editor"].patch(
        f"/evaluations/{next_year['id']}", {"goals_met": 2}, if_match=next_year["version"]
    )
    assert changed.status_code == 200


async def test_one_a_party_and_year_and_none_of_strangers(world: World) -> None:
    cast = await make_cast(world)
    first = await evaluated(cast)
    again = await give(cast["editor"], cast, first.subject_id, cast.association.id)
    assert (again.status_code, again.json()["code"]) == (409, "evaluation_exists")
    early = await give(cast["editor"], cast, (await proposed(cast)).id, cast.association.id)
    assert (early.status_code, early.json()["errors"][0]["code"]) == (422, "not_a_party")
    for wrong in ({"goals_met": 0}, {"cooperation": 6}, {"goes_on": "maybe"}, {"goals_met": True}):
        answer = await give(cast["officer"], cast, first.subject_id, cast.city.id, **wrong)
        assert answer.status_code == 422, wrong
    for caller in ("coordinator", "outsider"):
        answer = await cast[caller].get(f"/evaluations?subject_kind=agreement&subject_id={first.subject_id}")
        assert answer.status_code == 404
    unknown = await cast["editor"].get(f"/evaluations?subject_kind=need&subject_id={first.subject_id}")
    assert unknown.status_code == 404


async def test_it_is_told_with_whose_and_which_year(world: World) -> None:
    cast = await make_cast(world)
    first = await evaluated(cast)
    row = (await world.session.exec(select(EventRow).where(col(EventRow.type) == "evaluation.given"))).one()
    assert (row.subject_kind, row.subject_id) == ("agreement", first.subject_id)
    assert set(row.related) == {cast.association.id, cast.city.id}
    assert row.data == {
        "evaluation_id": str(first.id), "organisation_id": str(cast.association.id), "year": YEAR,
    }  # fmt: skip
    timeline = (await cast["decider"].get(f"/agreements/{first.subject_id}/timeline")).json()["items"]
    assert timeline[0]["type"] == "evaluation.given"


async def test_the_filters_ask_for_what_there_is(world: World) -> None:
    cast = await make_cast(world)
    agreement = (await in_force(cast)).id
    assert await read(cast["editor"], agreement) == []
    parties = (await cast["viewer"].get(f"/reports/parties?subject_kind=agreement&subject_id={agreement}")).json()
    assert [(one["reports"], one["accepts"], one["writes"]) for one in parties["items"]] == [(True, True, False)] * 2
