"""Whoever adds or renames an organisation is asked about those with a name like it."""

import pytest

from tests.factories import OULU, World
from tests.organisations.test_confirmations import added, group, refused


@pytest.mark.parametrize("shown", ["Vanhusten Ystävät ry", "VANHUSTEN YSTÄVÄT r.y.", "Vanhusten Үstävät"])
async def test_a_namesake_is_asked_about(world: World, shown: str) -> None:
    known = await world.organisation("Vanhusten Ystävät ry")
    founder = await world.person()
    asked = await founder.post("/organisations", group(shown))
    assert refused(asked) == (409, "namesake_exists"), asked.text
    [candidate] = asked.json()["candidates"]
    assert (candidate["id"], candidate["names"], candidate["home_municipality_code"], candidate["confirmed"]) == (
        str(known.id),
        {"fi": "Vanhusten Ystävät ry"},
        OULU,
        True,
    )
    made = await added(founder, shown, other_than=[str(known.id)])
    again = await (await world.person()).post("/organisations", group(shown, other_than=[str(known.id)]))
    assert [one["id"] for one in again.json()["candidates"]] == [made["id"]], (
        "only those that were not said to be others"
    )


async def test_a_new_name_is_asked_about_too(world: World) -> None:
    known = await world.organisation("Vanhusten Ystävät ry")
    founder = await world.person()
    made = await added(founder)
    there = f"/organisations/{made['id']}"
    names = {"names": {"fi": "Vanhusten ystävät"}}
    assert refused(await founder.patch(there, names, if_match=1)) == (409, "namesake_exists")
    changed = await founder.patch(there, names | {"other_than": [str(known.id)]}, if_match=1)
    assert changed.status_code == 200, changed.text
    same = await founder.patch(there, {"names": {"fi": "VANHUSTEN YSTÄVÄT"}}, if_match=2)
    assert same.status_code == 200, "what it looked like before needs no new answer"
