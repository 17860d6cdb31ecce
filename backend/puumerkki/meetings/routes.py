"""Meetings, their agenda and who was present."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep, AnyActorDep, ViewerDep
from puumerkki.kernel import reads
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, api_router, page_response, set_etag
from puumerkki.meetings import queries
from puumerkki.meetings.models import AgendaItem, Meeting
from puumerkki.meetings.schemas import (
    AgendaItemCreate,
    AgendaItemPublic,
    AgendaItemUpdate,
    AgendaOrder,
    AgendaSubject,
    AttendancePublic,
    MeetingCreate,
    MeetingDetails,
    MeetingPage,
    MeetingQuery,
    MeetingUpdate,
    RoleChoiceGiven,
)
from puumerkki.meetings.service import agenda as agenda_service
from puumerkki.meetings.service import attendances as attendance_service
from puumerkki.meetings.service import choices as choices_service
from puumerkki.meetings.service import meetings as service
from puumerkki.meetings.workflow import MEETING

router = api_router("meetings", tag="meetings")

ROUTERS = (router,)


@router.get("", operation_id="meetings_list_meetings", summary="Meetings of one's networks", response_model=MeetingPage)
async def list_meetings(
    request: Request, pool: ReadsDep, viewer: ViewerDep, query: Annotated[MeetingQuery, Query()]
) -> Response:
    page = await reads.page(
        pool,
        queries.MEETINGS,
        viewer=viewer,
        filters={"network": query.network, "state": query.state},
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )
    return page_response(request, page)


@router.get(
    "/{meeting_id}",
    operation_id="meetings_get_meeting",
    summary="One meeting with its agenda, minutes and who was present",
    response_model=MeetingDetails,
)
async def get_meeting(session: SessionDep, actor: AnyActorDep, response: Response, meeting_id: UUID) -> MeetingDetails:
    found = await queries.readable_meeting(session, actor, meeting_id)
    return await _details(session, actor, response, found)


@router.post(
    "",
    operation_id="meetings_create_meeting",
    summary="Plan a meeting, or record one that was held",
    status_code=201,
    response_model=MeetingDetails,
    dependencies=[Creating],
)
async def create_meeting(
    session: SessionDep, actor: ActorDep, response: Response, given: MeetingCreate
) -> MeetingDetails:
    made = await service.plan_meeting(session, actor=actor, given=given)
    response.headers["Location"] = f"/api/v1/meetings/{made.id}"
    return await _details(session, actor, response, made)


@router.patch(
    "/{meeting_id}",
    operation_id="meetings_update_meeting",
    summary="Change a meeting or write its minutes",
    response_model=MeetingDetails,
)
async def update_meeting(
    session: SessionDep, actor: ActorDep, response: Response, meeting_id: UUID, if_match: IfMatch, given: MeetingUpdate
) -> MeetingDetails:
    found = await service.update_meeting(session, actor=actor, meeting_id=meeting_id, if_version=if_match, given=given)
    return await _details(session, actor, response, found)


@router.post(
    "/{meeting_id}/hold",
    operation_id="meetings_hold_meeting",
    summary="Record that a meeting was held",
    response_model=MeetingDetails,
)
async def hold_meeting(
    session: SessionDep, actor: ActorDep, response: Response, meeting_id: UUID, if_match: IfMatch
) -> MeetingDetails:
    found = await service.hold_meeting(session, actor=actor, meeting_id=meeting_id, if_version=if_match)
    return await _details(session, actor, response, found)


@router.post(
    "/{meeting_id}/cancel",
    operation_id="meetings_cancel_meeting",
    summary="Cancel a planned meeting",
    response_model=MeetingDetails,
)
async def cancel_meeting(
    session: SessionDep, actor: ActorDep, response: Response, meeting_id: UUID, if_match: IfMatch
) -> MeetingDetails:
    found = await service.cancel_meeting(session, actor=actor, meeting_id=meeting_id, if_version=if_match)
    return await _details(session, actor, response, found)


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


@router.delete(
    "/{meeting_id}/agenda-items/{item_id}",
    operation_id="meetings_delete_agenda_item",
    summary="Take an item off the agenda",
    status_code=204,
)
async def delete_agenda_item(
    session: SessionDep, actor: ActorDep, meeting_id: UUID, item_id: UUID, if_match: IfMatch
) -> None:
    await agenda_service.remove_item(session, actor=actor, meeting_id=meeting_id, item_id=item_id, if_version=if_match)


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


@router.delete(
    "/{meeting_id}/attendances/{member_id}",
    operation_id="meetings_delete_attendance",
    summary="Remove that a member was present",
    status_code=204,
)
async def delete_attendance(session: SessionDep, actor: ActorDep, meeting_id: UUID, member_id: UUID) -> None:
    await attendance_service.remove_attendance(session, actor=actor, meeting_id=meeting_id, member_id=member_id)


@router.post(
    "/{meeting_id}/role-choices",
    operation_id="meetings_record_role_choice",
    summary="Record whom the meeting chose as chair or secretary; two members confirm it",
    status_code=201,
    response_model=MeetingDetails,
    dependencies=[Creating],
)
async def record_role_choice(
    session: SessionDep, actor: ActorDep, response: Response, meeting_id: UUID, given: RoleChoiceGiven
) -> MeetingDetails:
    found = await choices_service.record_choice(session, actor=actor, meeting_id=meeting_id, given=given)
    response.headers["Location"] = f"/api/v1/meetings/{meeting_id}"
    return await _details(session, actor, response, found)


@router.post(
    "/{meeting_id}/role-choices/{choice_id}/confirm",
    operation_id="meetings_confirm_role_choice",
    summary="Confirm, for a member, whom the meeting chose",
    response_model=MeetingDetails,
)
async def confirm_role_choice(
    session: SessionDep, actor: ActorDep, response: Response, meeting_id: UUID, choice_id: UUID
) -> MeetingDetails:
    found = await choices_service.confirm_choice(session, actor=actor, meeting_id=meeting_id, choice_id=choice_id)
    return await _details(session, actor, response, found)


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


async def _details(session: SessionDep, actor: Actor, response: Response, meeting: Meeting) -> MeetingDetails:
    set_etag(response, meeting)
    members = await queries.present(session, meeting.id)
    return MeetingDetails.model_validate(
        meeting.model_dump()
        | {
            "agenda_items": [_item(item) for item in await queries.agenda(session, meeting.id)],
            "attendances": [
                AttendancePublic(member_id=member.id, organisation_id=member.organisation_id) for member in members
            ],
            "role_choices": await choices_service.shown(session, actor, meeting),
            "available_actions": MEETING.available(meeting, actor=actor, facts=service.facts_of(meeting)),
        }
    )
