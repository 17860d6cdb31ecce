"""Meetings."""

from typing import Any

from puumerkki.meetings.models import AgendaItem, Meeting, MeetingAttendance, MeetingKind
from tests.handlings.scene import earlier_today
from tests.personas import Cast
from tests.valid_requests import Call, operation


async def make_meeting(cast: Cast, **more: Any) -> Meeting:
    """A planned meeting of the cast's network that began earlier today."""
    meeting = Meeting(
        **{
            "network_id": cast.network.id,
            "kind": MeetingKind.meeting,
            "title": "Syyskokous",
            "starts_at": earlier_today(),
            "place": "Kaupungintalo",
        }
        | more
    )
    cast.world.session.add(meeting)
    await cast.world.session.flush()
    return meeting


async def make_item(cast: Cast, meeting: Meeting, number: int = 1, title: str = "Hakemukset") -> AgendaItem:
    """An item on its agenda."""
    item = AgendaItem(meeting_id=meeting.id, number=number, title=title)
    cast.world.session.add(item)
    await cast.world.session.flush()
    return item


@operation("meetings_list_meetings")
async def list_meetings(cast: Cast) -> Call:
    await make_meeting(cast)
    return Call("GET", "/meetings", by="observer")


@operation("meetings_export_meetings")
async def export_meetings(cast: Cast) -> Call:
    await make_meeting(cast)
    return Call("GET", "/meetings/export.csv", by="observer")


@operation("meetings_get_meeting")
async def get_meeting(cast: Cast) -> Call:
    meeting = await make_meeting(cast)
    await make_item(cast, meeting)
    return Call("GET", f"/meetings/{meeting.id}", by="observer")


@operation("meetings_create_meeting")
async def create_meeting(cast: Cast) -> Call:
    given = {
        "network_id": str(cast.network.id),
        "kind": "workshop",
        "title": "Tarvepaja",
        "starts_at": "2027-02-01T10:00:00Z",
        "place": "Tuiran yhteistalo",
    }
    return Call("POST", "/meetings", by="secretary", json=given)


@operation("meetings_update_meeting")
async def update_meeting(cast: Cast) -> Call:
    meeting = await make_meeting(cast)
    given = {"minutes": "Todettiin läsnäolijat."}
    return Call("PATCH", f"/meetings/{meeting.id}", by="secretary", json=given, if_match=meeting.version)


@operation("meetings_hold_meeting")
async def hold_meeting(cast: Cast) -> Call:
    meeting = await make_meeting(cast)
    return Call("POST", f"/meetings/{meeting.id}/hold", by="chair", if_match=meeting.version)


@operation("meetings_cancel_meeting")
async def cancel_meeting(cast: Cast) -> Call:
    meeting = await make_meeting(cast)
    return Call("POST", f"/meetings/{meeting.id}/cancel", by="coordinator", if_match=meeting.version)


@operation("meetings_create_agenda_item")
async def create_agenda_item(cast: Cast) -> Call:
    meeting = await make_meeting(cast)
    given = {"title": "Hakemukset", "subject": {"kind": "meeting", "id": str(meeting.id)}}
    return Call("POST", f"/meetings/{meeting.id}/agenda-items", by="secretary", json=given)


@operation("meetings_order_agenda_items")
async def order_agenda_items(cast: Cast) -> Call:
    meeting = await make_meeting(cast)
    ids = [str((await make_item(cast, meeting, number)).id) for number in (1, 2)]
    path = f"/meetings/{meeting.id}/agenda-items/order"
    return Call("PUT", path, by="secretary", json={"item_ids": ids[::-1]}, if_match=meeting.version)


@operation("meetings_update_agenda_item")
async def update_agenda_item(cast: Cast) -> Call:
    meeting = await make_meeting(cast)
    item = await make_item(cast, meeting)
    path = f"/meetings/{meeting.id}/agenda-items/{item.id}"
    return Call("PATCH", path, by="secretary", json={"title": "Lausunnot"}, if_match=item.version)


@operation("meetings_delete_agenda_item")
async def delete_agenda_item(cast: Cast) -> Call:
    meeting = await make_meeting(cast)
    item = await make_item(cast, meeting)
    return Call("DELETE", f"/meetings/{meeting.id}/agenda-items/{item.id}", by="secretary", if_match=item.version)


@operation("meetings_record_attendance")
async def record_attendance(cast: Cast) -> Call:
    meeting = await make_meeting(cast)
    return Call("PUT", f"/meetings/{meeting.id}/attendances/{cast.neighbour_member.id}", by="secretary")


@operation("meetings_delete_attendance")
async def delete_attendance(cast: Cast) -> Call:
    meeting = await make_meeting(cast)
    cast.world.session.add(MeetingAttendance(meeting_id=meeting.id, member_id=cast.neighbour_member.id))
    await cast.world.session.flush()
    return Call("DELETE", f"/meetings/{meeting.id}/attendances/{cast.neighbour_member.id}", by="secretary")
