"""What the API takes and gives of agreements that were signed on paper."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from puumerkki.agreements.models import RecordAnswer
from puumerkki.kernel.field_types import Day, Moment, Schema, Text, unique_items


class AgreementRecord(Schema):
    """All parties signed it on paper. `attachment_id`: the scan, a file of the agreement."""

    signed_on: Day
    attachment_id: UUID


class RecordConfirmation(Schema):
    """The party that confirms what another one recorded."""

    organisation_id: UUID


class RecordDispute(RecordConfirmation):
    """The party that says that it was not agreed so, and why."""

    reason: Text


class RecordConfirmations(RecordConfirmation):
    """The party that confirms, and a list of agreements that others recorded."""

    agreement_ids: Annotated[list[UUID], Field(min_length=1, max_length=200), AfterValidator(unique_items)]


class RecordsConfirmed(Schema):
    """What was confirmed. `left_out`: what did not wait for this party's answer, or not for one of yours."""

    confirmed: list[UUID]
    left_out: list[UUID]


class RecordAnswerPublic(Schema):
    """What another party says to what was recorded as signed on paper. `answer`: null until it says something.

    `asked`: how often it was written to; who was asked twice is not asked any more, and nothing follows from that.
    """

    organisation_id: UUID
    asked: int
    answer: RecordAnswer | None
    answered_at: Moment | None
    reason: str | None
