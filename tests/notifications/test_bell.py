"""The bell: somebody's own notices, how many are new, and what closes or hides them."""

from typing import Any

import pytest
from sqlmodel import col, select

from puumerkki.access.models import RoleGrant
from puumerkki.notifications.service.following import sweep
from tests.factories import Client, World
from tests.handlings.scene import make_scene
from tests.notifications.people import follow_all
from tests.notifications.test_tells import begun
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import in_force
from tests.valid_requests.notifications import be_told


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


async def unseen(caller: Client) -> int:
    answer = await caller.get("/notices/unseen")
    assert answer.status_code == 200, answer.text
    return int(answer.json()["unseen"])


async def items(caller: Client) -> list[Any]:
    answer = await caller.get("/notices")
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.json()["items"]
    return found


async def test_what_one_is_told_until_it_is_seen(cast: Cast) -> None:
    caller = cast["coordinator"]
    assert (await unseen(caller), await items(caller)) == (0, [])
    await be_told(cast)
    [one] = await items(caller)
    assert (one["kind"], one["step"], one["is_open"], one["seen_at"]) == ("need_agreement", "opened", True, None)
    assert one["title"] == {"fi": "Seuraa yksin asuville"}
    assert one["network_names"] == cast.network.names
    assert await unseen(caller) == 1
    assert await items(cast["chair"]) == []
    assert (await caller.post("/notices/seen", {})).status_code == 204
    assert await unseen(caller) == 0
    assert (await items(caller))[0]["seen_at"] is not None


async def test_of_one_thing_only(cast: Cast) -> None:
    caller = cast["coordinator"]
    await be_told(cast)
    await be_told(cast)
    first = (await items(caller))[0]["subject"]["id"]
    await caller.post("/notices/seen", {"subject_id": first})
    assert await unseen(caller) == 1


def new(lines: list[Any]) -> int:
    """So many lines the page tags as new."""
    return sum(one["seen_at"] is None and (one["is_open"] or one["step"] == "told") for one in lines)


async def test_the_bell_says_how_many_lines_are_new(world: World) -> None:
    """Of one application the review began and a ballot opened: that is two lines. A vote that was cast is done."""
    scene = await make_scene(world)
    assert await sweep(world.session)
    await scene.to_ballot()
    await follow_all(world.session)
    votes = scene.representatives["a"]
    before = await unseen(votes)
    assert before == new(await items(votes))
    for name in "abc":
        await scene.vote(name, "for")
    await scene.on_ballot("close")
    await scene.must("endorse")
    await follow_all(world.session)
    after = await items(votes)
    assert await unseen(votes) == new(after)
    assert [(one["seen_at"], one["is_open"]) for one in after if one["kind"] == "vote_to_cast"] == [(None, False)]
    shown = await items(scene.editor)
    assert len({one["subject"]["id"] for one in shown}) < len(shown), [one["kind"] for one in shown]
    assert await unseen(scene.editor) == new(shown) == len(shown)
    assert (await scene.editor.post("/notices/seen", {})).status_code == 204
    assert await unseen(scene.editor) == 0


async def test_what_one_may_not_know_of_any_more_is_not_there(cast: Cast) -> None:
    caller = cast["coordinator"]
    await be_told(cast)
    for grant in await cast.world.session.exec(select(RoleGrant).where(col(RoleGrant.principal_id) == caller.id)):
        await cast.world.session.delete(grant)
    await cast.world.session.flush()
    assert (await unseen(caller), await items(caller)) == (0, [])


async def test_choices_and_their_defaults(cast: Cast) -> None:
    caller = cast["coordinator"]
    before = (await caller.get("/notice-choices")).json()["items"]
    assert {one["row"]: (one["channel"], one["is_default"], one["is_locked"]) for one in before} == {
        "urgent": ("now", True, True),
        "tasks": ("now", True, False),
        "reminders": ("now", True, False),
        "own": ("now", True, False),
        "networks": ("daily", True, False),
        "authority": ("daily", True, False),
        "discussions": ("daily", True, False),
        "followed": ("weekly", True, False),
        "operations": ("now", True, False),
        "events": ("now", True, False),
    }
    assert (await cast["observer"].get("/notice-choices")).json()["items"][4]["channel"] == "weekly"
    after = await caller.put("/notice-choices/reminders", {"channel": "daily"})
    assert [one["channel"] for one in after.json()["items"] if not one["is_default"]] == ["daily"]
    again = await caller.put("/notice-choices/reminders", {"channel": None})
    assert again.json()["items"] == before
    for row, channel in (("urgent", "bell"), ("tasks", "weekly"), ("tasks", "bell"), ("operations", "bell")):
        refused = await caller.put(f"/notice-choices/{row}", {"channel": channel})
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "enum"), row
    assert (await caller.put("/notice-choices/else", {"channel": "now"})).status_code == 422
    assert (await caller.put("/notice-choices/tasks", {"channel": "never"})).status_code == 422


async def test_a_thing_that_is_muted_says_so_until_it_is_heard_of_again(cast: Cast) -> None:
    caller = cast["coordinator"]
    await be_told(cast)
    [one] = await items(caller)
    path = f"/notice-exceptions/need/{one['subject']['id']}"
    for channel, muted in (("bell", True), (None, False)):
        assert (await caller.put(path, {"channel": channel})).status_code == 200
        assert [each["is_muted"] for each in await items(caller)] == [muted]


async def test_a_meeting_and_an_agreement_are_told_apart(cast: Cast) -> None:
    """A meeting by its title and day, an agreement by its parties."""
    await begun(cast)
    given = {"network_id": str(cast.network.id), "kind": "meeting", "title": "Joulukokous", "place": "Tuira"}
    made = await cast["secretary"].post("/meetings", given | {"starts_at": "2027-12-15T14:00:00Z"})
    assert made.status_code == 201, made.text
    await follow_all(cast.world.session)
    [met] = [one for one in await items(cast["chair"]) if one["kind"] == "meeting.planned"]
    assert (met["title"], met["due_on"], met["party_names"]) == ({"fi": "Joulukokous"}, "2027-12-15", [])
    await in_force(cast)
    await follow_all(cast.world.session)
    told = [one for who in ("editor", "officer", "signatory") for one in await items(cast[who])]
    agreed = [one for one in told if one["subject"]["kind"] == "agreement"]
    assert agreed
    for one in agreed:
        assert len(one["party_names"]) == 2 and cast.association.names in one["party_names"]
