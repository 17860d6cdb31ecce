"""What the API takes and gives: notices, and how somebody wants to be told."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from puumerkki.activity.schemas import SubjectPublic
from puumerkki.kernel.field_types import Day, Flag, Moment, NameTranslations, Schema
from puumerkki.kernel.tells import NoticeRow
from puumerkki.notifications.models import Channel, FollowedKind, Step

MOST_NOTICES = 100
MOST_FOLLOWED = 200


class NoticePublic(Schema):
    """That something waits for you, or did. `step`: that it opened, or a reminder of it.

    With the step `told` it is an event: `kind` is its type, and `count` how often it happened to the subject.
    With `passed_on` a task of others is late; with `late_elsewhere` so many (`count`) are in the network or
    organisation that is the subject. `is_open`: it still waits. `seen_at`: null until you have seen it. `due_on`: of a
    meeting its own day. `party_names`: who agrees on an agreement. `is_muted`: no mails of what happens to the subject.
    """

    id: UUID
    kind: str
    step: Step
    subject: SubjectPublic
    network_id: UUID | None
    network_names: NameTranslations | None
    organisation_id: UUID | None
    organisation_names: NameTranslations | None
    title: NameTranslations | None
    due_on: Day | None
    created_at: Moment
    seen_at: Moment | None
    is_open: bool
    count: int
    party_names: list[NameTranslations]
    is_muted: bool


class NoticeList(Schema):
    """The latest, at most 100."""

    items: list[NoticePublic]


class NoticeCount(Schema):
    """How many things that wait for you, or that you are told of, you have not seen yet; of more than 99, 99."""

    unseen: Annotated[int, Field(ge=0, le=99)]


class NoticesSeen(Schema):
    """`subject_id`: only what is about this; without it, all."""

    subject_id: UUID | None = None


class NoticeChoicePublic(Schema):
    """`channel`: how you are told of what belongs to the row. `is_default`: you have not chosen.

    `channels`: what can be chosen; of a locked row nothing.
    """

    row: NoticeRow
    channel: Channel
    is_default: bool
    is_locked: bool
    channels: list[Channel]


class NoticeExceptionPublic(Schema):
    """A network or organisation in which you act, or a thing for which you chose otherwise. `channel`: null is as else.

    `kind`: `network`, `organisation` or another kind of thing; `names`: null for what you may not know of any more.
    """

    kind: str
    id: UUID
    names: NameTranslations | None
    channel: Channel | None


class NoticeChoices(Schema):
    """One for each row, and what is otherwise. What has a legal effect is always sent by email at once.

    `weekdays_only`: no mail on Saturdays and Sundays, but for security and for ballots that close within a day;
    `weekdays_by_default`: you have not chosen, and your roles say so.
    """

    items: list[NoticeChoicePublic]
    exceptions: list[NoticeExceptionPublic]
    weekdays_only: bool
    weekdays_by_default: bool


class NoticeDaysSet(Schema):
    """`weekdays_only`: null is as by default."""

    weekdays_only: Flag | None


class DigestLine(Schema):
    """One thing of a digest. `details`: what is said of it beneath, line by line; `path`: of the app's page."""

    text: str
    details: list[str]
    path: str
    is_task: bool


class DigestPreview(Schema):
    """The next digest as it would be now, on `day` in the morning; `subject`: null where there would be none.

    `more`: so many things it does not list. `next_week`: so many of what you have not seen come on `monday` with the
    weekly digest; `shown_only`: of so many no mail tells.
    """

    day: Day
    subject: str | None
    items: list[DigestLine]
    more: int
    monday: Day
    next_week: int
    shown_only: int


class FollowPublic(Schema):
    """Something that you follow. `names`: null for what you may not read any more; you can still end it."""

    kind: FollowedKind
    id: UUID
    names: NameTranslations | None


class FollowList(Schema):
    """What you follow, what you followed last first."""

    items: list[FollowPublic]


class NoticeChoiceSet(Schema):
    """`channel`: null is as by default."""

    channel: Channel | None
