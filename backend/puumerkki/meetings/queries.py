"""Reads: meetings are for those who read the network's own matters."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, bindparam, cast, func, literal, null
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import DateTime, Text, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Viewer, granted
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.listings import Filter, Listing, Sort
from puumerkki.kernel.refs import Subject, readable_row
from puumerkki.meetings.models import AgendaItem, Meeting, MeetingAttendance, MeetingState
from puumerkki.networks.models import NetworkMember


def readable(viewer: Viewer) -> ColumnElement[bool]:
    """SQL over `meeting`: what a viewer may read."""
    return granted(P.networks_read, on=col(Meeting.network_id), viewer=viewer)


def readable_ids(viewer: Viewer) -> Select[Any]:
    """The ids of the meetings that a viewer may read, for the registry of subjects."""
    return core_select(col(Meeting.id)).where(readable(viewer))


def of_network(meeting_id: Any, viewer: Viewer) -> ColumnElement[bool]:
    """SQL: the viewer is of the network of the meeting with this id."""
    found = aliased(Meeting)
    return (
        core_select(col(found.id))
        .where(col(found.id) == meeting_id, granted(P.networks_read, on=col(found.network_id), viewer=viewer))
        .exists()
    )


async def _scopes(session: AsyncSession, meeting_id: UUID) -> frozenset[UUID]:
    return frozenset((await session.exec(select(Meeting.network_id).where(col(Meeting.id) == meeting_id))).all())


SUBJECT = Subject(kind="meeting", readable=readable_ids, audiences={"network": of_network}, scopes=_scopes)

MEETINGS = Listing(
    name="meetings",
    item={
        "id": col(Meeting.id),
        "network_id": col(Meeting.network_id),
        "kind": col(Meeting.kind),
        "state": col(Meeting.state),
        "title": col(Meeting.title),
        "starts_at": col(Meeting.starts_at),
        "ends_at": col(Meeting.ends_at),
        "place": col(Meeting.place),
        "created_at": col(Meeting.created_at),
        "updated_at": col(Meeting.updated_at),
        "version": col(Meeting.version),
    },
    source=lambda select: select.select_from(Meeting),
    sorts={
        "starts_at": Sort((col(Meeting.starts_at), col(Meeting.id))),
        "-starts_at": Sort((col(Meeting.starts_at), col(Meeting.id)), descending=True),
    },
    readable=readable,
    filters={"network": Filter(col(Meeting.network_id)), "state": Filter(col(Meeting.state))},
)


async def readable_meeting(
    session: AsyncSession, viewer: Viewer, meeting_id: UUID, *, for_update: bool = False
) -> Meeting:
    """A meeting that the viewer may read, or NotFound."""
    return await readable_row(session, viewer, SUBJECT, Meeting, meeting_id, for_update=for_update)


async def meeting(session: AsyncSession, meeting_id: UUID) -> Meeting:
    """A meeting, or NotFound; for upper rooms, which check themselves who asks."""
    found = await session.get(Meeting, meeting_id)
    if found is None:
        raise NotFound()
    return found


async def held_meeting_of(session: AsyncSession, meeting_id: UUID, network_id: UUID) -> Meeting | None:
    """The meeting if this network has held it."""
    found = await session.exec(
        select(Meeting).where(
            col(Meeting.id) == meeting_id,
            col(Meeting.network_id) == network_id,
            col(Meeting.state) == MeetingState.held,
        )
    )
    return found.one_or_none()


async def attendance(session: AsyncSession, meeting_id: UUID) -> list[UUID]:
    """The ids of the members that were present."""
    statement = select(MeetingAttendance.member_id).where(col(MeetingAttendance.meeting_id) == meeting_id)
    return list((await session.exec(statement.order_by(col(MeetingAttendance.member_id)))).all())


async def present(session: AsyncSession, meeting_id: UUID) -> list[NetworkMember]:
    """The members that were present, in the order they were recorded."""
    statement = (
        select(NetworkMember)
        .join(MeetingAttendance, col(MeetingAttendance.member_id) == col(NetworkMember.id))
        .where(col(MeetingAttendance.meeting_id) == meeting_id)
        .order_by(col(MeetingAttendance.created_at), col(MeetingAttendance.id))
    )
    return list((await session.exec(statement)).all())


async def agenda(session: AsyncSession, meeting_id: UUID) -> list[AgendaItem]:
    """The agenda in its order."""
    statement = select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting_id).order_by(col(AgendaItem.number))
    return list((await session.exec(statement)).all())


def waiting(viewer: Viewer) -> Select[Any]:
    """Meetings whose time has come and that wait to be recorded as held or cancelled, for tasks."""
    columns: tuple[ColumnElement[Any], ...] = (
        literal("meeting_record", Text()).label("kind"),
        literal("meeting", Text()).label("subject_kind"),
        col(Meeting.id).label("subject_id"),
        col(Meeting.network_id).label("network_id"),
        cast(null(), Uuid()).label("organisation_id"),
        cast(func.timezone(str(clock.FINLAND), col(Meeting.starts_at)), Date()).label("due_on"),
        col(Meeting.created_at).label("created_at"),
    )
    return core_select(*columns).where(
        col(Meeting.state) == MeetingState.planned,
        col(Meeting.starts_at) <= bindparam("viewer_now", clock.now(), type_=DateTime(timezone=True)),
        granted(P.meetings_record, on=col(Meeting.network_id), viewer=viewer),
    )
