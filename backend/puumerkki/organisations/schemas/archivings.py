"""What the API takes and gives about archiving."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from puumerkki.kernel.field_types import Day, Line, Moment, Schema, WebAddress
from puumerkki.kernel.field_types import Text as LongText
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.organisations.models.archivings import ArchivingReason, ArchivingState, SuccessorAnswer
from puumerkki.organisations.schemas.organisations import OrganisationName


class ArchivingCreate(Schema):
    """Why, and from where that is known: a register, a decision, a letter. `source_url`: a page that shows it.

    `successor_id`: who is asked to stand in its place.
    """

    reason: ArchivingReason
    source: Line
    source_url: WebAddress | None = None
    successor_id: UUID | None = None


class ArchivingObjection(Schema):
    """Why the organisation is not to be archived."""

    objection: Annotated[LongText, Field(max_length=2000)]


class SuccessorName(Schema):
    """Who is asked to stand in the archived organisation's place."""

    successor_id: UUID


class SuccessorAnswerPut(Schema):
    """`accepted`: the organisation takes over; that answer is final."""

    answer: SuccessorAnswer


class ArchivingQuery(PageQuery):
    """A page of archivings."""


class ArchivingPublic(Schema):
    """An archiving. `last_day`: the last day on which its people may object, while it is open.

    `at_own_wish`: its administrator wished it. What did not take effect is seen by its people, the named successor's
    and the operator only; so is a successor that has not said yes. `succeeded_at`: since when it stands in its place.
    """

    id: UUID
    organisation: OrganisationName
    reason: ArchivingReason
    source: str
    source_url: str | None
    state: ArchivingState
    created_at: Moment
    last_day: Day
    at_own_wish: bool
    objection: str | None
    ended_at: Moment | None
    successor: OrganisationName | None
    successor_answer: SuccessorAnswer | None
    succeeded_at: Moment | None


ArchivingPage = Page[ArchivingPublic]
