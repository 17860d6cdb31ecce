"""What a network announces to the authorities that rely on it, and their answers."""

from uuid import UUID

from puumerkki.kernel.field_types import Day, Moment, NameTranslations, Schema, Text
from puumerkki.networks.models.networks import NetworkChange


class ChangeAnnounce(Schema):
    """The network will stop deciding, rest or close."""

    change: NetworkChange
    reason: Text


class ChangeAnswer(Schema):
    """An authority has heard of the change; it may say what it thinks."""

    answer: Text | None = None


class AuthorityAnswer(Schema):
    authority_id: UUID
    authority_names: NameTranslations
    told_at: Moment
    answered_at: Moment | None
    answer: str | None


class AnnouncedChange(Schema):
    """An announced change. `possible_on`: the day from which it is possible without further answers; null: now."""

    change: NetworkChange
    reason: str
    told_at: Moment
    possible_on: Day | None
    answers: list[AuthorityAnswer]
