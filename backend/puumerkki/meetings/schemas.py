"""What the API takes and gives."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator
from typing_extensions import TypeAliasType

from puumerkki.kernel.field_types import Line, Moment, Schema, Text
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.meetings.models import ChosenRole, MeetingKind, MeetingState

MAX_ITEMS = 200


class MeetingSort(StrEnum):
    starts_at = "starts_at"
    latest_first = "-starts_at"


class MeetingQuery(PageQuery):
    network: UUID | None = None
    state: MeetingState | None = None
    sort: MeetingSort = MeetingSort.latest_first


def _in_order(starts_at: datetime | None, ends_at: datetime | None) -> None:
    if starts_at is not None and ends_at is not None and ends_at < starts_at:
        raise ValueError("a meeting cannot end before it starts")


class MeetingCreate(Schema):
    """A meeting that is planned, or that was held and is now recorded."""

    network_id: UUID
    kind: MeetingKind = MeetingKind.meeting
    title: Line
    starts_at: Moment
    ends_at: Moment | None = None
    place: Line

    @model_validator(mode="after")
    def _times(self) -> "MeetingCreate":
        _in_order(self.starts_at, self.ends_at)
        return self


class MeetingUpdate(Schema):
    """What changes; a field left out stays."""

    kind: MeetingKind | None = None
    title: Line | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    place: Line | None = None
    minutes: Text | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "MeetingUpdate":
        for name in ("kind", "title", "starts_at", "place"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        _in_order(self.starts_at, self.ends_at)
        return self


class AgendaSubject(Schema):
    """What an item is about: a handling, a need, anything that has an id."""

    kind: Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,59}$", examples=["handling"])]
    id: UUID


class AgendaItemCreate(Schema):
    """A new item; it comes last."""

    title: Line
    subject: AgendaSubject | None = None
    notes: Text | None = None


class AgendaItemUpdate(Schema):
    """What changes; a field left out stays."""

    title: Line | None = None
    subject: AgendaSubject | None = None
    notes: Text | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "AgendaItemUpdate":
        if "title" in self.model_fields_set and self.title is None:
            raise ValueError("title cannot be null")
        return self


class AgendaOrder(Schema):
    """All items of the agenda, in their new order."""

    item_ids: Annotated[list[UUID], Field(max_length=MAX_ITEMS)]


class AgendaItemPublic(Schema):
    id: UUID
    number: int
    title: str
    subject: AgendaSubject | None
    notes: str | None
    version: int


class AttendancePublic(Schema):
    """A member that was present."""

    member_id: UUID
    organisation_id: UUID


class MeetingPublic(Schema):
    id: UUID
    network_id: UUID
    kind: MeetingKind
    state: MeetingState
    title: str
    starts_at: Moment
    ends_at: Moment | None
    place: str
    created_at: Moment
    updated_at: Moment
    version: int


class RoleChoiceGiven(Schema):
    """Whom the meeting chose, for what."""

    role: ChosenRole
    principal_id: UUID


class RoleChoicePublic(Schema):
    """A choice. It holds once `confirmed_at` is there: two members of `confirmed_by_member_ids` said so."""

    id: UUID
    role: ChosenRole
    principal_id: UUID
    name: str
    confirmed_by_member_ids: list[UUID]
    confirmed_at: Moment | None
    may_confirm: bool


MeetingAction = TypeAliasType(
    "MeetingAction",
    Literal["hold", "cancel"],
)


class MeetingDetails(MeetingPublic):
    """A meeting with its minutes, agenda, those present, and what the reader may do with it."""

    minutes: str | None
    agenda_items: list[AgendaItemPublic]
    attendances: list[AttendancePublic]
    role_choices: list[RoleChoicePublic]
    available_actions: list[AvailableAction[MeetingAction]]


MeetingPage = Page[MeetingPublic]
