"""The facts this room tells. Their subject is what the comment, point or attachment is about."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.discussions.models import Audience
from puumerkki.kernel.eventlog.events import Event, Tier

TIERS = {Audience.applicants: Tier.parties, Audience.network: Tier.network, Audience.authority: Tier.authority}
"""Who reads an event about something with an audience: `seen_by` of the events below."""


@dataclass(frozen=True, kw_only=True)
class CommentAdded(Event):
    """`mentioned`: whom the text names. They are told so (`comment.mentioned`), and not of the comment, too."""

    type = "comment.added"
    tier = Tier.parties
    comment_id: UUID
    mentioned: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CommentMentioned(Event):
    """A comment names people, `principal_ids`, whom it did not name before."""

    type = "comment.mentioned"
    tier = Tier.parties
    comment_id: UUID
    principal_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class CommentChanged(Event):
    type = "comment.changed"
    tier = Tier.parties
    comment_id: UUID


@dataclass(frozen=True, kw_only=True)
class CommentRemoved(Event):
    type = "comment.removed"
    tier = Tier.parties
    comment_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointRaised(Event):
    type = "point.raised"
    tier = Tier.parties
    point_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointAnswered(Event):
    type = "point.answered"
    tier = Tier.parties
    point_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointSettled(Event):
    type = "point.settled"
    tier = Tier.parties
    point_id: UUID


@dataclass(frozen=True, kw_only=True)
class AttachmentAdded(Event):
    type = "attachment.added"
    tier = Tier.parties
    attachment_id: UUID


@dataclass(frozen=True, kw_only=True)
class AttachmentRemoved(Event):
    type = "attachment.removed"
    tier = Tier.parties
    attachment_id: UUID
