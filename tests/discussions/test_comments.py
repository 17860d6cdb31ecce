"""Comments: who is not of the audience sees neither the comment nor that there is one."""

from uuid import uuid4

import pytest
from sqlmodel import col, select

from puumerkki.access.actor import Caller
from puumerkki.access.roles import Role
from puumerkki.identity.models import User
from puumerkki.kernel.eventlog.events import EventRow, visible
from puumerkki.needs.models import Need, NeedState
from tests.factories import Client, World
from tests.personas import CALLERS, Cast, make_cast
from tests.valid_requests.meetings import make_meeting
from tests.valid_requests.needs import make_need

OF_THE_NETWORK = {"coordinator", "chair", "secretary", "observer", "representative", "deputy"}


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


@pytest.fixture
async def need(cast: Cast) -> Need:
    """An agreed need of the association: everybody reads it, its parties comment on it."""
    return await make_need(cast, NeedState.agreed, raised_for_organisation_id=cast.association.id)


def given(need: Need, audience: str = "applicants", **more: str) -> dict[str, str]:
    return {"subject_kind": "need", "subject_id": str(need.id), "audience": audience, "body": "Kiireellinen."} | more


async def comments(caller: Client, need: Need) -> list[str]:
    answer = await caller.get(f"/comments?subject_kind=need&subject_id={need.id}")
    assert answer.status_code == 200, answer.text
    return [item["body"] for item in answer.json()["items"]]


async def events(cast: Cast, caller: Client) -> list[str]:
    found = await cast.world.session.exec(
        select(EventRow.type).where(visible(Caller(id=caller.id)), col(EventRow.type).startswith("comment."))
    )
    return list(found.all())


async def test_written_changed_and_removed(cast: Cast, need: Need) -> None:
    editor = cast["editor"]
    made = await editor.post("/comments", given(need))
    assert made.status_code == 201, made.text
    body = made.json()
    assert (body["author"], body["body"]) == ({"id": str(editor.id), "name": "editor"}, "Kiireellinen.")
    path = made.headers["location"].removeprefix("/api/v1")
    assert (await editor.get(path)).json()["author"] == body["author"]
    assert (await editor.patch(path, {"body": "X"})).status_code == 428
    changed = await editor.patch(path, {"body": "Ei kiirettä."}, if_match=1)
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"'), changed.text
    assert (await editor.patch(path, {"body": "X"}, if_match=1)).status_code == 412
    assert (await editor.delete(path, if_match=2)).status_code == 204
    assert await comments(editor, need) == [None]
    for answer in (await editor.patch(path, {"body": "X"}, if_match=3), await editor.delete(path, if_match=3)):
        assert (answer.status_code, answer.json()["code"]) == (409, "comment_removed")
    told = (await cast.world.session.exec(select(EventRow).where(col(EventRow.subject_id) == need.id))).all()
    assert [event.type for event in told] == ["comment.added", "comment.changed", "comment.removed"]
    assert {(event.subject_kind, event.tier.value, event.data["comment_id"]) for event in told} == {
        ("need", "parties", body["id"])
    }


@pytest.mark.parametrize("audience", ["applicants", "network"])
@pytest.mark.parametrize("role", CALLERS)
async def test_only_the_audience_reads_writes_and_hears(cast: Cast, need: Need, role: str, audience: str) -> None:
    caller = cast[role]
    made = (await cast["coordinator"].post("/comments", given(need, audience))).json()
    sees = role in OF_THE_NETWORK or (role == "editor" and audience == "applicants")
    assert await comments(caller, need) == (["Kiireellinen."] if sees else [])
    assert (await caller.get(f"/comments/{made['id']}")).status_code == (200 if sees else 404)
    assert await events(cast, caller) == (["comment.added"] if sees else [])
    refused = 401 if role == "anonymous" else 403
    writes = sees and role != "observer"
    assert (await caller.post("/comments", given(need, audience))).status_code == (201 if writes else refused)
    if role == "coordinator":
        return
    refused = 401 if role == "anonymous" else 403 if sees else 404
    assert (await caller.patch(f"/comments/{made['id']}", {"body": "X"}, if_match=1)).status_code == refused
    removed = await caller.delete(f"/comments/{made['id']}", if_match=1)
    assert removed.status_code == (204 if role == "operator" else refused)


