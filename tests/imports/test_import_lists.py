"""What lists say of imports: rows that should be looked at, and of each import what it did, by whom, and until when."""

from datetime import datetime, timedelta

from tests.factories import World
from tests.imports.test_import_steps import HEAD, sent, step


async def test_rows_that_come_in_and_should_be_looked_at_are_counted_and_listed(world: World) -> None:
    operator = await world.operator()
    content = HEAD + (
        "Numeroton ry;yhdistys;;Oulu\nNumero ry;yhdistys;111300;Oulu\nNumeroton ry;yhdistys;;Oulu\n"
        "Virhe ry;yhdistys;111303;Eiole\n"
    )
    path = await sent(operator, content)
    assert (await operator.get(f"{path}/counts")).json()["warned"] == 1
    for asked, rows in (("true", [2]), ("false", [3, 4, 5])):
        items = (await operator.get(f"{path}/rows?warned={asked}")).json()["items"]
        assert [one["row"] for one in items] == rows


async def test_a_list_says_what_each_import_did_by_whom_and_until_when_it_can_be_undone(world: World) -> None:
    operator = await world.operator()
    path = await sent(operator, HEAD + "Uusi ry;yhdistys;111300;Oulu\n")
    (tried,) = (await operator.get("/imports")).json()["items"]
    name = (await operator.get("/me")).json()["name"]
    assert (tried["asked_by_name"], tried["applied_by_name"], tried["undo_until"]) == (name, None, None)
    stored = await step(operator, path, "apply")
    (listed,) = (await operator.get("/imports?state=succeeded")).json()["items"]
    assert (listed["created"], listed["applied_by_name"], listed["undone_by_name"]) == (1, name, None)
    kept = datetime.fromisoformat(listed["undo_until"]) - datetime.fromisoformat(stored["applied_at"])
    assert kept == timedelta(days=30)
    await step(operator, path, "undo")
    (undone,) = (await operator.get("/imports")).json()["items"]
    assert (undone["undone_by_name"], undone["undo_until"]) == (name, None)
