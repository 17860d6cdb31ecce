"""Meetings: plan, record, hold or cancel; agenda and attendance."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select

from puumerkki.access.actor import Viewer
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.meetings import queries
from puumerkki.meetings.models import MeetingState
from puumerkki.meetings.workflow import MEETING
from puumerkki.needs.models import NeedState
from puumerkki.networks.models.networks import MemberState, NetworkState
from tests.factories import World
from tests.personas import CALLERS, Cast, make_cast
from tests.valid_requests.meetings import make_item, make_meeting
from tests.valid_requests.needs import make_need

OF_THE_NETWORK = {"coordinator", "chair", "secretary", "observer", "representative", "deputy"}
RECORDERS = {"coordinator", "chair", "secretary"}


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


def given(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "network_id": str(cast.network.id),
        "title": "Syyskokous",
        "starts_at": (clock.now() - timedelta(hours=2)).isoformat(),
        "place": "Kaupungintalo",
    } | more


async def test_a_meeting_is_planned_held_and_minuted(cast: Cast) -> None:
    secretary = cast["secretary"]
    made = await secretary.post("/meetings", given(cast))
    assert (made.status_code, made.json()["state"]) == (201, "planned"), made.text
    path = made.headers["location"].removeprefix("/api/v1")
    item = await secretary.post(f"{path}/agenda-items", {"title": "Hakemukset", "notes": "Kolme hakemusta."})
    assert (item.status_code, item.json()["number"]) == (201, 1), item.text
    present = await secretary.put(f"{path}/attendances/{cast.neighbour_member.id}")
    assert present.json()["organisation_id"] == str(cast.neighbour.id)
    version = (await secretary.get(path)).json()["version"]
    held = await secretary.post(f"{path}/hold", if_match=version)
    assert held.status_code == 200, held.text
    minuted = await secretary.patch(path, {"minutes": "Puollettiin."}, if_match=held.json()["version"])
    body = minuted.json()
    assert (body["state"], body["minutes"], body["available_actions"]) == ("held", "Puollettiin.", [])
    assert [one["title"] for one in body["agenda_items"]] == ["Hakemukset"]
    assert [one["member_id"] for one in body["attendances"]] == [str(cast.neighbour_member.id)]
    told = (
        await cast.world.session.exec(
            select(EventRow).where(col(EventRow.subject_kind) == "meeting").order_by(col(EventRow.id))
        )
    ).all()
    assert [event.type for event in told] == [
        "meeting.planned",
        "meeting.changed",
        "meeting.changed",
        "meeting.held",
        "meeting.changed",
    ]
    assert {(event.tier.value, tuple(event.related)) for event in told} == {("network", (cast.network.id,))}
    session, meeting_id = cast.world.session, told[0].subject_id
    assert await queries.held_meeting_of(session, meeting_id, cast.network.id) is not None
    assert await queries.held_meeting_of(session, meeting_id, uuid4()) is None
    assert await queries.attendance(session, meeting_id) == [cast.neighbour_member.id]


@pytest.mark.parametrize("role", CALLERS)
async def test_every_action_in_every_state_as_every_role(cast: Cast, role: str) -> None:
    targets = {(row.action, source): row.target for row in MEETING.transitions for source in row.sources}
    for state in MeetingState:
        for action in MEETING.actions():
            meeting = await make_meeting(cast, state=state)
            answer = await cast[role].post(f"/meetings/{meeting.id}/{action}", if_match=1)
            if role == "anonymous":
                expected = (401, "unauthenticated")
            elif role not in OF_THE_NETWORK:
                expected = (404, "not_found")
            elif role not in RECORDERS:
                expected = (403, "forbidden")
            elif target := targets.get((action, state)):
                expected = (200, target.value)
            else:
                expected = (409, "wrong_state")
            body = answer.json()
            assert (answer.status_code, body.get("code") or body.get("state")) == expected, (state, action)


@pytest.mark.parametrize("role", CALLERS)
async def test_who_reads_and_who_records(cast: Cast, role: str) -> None:
    meeting = await make_meeting(cast)
    path, caller = f"/meetings/{meeting.id}", cast[role]
    seen = role in OF_THE_NETWORK
    assert (await caller.get(path)).status_code == (200 if seen else 404)
    listed = (await caller.get("/meetings")).json()["items"]
    assert [item["id"] for item in listed] == ([str(meeting.id)] if seen else [])
    refused = 401 if role == "anonymous" else 403
    created = await caller.post("/meetings", given(cast))
    assert created.status_code == (201 if role in RECORDERS else refused)
    refused = 401 if role == "anonymous" else 403 if seen else 404
    changed = await caller.patch(path, {"minutes": "X"}, if_match=1)
    assert changed.status_code == (200 if role in RECORDERS else refused)
    item = await caller.post(f"{path}/agenda-items", {"title": "X"})
    assert item.status_code == (201 if role in RECORDERS else refused)
    present = await caller.put(f"{path}/attendances/{cast.neighbour_member.id}")
    assert present.status_code == (200 if role in RECORDERS else refused)


async def test_a_meeting_to_come_is_not_held_yet(cast: Cast) -> None:
    meeting = await make_meeting(cast, starts_at=clock.now() + timedelta(minutes=5))
    path = f"/meetings/{meeting.id}"
    actions = (await cast["chair"].get(path)).json()["available_actions"]
    assert actions == [
        {"action": "hold", "allowed": False, "blocked_by": "meeting_not_begun"},
        {"action": "cancel", "allowed": True, "blocked_by": None},
    ]
    early = await cast["chair"].post(f"{path}/hold", if_match=1)
    assert (early.status_code, early.json()["code"]) == (409, "meeting_not_begun")
    with clock.fixed(meeting.starts_at):
        assert (await cast["chair"].post(f"{path}/hold", if_match=1)).status_code == 200


async def test_times_are_in_order(cast: Cast) -> None:
    chair = cast["chair"]
    wrong = given(cast, starts_at="2027-01-02T10:00:00Z", ends_at="2027-01-02T09:00:00Z")
    assert (await chair.post("/meetings", wrong)).status_code == 422
    meeting = await make_meeting(cast)
    answer = await chair.patch(f"/meetings/{meeting.id}", {"ends_at": "2020-01-01T10:00:00Z"}, if_match=1)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/ends_at")
    held = await make_meeting(cast, state=MeetingState.held)
    answer = await chair.patch(f"/meetings/{held.id}", {"starts_at": "2190-01-01T10:00:00Z"}, if_match=1)
    assert answer.json()["errors"][0]["code"] == "in_the_future"
    assert (await chair.patch(f"/meetings/{meeting.id}", {"place": None}, if_match=1)).status_code == 422
    assert (await chair.patch(f"/meetings/{meeting.id}", {"place": "X"})).status_code == 428
    assert (await chair.patch(f"/meetings/{meeting.id}", {"place": "X"}, if_match=7)).status_code == 412


async def test_a_cancelled_meeting_and_a_closed_network_take_nothing(cast: Cast) -> None:
    secretary = cast["secretary"]
    meeting = await make_meeting(cast, state=MeetingState.cancelled)
    item = await make_item(cast, meeting)
    path = f"/meetings/{meeting.id}"
    answers = [
        await secretary.patch(path, {"minutes": "X"}, if_match=1),
        await secretary.post(f"{path}/agenda-items", {"title": "X"}),
        await secretary.patch(f"{path}/agenda-items/{item.id}", {"title": "X"}, if_match=1),
        await secretary.delete(f"{path}/agenda-items/{item.id}", if_match=1),
        await secretary.put(f"{path}/agenda-items/order", {"item_ids": [str(item.id)]}, if_match=1),
        await secretary.put(f"{path}/attendances/{cast.neighbour_member.id}"),
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(409, "meeting_cancelled")}
    cast.network.state = NetworkState.closed
    await cast.world.session.flush()
    answer = await secretary.post("/meetings", given(cast))
    assert (answer.status_code, answer.json()["code"]) == (409, "network_closed")


async def test_the_agenda_is_numbered_without_gaps(cast: Cast) -> None:
    secretary = cast["secretary"]
    meeting = await make_meeting(cast)
    path = f"/meetings/{meeting.id}"
    ids = [(await secretary.post(f"{path}/agenda-items", {"title": title})).json()["id"] for title in "abc"]

    async def agenda() -> list[tuple[int, str]]:
        items = (await secretary.get(path)).json()["agenda_items"]
        return [(item["number"], item["title"]) for item in items]

    assert await agenda() == [(1, "a"), (2, "b"), (3, "c")]
    version = (await secretary.get(path)).json()["version"]
    order = f"{path}/agenda-items/order"
    for wrong in (ids[:2], [*ids, ids[0]], [ids[0], ids[0], ids[1]], [*ids[:2], str(uuid4())]):
        assert (await secretary.put(order, {"item_ids": wrong}, if_match=version)).status_code == 422
    moved = await secretary.put(order, {"item_ids": ids[::-1]}, if_match=version)
    assert moved.status_code == 200, moved.text
    assert await agenda() == [(1, "c"), (2, "b"), (3, "a")]
    assert (await secretary.put(order, {"item_ids": ids}, if_match=version)).status_code == 412
    items = {item["title"]: item for item in moved.json()["agenda_items"]}
    removed = await secretary.delete(f"{path}/agenda-items/{items['c']['id']}", if_match=items["c"]["version"])
    assert removed.status_code == 204
    assert await agenda() == [(1, "b"), (2, "a")]
    changed = await secretary.patch(f"{path}/agenda-items/{items['b']['id']}", {"notes": "Siirretään."}, if_match=1)
    assert changed.status_code == 412
    elsewhere = await make_meeting(cast)
    lost = await secretary.patch(
        f"/meetings/{elsewhere.id}/agenda-items/{items['b']['id']}", {"title": "X"}, if_match=1
    )
    assert lost.status_code == 404


async def test_an_item_is_about_what_one_may_read(cast: Cast) -> None:
    secretary = cast["secretary"]
    meeting = await make_meeting(cast)
    need = await make_need(cast, NeedState.agreed)
    other = await cast.world.network("Toinen verkosto")
    hidden = await make_need(cast, network_id=other.id, raised_for_organisation_id=None)
    path = f"/meetings/{meeting.id}/agenda-items"
    for kind, subject_id, status, pointer in (
        ("need", need.id, 201, ""),
        ("need", hidden.id, 422, "/subject/id"),
        ("need", uuid4(), 422, "/subject/id"),
        ("meeting", need.id, 422, "/subject/id"),
        ("nothing", need.id, 422, "/subject/kind"),
    ):
        answer = await secretary.post(path, {"title": "X", "subject": {"kind": kind, "id": str(subject_id)}})
        assert answer.status_code == status, answer.text
        if status == 422:
            assert answer.json()["errors"][0]["pointer"] == pointer
    item = (await secretary.get(f"/meetings/{meeting.id}")).json()["agenda_items"][0]
    assert item["subject"] == {"kind": "need", "id": str(need.id)}
    cleared = await secretary.patch(f"{path}/{item['id']}", {"subject": None}, if_match=item["version"])
    assert (cleared.json()["subject"], cleared.json()["title"]) == (None, "X")


async def test_only_active_members_of_the_network_are_present(cast: Cast) -> None:
    secretary = cast["secretary"]
    meeting = await make_meeting(cast)
    other = await cast.world.member(await cast.world.network("Toinen"), cast.association)
    path = f"/meetings/{meeting.id}/attendances"
    assert (await secretary.put(f"{path}/{other.id}")).status_code == 404
    for _ in range(2):
        assert (await secretary.put(f"{path}/{cast.neighbour_member.id}")).status_code == 200
    cast.association_member.state = cast.neighbour_member.state = MemberState.left
    await cast.world.session.flush()
    left = await secretary.put(f"{path}/{cast.association_member.id}")
    assert (left.status_code, left.json()["code"]) == (409, "member_not_active")
    assert len((await secretary.get(f"/meetings/{meeting.id}")).json()["attendances"]) == 1
    assert (await secretary.delete(f"{path}/{cast.neighbour_member.id}")).status_code == 204
    assert (await secretary.delete(f"{path}/{cast.neighbour_member.id}")).status_code == 404


async def test_meetings_by_network_state_and_time(cast: Cast) -> None:
    first = await make_meeting(cast, starts_at=clock.now() - timedelta(days=2), state=MeetingState.held)
    second = await make_meeting(cast)
    observer = cast["observer"]

    async def found(query: str) -> list[str]:
        return [item["id"] for item in (await observer.get(f"/meetings?{query}")).json()["items"]]

    assert await found(f"network={cast.network.id}") == [str(second.id), str(first.id)]
    assert await found("sort=starts_at") == [str(first.id), str(second.id)]
    assert await found("state=held") == [str(first.id)]
    assert await found(f"network={uuid4()}") == []


async def test_meetings_whose_time_has_come_wait_to_be_recorded(cast: Cast) -> None:
    await make_meeting(cast, state=MeetingState.held)
    at = clock.now().replace(year=2027, month=3, day=1, hour=23, minute=30)
    meeting = await make_meeting(cast, starts_at=at)
    connection = await cast.world.session.connection()
    viewer = Viewer(id=cast["secretary"].id)
    assert not (await connection.execute(queries.waiting(viewer))).all()
    with clock.fixed(at):
        rows = (await connection.execute(queries.waiting(viewer))).mappings().all()
        assert [dict(row) for row in rows] == [
            {
                "kind": "meeting_record",
                "subject_kind": "meeting",
                "subject_id": meeting.id,
                "network_id": cast.network.id,
                "organisation_id": None,
                "due_on": date(2027, 3, 2),
                "created_at": meeting.created_at,
            }
        ]
        assert not (await connection.execute(queries.waiting(Viewer(id=cast["observer"].id)))).all()