async def test_the_audience_is_nothing_without_the_subject(cast: Cast) -> None:
    """Who lost sight of a subject lost its comments with it; unknown subjects are not found."""
    raised = await make_need(cast)
    made = (await cast["coordinator"].post("/comments", given(raised))).json()
    for caller in (cast["outsider"], cast["editor"], cast["anonymous"]):
        assert (await caller.get(f"/comments?subject_kind=need&subject_id={raised.id}")).status_code == 404
        assert (await caller.get(f"/comments/{made['id']}")).status_code == 404
    assert (await cast["editor"].post("/comments", given(raised))).status_code == 404
    for kind, subject_id in (("nothing", raised.id), ("meeting", raised.id), ("need", uuid4())):
        query = f"subject_kind={kind}&subject_id={subject_id}"
        assert (await cast["coordinator"].get(f"/comments?{query}")).status_code == 404
    assert (await cast["coordinator"].get("/comments?subject_kind=need")).status_code == 422


async def test_a_kind_without_the_audience_takes_no_such_comment(cast: Cast) -> None:
    meeting = await make_meeting(cast)
    body = {"subject_kind": "meeting", "subject_id": str(meeting.id), "audience": "authority", "body": "X"}
    answer = await cast["coordinator"].post("/comments", body)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "audience_unavailable")


async def test_a_reply_stays_in_its_thread(cast: Cast, need: Need) -> None:
    coordinator = cast["coordinator"]
    first = (await coordinator.post("/comments", given(need, "network"))).json()["id"]
    reply = await coordinator.post("/comments", given(need, "network", reply_to_id=first))
    assert (reply.status_code, reply.json()["reply_to_id"]) == (201, first)
    other = await make_need(cast, NeedState.agreed)
    for wrong in (
        given(need, "applicants", reply_to_id=first),
        given(other, "network", reply_to_id=first),
        given(need, "network", reply_to_id=str(uuid4())),
    ):
        answer = await coordinator.post("/comments", wrong)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/reply_to_id")


async def test_oldest_first_page_by_page_and_erased_authors_without_name(cast: Cast, need: Need) -> None:
    for body in "abc":
        assert (await cast["chair"].post("/comments", given(need, body=body))).status_code == 201
    user = await cast.world.session.get(User, cast["chair"].id)
    assert user is not None
    user.name = ""
    await cast.world.session.flush()
    path = f"/comments?subject_kind=need&subject_id={need.id}&limit=2"
    first = (await cast["observer"].get(path)).json()
    second = (await cast["observer"].get(f"{path}&cursor={first['next_cursor']}")).json()
    assert [item["body"] for item in first["items"] + second["items"]] == ["a", "b", "c"]
    assert first["items"][0]["author"] == {"id": str(cast["chair"].id), "name": None}


async def test_statements_kept_for_one_reader_serve_no_other(cast: Cast, need: Need) -> None:
    """The compiled statement is shared; whose rows it gives depends on its parameters only."""
    await cast["coordinator"].post("/comments", given(need, "network"))
    other = await cast.world.person((Role.observer, (await cast.world.network("Toinen")).id))
    for caller, seen in ((cast["observer"], 1), (other, 0), (cast["chair"], 1), (cast["viewer"], 0)):
        assert len(await comments(caller, need)) == seen


async def test_a_comment_can_be_on_one_part(cast: Cast, need: Need) -> None:
    editor = cast["editor"]
    for more in ({"part": "purpose"}, {"part": "budget"}, {}):
        assert (await editor.post("/comments", given(need, **more))).json()["part"] == more.get("part")
    found = await editor.get(f"/comments?subject_kind=need&subject_id={need.id}&part=budget")
    assert [one["part"] for one in found.json()["items"]] == ["budget"]
    assert len(await comments(editor, need)) == 3
    assert (await editor.post("/comments", given(need, part="Ei näin"))).status_code == 422
