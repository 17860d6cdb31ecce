"""Reads: meetings are for those who read the network's own matters."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SelectBase, and_, cast, exists, func, or_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, caller_id, granted
from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.identity.making import made_by
from puumerkki.kernel import clock
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.last_day import days_after
from puumerkki.kernel.reads.listings import Filter, Listing, Sort
from puumerkki.kernel.subjects import Subject, readable_row
from puumerkki.kernel.tasks import Task, waits
from puumerkki.meetings.models import (
    AgendaItem,
    Meeting,
    MeetingAttendance,
    MeetingState,
    RoleChoice,
    RoleChoiceConfirmation,
)
from puumerkki.meetings.titles import title_sql
from puumerkki.networks.models.decisions import DecisionState, NetworkDecision
from puumerkki.networks.models.networks import MemberState, NetworkMember, OfficeTerm
from puumerkki.networks.queries.participation import now_of
from puumerkki.networks.queries.second_persons import DAYS_FOR_SECOND
from puumerkki.networks.queries.sides import organisations_of, with_shared


def readable(caller: Caller) -> ColumnElement[bool]:
    """SQL over `meeting`: what a caller may read."""
    return granted(P.networks_read, on=col(Meeting.network_id), caller=caller)


def readable_ids(caller: Caller) -> Select[Any]:
    """The ids of the meetings that a caller may read, for the registry of subjects."""
    return core_select(col(Meeting.id)).where(readable(caller))


def of_network(meeting_id: Any, caller: Caller) -> ColumnElement[bool]:
    """SQL: the caller is of the network of the meeting with this id."""
    found = aliased(Meeting)
    return (
        core_select(col(found.id))
        .where(col(found.id) == meeting_id, granted(P.networks_read, on=col(found.network_id), caller=caller))
        .exists()
    )


async def _scopes(session: AsyncSession, meeting_id: UUID) -> frozenset[UUID]:
    return frozenset((await session.exec(select(Meeting.network_id).where(col(Meeting.id) == meeting_id))).all())


SUBJECT = Subject(
    kind="meeting", title_sql=title_sql, readable=readable_ids, audiences={"network": of_network}, scopes=_scopes
)

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
    session: AsyncSession, caller: Caller, meeting_id: UUID, *, for_update: bool = False
) -> Meeting:
    """A meeting that the caller may read, or NotFound."""
    return await readable_row(session, caller, SUBJECT, Meeting, meeting_id, for_update=for_update)


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


def _chosen() -> Select[Any]:
    """Whom a meeting chose, for members that have not confirmed it and are not the coordinator's."""
    done = exists().where(
        col(RoleChoiceConfirmation.choice_id) == col(RoleChoice.id),
        col(RoleChoiceConfirmation.member_id) == col(NetworkMember.id),
    )
    columns = waits(
        col(Meeting.id),
        scope_id=col(Meeting.network_id),
        network_id=col(Meeting.network_id),
        organisation_id=col(NetworkMember.organisation_id),
        due_on=days_after(col(RoleChoice.created_at), DAYS_FOR_SECOND),
        since=col(RoleChoice.created_at),
        choice_id=col(RoleChoice.id),
        chosen_id=col(RoleChoice.principal_id),
        recorded_by=col(RoleChoice.recorded_by),
        starts_at=col(Meeting.starts_at),
    )
    return (
        core_select(*columns)
        .select_from(RoleChoice)
        .join(Meeting, col(Meeting.id) == col(RoleChoice.meeting_id))
        .join(NetworkMember, col(NetworkMember.network_id) == col(Meeting.network_id))
        .where(
            col(RoleChoice.confirmed_at).is_(None),
            col(NetworkMember.state) == MemberState.active,
            ~done,
            col(NetworkMember.organisation_id).not_in(_coordinators(col(Meeting.network_id), col(Meeting.starts_at))),
            col(NetworkMember.organisation_id).not_in(confirmed_sides(col(RoleChoice.id))),
            ~chosen_since(col(Meeting.network_id), col(RoleChoice.role), col(Meeting.starts_at)),
        )
    )


