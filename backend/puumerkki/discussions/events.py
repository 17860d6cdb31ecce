"""The facts this room tells. Their subject is what the comment, point or attachment is about."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.discussions.models import Audience
from puumerkki.kernel.eventlog.events import Event, Tier

TIERS = {Audience.applicants: Tier.parties, Audience.network: Tier.network, Audience.authority: Tier.authority}
"""Who reads an event about something with an audience: `seen_by` of the events below."""


@dataclass(frozen=True, kw_only=True)
class CommentAdded(Event):
    type = "comment.added"
    tier = Tier.parties
    comment_id: UUID


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
