"""Meetings as plain records: when, where, who was there, what was on the agenda, what the minutes say."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.types import Text
from sqlmodel import Field

from puumerkki.kernel.db import Aggregate, Moment, Table, text_enum


class MeetingKind(StrEnum):
    """What kind of meeting."""

    meeting = "meeting"
    forum = "forum"
    workshop = "workshop"


class MeetingState(StrEnum):
    """Where a meeting is in its life."""

    planned = "planned"
    held = "held"
    cancelled = "cancelled"


class Meeting(Aggregate, table=True):
    """One meeting of a network. `calendar_sequence`: how often its time or place changed, or it was cancelled."""

    __tablename__ = "meeting"
    __table_args__ = (
        Index("ix_meeting_network", "network_id", "starts_at", "id"),
        CheckConstraint("ends_at is null or ends_at >= starts_at", name="times"),
    )

    network_id: UUID = Field(foreign_key="network.id")
    kind: MeetingKind = Field(sa_type=text_enum(MeetingKind))
    state: MeetingState = Field(default=MeetingState.planned, sa_type=text_enum(MeetingState))
    title: str = Field(sa_type=Text)
    starts_at: datetime = Field(sa_type=Moment)
    ends_at: datetime | None = Field(default=None, sa_type=Moment)
    place: str = Field(sa_type=Text)
    minutes: str | None = Field(default=None, sa_type=Text)
    calendar_sequence: int = 0


class MeetingAttendance(Table, table=True):
    """A member that was present."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "member_id"),)

    meeting_id: UUID = Field(foreign_key="meeting.id")
    member_id: UUID = Field(foreign_key="network_member.id", index=True)


class AgendaItem(Aggregate, table=True):
    """One item of an agenda; it may refer to a thing of any kind, a handling above all.

    Numbers are gapless from 1; the constraint is deferred, so that items can change places.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number", deferrable=True, initially="DEFERRED"),
        Index("ix_agenda_item_subject", "subject_id"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("(subject_kind is null) = (subject_id is null)", name="subject"),
    )

    meeting_id: UUID = Field(foreign_key="meeting.id")
    number: int
    title: str = Field(sa_type=Text)
    subject_kind: str | None = Field(default=None, sa_type=Text)
    subject_id: UUID | None = None
    notes: str | None = Field(default=None, sa_type=Text)


class ChosenRole(StrEnum):
    """An office for which the members choose."""

    chair = "chair"
    secretary = "secretary"


class RoleChoice(Table, table=True):
    """The record that a meeting chose somebody. It holds once two members confirmed it: `confirmed_at`."""

    __tablename__ = "role_choice"
    __table_args__ = (UniqueConstraint("meeting_id", "role", "principal_id"),)

    meeting_id: UUID = Field(foreign_key="meeting.id")
    role: ChosenRole = Field(sa_type=text_enum(ChosenRole))
    principal_id: UUID = Field(foreign_key="principal.id")
    recorded_by: UUID = Field(foreign_key="principal.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)


class RoleChoiceConfirmation(Table, table=True):
    """A member, by who speaks for it, says that the meeting chose so."""

    __tablename__ = "role_choice_confirmation"
    __table_args__ = (UniqueConstraint("choice_id", "member_id"), UniqueConstraint("choice_id", "confirmed_by"))

    choice_id: UUID = Field(foreign_key="role_choice.id")
    member_id: UUID = Field(foreign_key="network_member.id")
    confirmed_by: UUID = Field(foreign_key="principal.id")
