"""What the API takes and gives: tasks, the change feed, the seals of the event log."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from puumerkki.kernel import clock
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import Tier
from puumerkki.kernel.field_types import MAX_INT, Day, Moment, NameTranslations, Schema
from puumerkki.kernel.reads.pagination import Page, PageQuery

MOST_TASKS = 200
MOST_DEADLINES = 500
LONGEST_RANGE = timedelta(days=800)
"""So long may be what is asked for of one's days."""
USUAL_RANGE = timedelta(days=92)


class TaskSort(StrEnum):
    due = "due"
    newest = "-created_at"


class TaskQuery(Schema):
    """`kind`: only tasks of one kind. `due`: by the due day, tasks without one last."""

    kind: Annotated[str | None, Field(pattern=r"^[a-z_.]{1,60}$")] = None
    sort: TaskSort = TaskSort.due


class SubjectPublic(Schema):
    """What something is about."""

    kind: str
    id: UUID


class TaskPublic(Schema):
    """Something that waits for you. `organisation_id`: for which organisation; `title`: of the subject.

    The names are those of that network and organisation.
    """

    kind: str
    subject: SubjectPublic
    network_id: UUID | None
    network_names: NameTranslations | None
    organisation_id: UUID | None
    organisation_names: NameTranslations | None
    due_on: Day | None
    created_at: Moment
    title: NameTranslations | None


class TaskList(Schema):
    """At most 200 tasks."""

    items: list[TaskPublic]


Position = Annotated[int, Field(ge=0, le=MAX_INT)]


class DeadlineQuery(Schema):
    """`since`: today where it is not given; `until`: 92 days later; at most 800 days lie between them."""

    since: Day | None = None
    until: Day | None = None

    def days(self) -> tuple[date, date]:
        """The first and the last day. A range that is too long or ends before it begins is invalid."""
        first = self.since or clock.today()
        last = self.until or first + USUAL_RANGE
        if last < first:
            raise invalid("/until", "ends_before_start", "Give a last day that is not before the first.")
        if last - first > LONGEST_RANGE:
            raise invalid("/until", "range_too_long", f"Ask for at most {LONGEST_RANGE.days} days.")
        return first, last


class DeadlinePublic(Schema):
    """A day that concerns you. `is_task`: it is that of a task of this kind; else the kind says what happens then.

    `due_at`: the moment, where it is known to the hour. `is_late`: it is still to be done. `created_at`: since when it
    stands.
    """

    kind: str
    subject: SubjectPublic
    network_id: UUID | None
    network_names: NameTranslations | None
    organisation_id: UUID | None
    organisation_names: NameTranslations | None
    title: NameTranslations | None
    due_on: Day
    due_at: Moment | None
    created_at: Moment
    is_task: bool
    is_late: bool


class DeadlineList(Schema):
    """By day, at most 500, what is late first. `more`: others lie in the range; ask for a shorter one."""

    items: list[DeadlinePublic]
    more: bool


class FeedQuery(Schema):
    """`after`: `next_after` of the page before; 0 is the beginning."""

    after: Position = 0
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    type: Annotated[str | None, Field(pattern=r"^[a-z_.]{1,80}$")] = None
    subject_kind: Annotated[str | None, Field(pattern=r"^[a-z_]{1,60}$")] = None


class StreamQuery(Schema):
    """`after`: where to go on; without it, and without `Last-Event-ID`, the stream begins now."""

    after: Position | None = None
    type: Annotated[str | None, Field(pattern=r"^[a-z_.]{1,80}$")] = None
    subject_kind: Annotated[str | None, Field(pattern=r"^[a-z_]{1,60}$")] = None


class EventPublic(Schema):
    """A fact at its place in the feed. `related`: what the subject belongs to; `changed`: names of what changed."""

    position: int
    id: UUID
    type: str
    occurred_at: Moment
    actor_id: UUID | None
    subject: SubjectPublic
    related: list[UUID]
    changed: list[str]
    data: dict[str, Any]
    tier: Tier


class Feed(Schema):
    """Events in the order of their positions. Go on with `next_after`, also where `items` is empty."""

    items: list[EventPublic]
    next_after: int


class AuditSort(StrEnum):
    newest = "-position"


class AuditQuery(PageQuery):
    """`subject`: what an event is about, or what that belongs to. `since`, `until`: the first and the last day."""

    type: Annotated[str | None, Field(pattern=r"^[a-z_.]{1,80}$")] = None
    subject_kind: Annotated[str | None, Field(pattern=r"^[a-z_]{1,60}$")] = None
    subject: UUID | None = None
    actor: UUID | None = None
    since: Day | None = None
    until: Day | None = None
    sort: AuditSort = AuditSort.newest


class AuditEventPublic(EventPublic):
    """`actor_name`: of the person or service account; null where nobody acted or the person was erased."""

    actor_name: str | None


AuditPage = Page[AuditEventPublic]


class SealSort(StrEnum):
    newest = "-number"
    oldest = "number"


class SealQuery(PageQuery):
    sort: SealSort = SealSort.newest


class SealPublic(Schema):
    """Digests in hexadecimal, 32 bytes each. `head`: number, positions and digests as a compact JWS (ES256)."""

    number: int
    first_position: int
    last_position: int
    previous: str
    digest: str
    sealed_at: Moment
    kid: str
    head: str
