"""Meetings, their agenda and who was present."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.actor import Actor
from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep, AnyActorDep
from puumerkki.kernel.http import Creating, IfMatch, SessionDep, api_router, set_etag
from puumerkki.meetings import queries
from puumerkki.meetings.exports import MEETINGS_EXPORTED
from puumerkki.meetings.models import AgendaItem, Meeting
from puumerkki.meetings.schemas import (
    AgendaItemCreate,
    AgendaItemPublic,
    AgendaItemUpdate,
    AgendaOrder,
    AgendaSubject,
    AttendancePublic,
    MeetingDetails,
    MeetingPage,
    MeetingQuery,
)
from puumerkki.meetings.service import agenda as agenda_service
from puumerkki.meetings.service import attendances as attendance_service
from puumerkki.meetings.service import choices as choices_service
from puumerkki.meetings.service import meetings as service
from puumerkki.meetings.workflow import MEETING

router = api_router("meetings", tag="meetings")

ROUTERS = (router,)


async def _details(session: SessionDep, actor: Actor, response: Response, meeting: Meeting) -> MeetingDetails:
    set_etag(response, meeting)
    members = await queries.present(session, meeting.id)
    return MeetingDetails.model_validate(
        meeting.model_dump(exclude={"calendar_sequence"})
        | {
            "agenda_items": [_item(item) for item in await queries.agenda(session, meeting.id)],
            "attendances": [
                AttendancePublic(member_id=member.id, organisation_id=member.organisation_id) for member in members
            ],
            "role_choices": await choices_service.choices_view(session, actor, meeting),
            "available_actions": MEETING.available(meeting, actor=actor, facts=service.facts_of(meeting)),
        }
    )


listing(
    router,
    "",
    "meetings_list_meetings",
    "Meetings of one's networks",
    queries.MEETINGS,
    MeetingPage,
    MeetingQuery,
    exported=MEETINGS_EXPORTED,
)


@router.get(
    "/{meeting_id}",
    operation_id="meetings_get_meeting",
    summary="One meeting with its agenda, minutes and who was present",
    response_model=MeetingDetails,
)
async def get_meeting(session: SessionDep, actor: AnyActorDep, response: Response, meeting_id: UUID) -> MeetingDetails:
    found = await queries.readable_meeting(session, actor, meeting_id)
    return await _details(session, actor, response, found)


action(
    router,
    "",
    "meetings_create_meeting",
    "Plan a meeting, or record one that was held",
    service.plan_meeting,
    _details,
    location="/{id}",
)

action(
    router,
    "/{meeting_id}",
    "meetings_update_meeting",
    "Change a meeting or write its minutes",
    service.update_meeting,
    _details,
    method="PATCH",
)

action(
    router,
    "/{meeting_id}/hold",
    "meetings_hold_meeting",
    "Record that a meeting was held",
    service.hold_meeting,
    _details,
)

action(
    router,
    "/{meeting_id}/cancel",
    "meetings_cancel_meeting",
    "Cancel a planned meeting",
    service.cancel_meeting,
    _details,
)


@router.post(
    "/{meeting_id}/agenda-items",
    operation_id="meetings_create_agenda_item",
    summary="Put an item at the end of the agenda",
    status_code=201,
    response_model=AgendaItemPublic,
    dependencies=[Creating],
)
async def create_agenda_item(
    session: SessionDep, actor: ActorDep, response: Response, meeting_id: UUID, given: AgendaItemCreate
) -> AgendaItemPublic:
    made = await agenda_service.add_item(session, actor=actor, meeting_id=meeting_id, given=given)
    set_etag(response, made)
    response.headers["Location"] = f"/api/v1/meetings/{meeting_id}"
    return _item(made)


@router.put(
    "/{meeting_id}/agenda-items/order",
    operation_id="meetings_order_agenda_items",
    summary="Put the agenda's items in a new order",
    response_model=MeetingDetails,
)
async def order_agenda_items(
    session: SessionDep, actor: ActorDep, response: Response, meeting_id: UUID, if_match: IfMatch, given: AgendaOrder
) -> MeetingDetails:
    found = await agenda_service.order_items(
        session, actor=actor, meeting_id=meeting_id, if_version=if_match, item_ids=given.item_ids
    )
    return await _details(session, actor, response, found)


@router.patch(
    "/{meeting_id}/agenda-items/{item_id}",
    operation_id="meetings_update_agenda_item",
    summary="Change an item of the agenda",
    response_model=AgendaItemPublic,
)
async def update_agenda_item(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    meeting_id: UUID,
    item_id: UUID,
    if_match: IfMatch,
    given: AgendaItemUpdate,
) -> AgendaItemPublic:
    found = await agenda_service.update_item(
        session, actor=actor, meeting_id=meeting_id, item_id=item_id, if_version=if_match, given=given
    )
    set_etag(response, found)
    return _item(found)


action(
    router,
    "/{meeting_id}/agenda-items/{item_id}",
    "meetings_delete_agenda_item",
    "Take an item off the agenda",
    agenda_service.remove_item,
    None,
    method="DELETE",
)


@router.put(
    "/{meeting_id}/attendances/{member_id}",
    operation_id="meetings_record_attendance",
    summary="Record that a member was present",
    response_model=AttendancePublic,
)
async def record_attendance(
    session: SessionDep, actor: ActorDep, meeting_id: UUID, member_id: UUID
) -> AttendancePublic:
    member = await attendance_service.record_attendance(
        session, actor=actor, meeting_id=meeting_id, member_id=member_id
    )
    return AttendancePublic(member_id=member.id, organisation_id=member.organisation_id)


action(
    router,
    "/{meeting_id}/attendances/{member_id}",
    "meetings_delete_attendance",
    "Remove that a member was present",
    attendance_service.remove_attendance,
    None,
    method="DELETE",
)

action(
    router,
    "/{meeting_id}/role-choices",
    "meetings_record_role_choice",
    "Record whom the meeting chose as chair or secretary; two members confirm it",
    choices_service.record_choice,
    _details,
    location="/{meeting_id}",
)

action(
    router,
    "/{meeting_id}/role-choices/{choice_id}/confirm",
    "meetings_confirm_role_choice",
    "Confirm, for a member, whom the meeting chose",
    choices_service.confirm_choice,
    _details,
)


def _item(item: AgendaItem) -> AgendaItemPublic:
    known = item.subject_kind is not None and item.subject_id is not None
    return AgendaItemPublic.model_validate(
        item.model_dump(include={"id", "number", "title", "notes", "version"})
        | {
            "subject": AgendaSubject.model_validate({"kind": item.subject_kind, "id": item.subject_id})
            if known
            else None
        }
    )
