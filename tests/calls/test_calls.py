"""Calls through the API: drafts are the funder's, published ones public."""

from datetime import timedelta
from typing import Any

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from tests.factories import World
from tests.personas import Cast, make_cast


def given(cast: Cast, **more: Any) -> dict[str, Any]:
    now = clock.now()
    return {
        "funder_id": str(cast.city.id),
        "names": {"fi": "Kumppanuusavustus 2027"},
        "opens_at": (now - timedelta(days=1)).isoformat(),
        "closes_at": (now + timedelta(days=30)).isoformat(),
        "max_cents": 5_000_000,
        "legal_forms": ["registered_association"],
    } | more


async def made(cast: Cast, **more: Any) -> dict[str, Any]:
    answer = await cast["officer"].post("/calls", given(cast, **more))
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/api/v1/calls/{answer.json()['id']}"
    return dict(answer.json())


async def test_a_draft_is_the_funders_own_until_it_is_published(world: World) -> None:
    cast = await make_cast(world)
    call = await made(cast)
    path = f"/calls/{call['id']}"
    assert [one["action"] for one in call["available_actions"]] == ["publish", "cancel"]
    assert (await world.nobody.get(path)).status_code == 404
    assert (await cast["outsider"].get(path)).status_code == 404
    assert (await cast["outsider"].post(f"{path}/publish", if_match=1)).status_code == 404
    assert (await world.nobody.get("/calls")).json()["items"] == []
    assert [one["id"] for one in (await cast["officer"].get("/calls?state=draft")).json()["items"]] == [call["id"]]

    published = await cast["officer"].post(f"{path}/publish", if_match=1)
    assert (published.status_code, published.json()["state"]) == (200, "published"), published.text
    assert (await world.nobody.get(path)).json()["available_actions"] == []
    assert [one["id"] for one in (await world.nobody.get("/calls")).json()["items"]] == [call["id"]]
    assert (await cast["outsider"].post(f"{path}/cancel", if_match=2)).status_code == 403
    cancelled = await cast["officer"].post(f"{path}/cancel", if_match=2)
    assert cancelled.json()["state"] == "cancelled"
    assert (await world.nobody.get(path)).json()["state"] == "cancelled"
    again = await cast["officer"].post(f"{path}/publish", if_match=3)
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")


async def test_a_cancelled_draft_stays_hidden(world: World) -> None:
    cast = await make_cast(world)
    call = await made(cast)
    assert (await cast["officer"].post(f"/calls/{call['id']}/cancel", if_match=1)).status_code == 200
    assert (await world.nobody.get(f"/calls/{call['id']}")).status_code == 404


async def test_a_published_call_only_gets_later_and_clearer(world: World) -> None:
    cast = await make_cast(world)
    officer = cast["officer"]
    call = await made(cast)
    path = f"/calls/{call['id']}"
    draft = await officer.patch(path, {"max_cents": 6_000_000}, if_match=1)
    assert (draft.status_code, draft.json()["max_cents"]) == (200, 6_000_000)
    await officer.post(f"{path}/publish", if_match=2)
    amount = await officer.patch(path, {"max_cents": 1}, if_match=3)
    assert (amount.status_code, amount.json()["code"]) == (409, "call_published")
    earlier = await officer.patch(path, {"closes_at": clock.now().isoformat()}, if_match=3)
    assert (earlier.status_code, earlier.json()["code"]) == (409, "call_cannot_close_earlier")
    later = (clock.now() + timedelta(days=60)).isoformat()
    prolonged = await officer.patch(path, {"closes_at": later, "programme": {"fi": "Ohjelma"}}, if_match=3)
    assert prolonged.status_code == 200, prolonged.text
    stale = await officer.patch(path, {"website": "https://example.org"}, if_match=3)
    assert stale.status_code == 412


async def test_calls_are_found(world: World) -> None:
    cast = await make_cast(world)
    soon = await made(cast, names={"fi": "Äkillinen haku"})
    late = await made(cast, closes_at=(clock.now() + timedelta(days=90)).isoformat(), legal_forms=[])
    for one in (soon, late):
        await cast["officer"].post(f"/calls/{one['id']}/publish", if_match=1)

    async def found(query: str) -> list[str]:
        answer = await world.nobody.get(f"/calls?{query}")
        assert answer.status_code == 200, answer.text
        return [one["id"] for one in answer.json()["items"]]

    assert await found("") == [soon["id"], late["id"]]
    assert await found("sort=-created_at") == [late["id"], soon["id"]]
    assert await found("q=äkilli") == [soon["id"]]
    assert await found("q=fi%22") == []
    assert await found("legal_form=foundation") == [late["id"]]
    assert await found("legal_form=registered_association") == [soon["id"], late["id"]]
    assert await found(f"open_on={(clock.today() + timedelta(days=40)).isoformat()}") == [late["id"]]
    assert await found(f"open_on={(clock.today() - timedelta(days=40)).isoformat()}") == []
    assert await found(f"funder={cast.association.id}") == []
    with clock.fixed(clock.now() + timedelta(days=40)):
        assert (await found("phase=past"), await found("phase=open")) == ([soon["id"]], [late["id"]])
    with clock.fixed(clock.now() + timedelta(days=100)):
        assert await found("phase=past&sort=-closes_at") == [late["id"], soon["id"]]
    with clock.fixed(clock.now() - timedelta(days=2)):
        assert await found("phase=coming") == [soon["id"], late["id"]]
    listed = (await world.nobody.get("/calls")).json()["items"]
    assert {str(one["funder_names"]) for one in (*listed, soon)} == {str(cast.city.names)}


async def test_bad_calls_are_refused(world: World) -> None:
    cast = await make_cast(world)
    answer = await cast["officer"].post("/calls", given(cast, closes_at=(clock.now() - timedelta(days=9)).isoformat()))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/closes_at")
    answer = await cast["officer"].post("/calls", given(cast, min_cents=9_000_000))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/max_cents")
    assert (await cast["registry"].post("/calls", given(cast))).status_code == 403
    assert (await world.nobody.post("/calls", given(cast))).status_code == 401
    editor = await world.person((Role.editor, cast.city.id))
    call = (await editor.post("/calls", given(cast))).json()
    null = await editor.patch(f"/calls/{call['id']}", {"names": None}, if_match=1)
    assert null.status_code == 422
    over = await editor.patch(f"/calls/{call['id']}", {"closes_at": clock.now().isoformat()}, if_match=1)
    assert over.status_code == 200, over.text
    publish = await editor.post(f"/calls/{call['id']}/publish", if_match=2)
    assert (publish.status_code, publish.json()["code"]) == (409, "call_over")
