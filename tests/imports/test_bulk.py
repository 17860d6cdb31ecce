"""Lines of JSON: each hears what became of it, batches are stored as they come, and sent again nothing changes."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, func, select

from puumerkki.imports import bulk, lines
from puumerkki.imports.lines import LONGEST, split_lines
from puumerkki.organisations.models.organisations import ExternalId, Organisation
from tests.archiving import act
from tests.factories import Client, World

KIND = {"Content-Type": "application/x-ndjson"}


def line(number: int, **more: Any) -> dict[str, Any]:
    return {
        "name_fi": f"Rivin Tuki {number} ry",
        "sector": "association",
        "association_register_number": str(90000 + number),
        "home_municipality": "Oulu",
        "external_scheme": "ptv",
        "external_id": str(number),
    } | more


async def send(who: Client, *rows: Any, asks: str = "", raw: bytes | None = None) -> list[dict[str, Any]]:
    body = b"".join(json.dumps(one).encode() + b"\n" for one in rows) if raw is None else raw
    answer = await who.request("POST", f"/imports/bulk?kind=organisations{asks}", content=body, headers=KIND)
    assert answer.status_code == 200, answer.text
    return [json.loads(one) for one in answer.text.splitlines()]


async def test_each_line_hears_what_became_of_it(world: World) -> None:
    operator = await world.operator()
    first = await send(operator, line(1), line(2, municipalities=["Oulu", "Kempele"]))
    assert [(one["line"], one["verdict"], one["errors"]) for one in first] == [(1, "new", []), (2, "new", [])]
    again = await send(operator, line(1), line(2, website="www.tuki.example"))
    assert [one["verdict"] for one in again] == ["unchanged", "changed"]
    assert [one["id"] for one in again] == [one["id"] for one in first]
    made = await world.session.get_one(Organisation, first[1]["id"])
    await world.session.refresh(made)
    assert made.website == "https://www.tuki.example"
    assert made.municipality_codes == ["244", "564"], "a field that a line does not name stays as it is"


async def test_a_dash_alone_is_a_blank(world: World) -> None:
    operator = await world.operator()
    (told,) = await send(operator, line(1, name_sv="–", public_phone="-"))
    assert (told["verdict"], told["errors"]) == ("new", [])
    made = await world.session.get_one(Organisation, told["id"])
    assert made.names == {"fi": "Rivin Tuki 1 ry"}


async def test_a_bad_line_stops_no_other(world: World) -> None:
    raw = b"".join(
        [
            json.dumps(line(1)).encode() + b"\n",
            b"\n",
            b"{not json}\n",
            b'["a list"]\n',
            json.dumps(line(2, nonsense="x")).encode() + b"\n",
            json.dumps(line(3, sector="circus")).encode() + b"\n",
            json.dumps(line(4, website={"a": 1})).encode() + b"\n",
            b"x" * (LONGEST + 1) + b"\n",
            json.dumps(line(5)).encode(),
        ]
    )
    found = await send(await world.operator(), raw=raw)
    codes = {one["line"]: [error["code"] for error in one["errors"]] or one["verdict"] for one in found}
    assert codes == {
        1: "new",
        3: ["json_invalid"],
        4: ["json_invalid"],
        5: ["field_unknown"],
        6: ["sector_expected"],
        7: ["value_unfit"],
        8: ["line_too_long"],
        9: "new",
    }
    kept = await world.session.exec(select(func.count()).where(col(ExternalId.scheme) == "ptv"))
    assert kept.one() == 2


async def test_batches_are_stored_one_by_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "LINES", 2)
    operator = await world.operator()
    found = await send(operator, *(line(one) for one in range(5)), line(4))
    assert [one["verdict"] for one in found] == ["new"] * 5 + ["faulty"]
    tried = await send(operator, line(7), asks="&dry_run=true")
    assert [one["verdict"] for one in tried] == ["new"]
    assert [one["verdict"] for one in await send(operator, line(7))] == ["new"], "a trial stores nothing"


async def test_who_may_not_import_sends_nothing(world: World) -> None:
    for who, status in ((world.nobody, 401), (await world.person(), 403)):
        answer = await who.request("POST", "/imports/bulk?kind=organisations", content=b"{}\n", headers=KIND)
        assert answer.status_code == status
    wrong = await (await world.operator()).post("/imports/bulk?kind=organisations", {"name_fi": "A"})
    assert wrong.json()["errors"][0]["code"] == "ndjson_expected"
    answer = await (await world.operator()).request("POST", "/imports/bulk?kind=needs", content=b"", headers=KIND)
    assert answer.json()["errors"][0]["code"] == "scope_missing"


async def test_an_id_of_a_merged_organisation_means_the_one_that_remains(world: World) -> None:
    operator = await world.operator()
    twin, into = await world.organisation("Rivin Tuki 1 r.y."), await world.organisation("Rivin Tuki 1 ry")
    world.session.add_all(
        [
            ExternalId(organisation_id=twin.id, scheme="ptv", value="1"),
            ExternalId(organisation_id=into.id, scheme="ptv", value="other"),
        ]
    )
    await world.session.flush()
    assert (await act(operator, twin.id, "merge", into=str(into.id), reason="Sama.")).status_code == 200
    [found] = await send(operator, line(1))
    assert (found["verdict"], found["id"]) == ("changed", str(into.id))
    shown = await world.nobody.get("/organisations/by-external-id/ptv/1")
    assert (shown.json()["id"], shown.json()["external_ids"]) == (str(into.id), {"ptv": "other"})


async def test_an_organisation_is_put_by_its_id_elsewhere(world: World) -> None:
    operator = await world.operator()
    path = "/organisations/by-external-id/ptv/77"
    given = {
        "names": {"fi": "Toisen Tuki ry"},
        "sector": "association",
        "legal_form": "registered_association",
        "association_register_number": "77",
        "home_municipality_code": "564",
    }
    assert (await operator.put(path, given, if_match=1)).status_code == 412, "there is no version of it"
    made = await operator.put(path, given)
    assert (made.status_code, made.json()["external_ids"]) == (201, {"ptv": "77"}), made.text
    assert made.headers["Location"].endswith(made.json()["id"])
    same = await operator.put(path, given)
    assert (same.status_code, same.json()["version"]) == (200, made.json()["version"])
    changed = await operator.put(path, given | {"website": "https://tuki.example"}, if_match=made.json()["version"])
    assert (changed.status_code, changed.json()["website"]) == (200, "https://tuki.example")
    stale = await operator.put(path, given | {"website": None}, if_match=made.json()["version"])
    assert stale.status_code == 412
    assert (await (await world.person()).put(path, given | {"website": None})).status_code == 403
    assert (await world.nobody.put(path, given)).status_code == 401
    assert (await world.nobody.get("/organisations/by-external-id/ptv/78")).status_code == 404


@given(st.lists(st.binary(max_size=20).filter(lambda one: b"\n" not in one)), st.integers(1, 7))
async def test_lines_are_the_same_however_they_are_cut(rows: list[bytes], size: int) -> None:
    whole = b"".join(one + b"\n" for one in rows)

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(whole), size):
            yield whole[start : start + size]

    assert [one async for one in split_lines(chunks())] == rows
    assert lines.LONGEST > 20