def _confirms(row: Any, caller: Any) -> ColumnElement[bool]:
    """Whoever represents the member, neither was chosen nor recorded it, and has confirmed it for none."""
    me, representative, done = caller_id(caller), aliased(RoleGrant), aliased(RoleChoiceConfirmation)
    represents = exists().where(
        col(representative.principal_id) == me,
        col(representative.scope_id) == row.network_id,
        col(representative.for_organisation_id) == row.organisation_id,
        or_(col(representative.acts_from).is_(None), col(representative.acts_from) <= row.starts_at),
    )
    confirmed = exists().where(col(done.choice_id) == row.choice_id, col(done.confirmed_by) == me)
    return and_(
        row.chosen_id != me,
        row.recorded_by != me,
        represents.correlate_except(representative),
        ~confirmed.correlate_except(done),
    )


def _leads(network_id: Any, since: Any) -> Any:
    """Whoever leads a network, or did at some time since a moment."""
    term = aliased(OfficeTerm)
    leading = core_select(col(term.principal_id)).where(
        col(term.network_id) == network_id,
        col(term.role) == Role.coordinator,
        or_(col(term.until_at).is_(None), col(term.until_at) >= since),
    )
    return leading.correlate_except(term)


def _coordinators(network_id: Any, since: Any) -> Any:
    """The organisations of who leads a network or did since a moment, then and now, and those that share somebody."""
    return with_shared(organisations_of(_leads(network_id, since), since), now_of())


def confirmed_sides(choice_id: Any) -> SelectBase:
    """SQL: the organisations of members that have confirmed a choice, and those that share somebody with one."""
    member, done = aliased(NetworkMember), aliased(RoleChoiceConfirmation)
    theirs = (
        core_select(col(member.organisation_id))
        .join(done, col(done.member_id) == col(member.id))
        .where(col(done.choice_id) == choice_id)
        .correlate_except(member, done)
    )
    return with_shared(theirs, now_of())


def chosen_since(network_id: Any, role: Any, moment: Any) -> ColumnElement[bool]:
    """SQL: a meeting or a ballot after a moment chose who holds an office."""
    later, at = aliased(RoleChoice), aliased(Meeting)
    by_meeting = (
        exists()
        .where(
            col(later.meeting_id) == col(at.id),
            col(at.network_id) == network_id,
            col(at.starts_at) > moment,
            cast(col(later.role), Text) == cast(role, Text),
            col(later.confirmed_at).is_not(None),
        )
        .correlate_except(later, at)
    )
    decision = aliased(NetworkDecision)
    by_ballot = (
        exists()
        .where(
            col(decision.network_id) == network_id,
            col(decision.opened_at) > moment,
            cast(col(decision.kind), Text) == cast(role, Text),
            col(decision.state) == DecisionState.done,
        )
        .correlate_except(decision)
    )
    return or_(by_meeting, by_ballot)


async def may_confirm_for(session: AsyncSession, meeting: Meeting, person: UUID) -> frozenset[UUID]:
    """For whom somebody may say whom a meeting chose: nobody of a coordinator's side or making may."""
    made = made_by(_leads(meeting.network_id, meeting.starts_at))
    statement = select(RoleGrant.for_organisation_id).where(
        col(RoleGrant.scope_id) == meeting.network_id,
        col(RoleGrant.principal_id) == person,
        col(RoleGrant.for_organisation_id).not_in(_coordinators(meeting.network_id, meeting.starts_at)),
        col(RoleGrant.principal_id).not_in(made),
        or_(col(RoleGrant.granted_by).is_(None), col(RoleGrant.granted_by).not_in(made)),
    )
    return frozenset(one for one in (await session.exec(statement)).all() if one is not None)


def _to_record() -> Select[Any]:
    """Meetings whose time has come: to record as held or cancelled."""
    columns = waits(
        col(Meeting.id),
        scope_id=col(Meeting.network_id),
        network_id=col(Meeting.network_id),
        due_on=func.timezone(str(clock.FINLAND), col(Meeting.starts_at)),
        since=col(Meeting.created_at),
    )
    return core_select(*columns).where(
        col(Meeting.state) == MeetingState.planned,
        col(Meeting.starts_at) <= now_of(),
    )


TASKS = (
    Task(
        kind="meeting_record",
        subject="meeting",
        permissions=(P.meetings_record,),
        rows=_to_record,
    ),
    Task(
        kind="role_choice_to_confirm",
        subject="meeting",
        permissions=(P.ballots_vote,),
        rows=_chosen,
        fits=_confirms,
    ),
)
