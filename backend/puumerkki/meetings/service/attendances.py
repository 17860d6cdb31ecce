"""Who was present. Several people may record it at once, so the meeting's version does not grow with it."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.kernel.errors import NotFound
from puumerkki.meetings import errors
from puumerkki.meetings.models import Meeting, MeetingAttendance
from puumerkki.meetings.service.meetings import lock_meeting, require_not_cancelled, tell_change
from puumerkki.networks.models.networks import MemberState, NetworkMember


async def record_attendance(session: AsyncSession, *, actor: Actor, meeting_id: UUID, member_id: UUID) -> NetworkMember:
    """A member was present; recording it again changes nothing."""
    meeting = await lock_meeting(session, actor, meeting_id)
    require_not_cancelled(meeting)
    member = await _member(session, meeting, member_id)
    if await _recorded(session, meeting, member_id) is not None:
        return member
    if member.state != MemberState.active:
        raise errors.MemberNotActive()
    session.add(MeetingAttendance(meeting_id=meeting.id, member_id=member.id))
    await tell_change(session, actor, meeting, "attendances")
    return member


async def remove_attendance(session: AsyncSession, *, actor: Actor, meeting_id: UUID, member_id: UUID) -> None:
    """A member was not present; NotFound where it was not recorded."""
    meeting = await lock_meeting(session, actor, meeting_id)
    require_not_cancelled(meeting)
    recorded = await _recorded(session, meeting, member_id)
    if recorded is None:
        raise NotFound()
    await session.delete(recorded)
    await tell_change(session, actor, meeting, "attendances")


async def _member(session: AsyncSession, meeting: Meeting, member_id: UUID) -> NetworkMember:
    found = await session.get(NetworkMember, member_id)
    if found is None or found.network_id != meeting.network_id:
        raise NotFound()
    return found


async def _recorded(session: AsyncSession, meeting: Meeting, member_id: UUID) -> MeetingAttendance | None:
    statement = select(MeetingAttendance).where(
        col(MeetingAttendance.meeting_id) == meeting.id, col(MeetingAttendance.member_id) == member_id
    )
    return (await session.exec(statement)).one_or_none()
