"""Filings, as the API takes and gives them."""

from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, Strict
from typing_extensions import TypeAliasType

from puumerkki.applications.compare import ChangeKind
from puumerkki.applications.schemas.applications import Content
from puumerkki.filings.models import FilingState
from puumerkki.kernel.field_types import Cents, Day, Line, Moment, NameTranslations, Schema, Text
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.workflow import AvailableAction

VersionNumber = Annotated[int, Strict(), Field(ge=1, le=10**6)]


class FilingCreate(Schema):
    """An application that is going to be sent to a funder. `call_id`: a call of that funder."""

    application_id: UUID
    funder_id: UUID
    call_id: UUID | None = None
    applied_cents: Cents | None = None


class FilingUpdate(Schema):
    """What changes while it is planned; `expected_on` while it is filed, `report_by` while it is granted."""

    call_id: UUID | None = None
    applied_cents: Cents | None = None
    expected_on: Day | None = None
    report_by: Day | None = None


class SentContent(Content):
    """What was really sent, where it differs from the version; null: a part that was left out."""

    title: Line | None = None
    amount_cents: Cents | None = None


class FilingFile(Schema):
    """It was filed with the funder. `sent_attachment_id`: the file that was sent, an attachment of the application.

    `expected_on`: the day by which the funder decides, where it is known.
    """

    filed_on: Day
    expected_on: Day | None = None
    version_number: VersionNumber
    applied_cents: Cents | None = None
    sent_attachment_id: UUID | None = None
    sent_content: SentContent | None = None


class FilingGrant(Schema):
    """The funder granted money, all that was applied for or part of it. `report_by`: the last day for the report."""

    granted_cents: Cents
    report_by: Day | None = None
    decided_on: Day
    reason: Text | None = None


class FilingRefuse(Schema):
    """The funder refused it."""

    decided_on: Day
    reason: Text | None = None


class FilingPlanChange(Schema):
    """The plan or its budget changes, as agreed with the funder."""

    plan_change: Text


class FilingReport(Schema):
    """What was done has been reported to the funder."""

    reported_on: Day


class FilingRecover(Schema):
    """Money that has to be paid back; it adds up."""

    cents: Annotated[int, Strict(), Field(ge=1, le=10**13)]


class Difference(Schema):
    """Where what was sent differs from the version."""

    pointer: str
    kind: ChangeKind
    old: Any
    new: Any


class FilingItem(Schema):
    """A filing in a list. `endorsement_id`: the one in force on the version when it was filed.

    `title`: of the application, as it was filed.
    """

    id: UUID
    application_id: UUID
    title: str
    funder_id: UUID
    funder_names: NameTranslations
    call_id: UUID | None
    state: FilingState
    version_number: int | None
    endorsement_id: UUID | None
    sent_attachment_id: UUID | None
    applied_cents: int | None
    filed_on: Day | None
    expected_on: Day | None
    decided_on: Day | None
    report_by: Day | None
    granted_cents: int | None
    reported_on: Day | None
    recovered_cents: int
    created_at: Moment
    updated_at: Moment
    version: int


FilingAction = TypeAliasType(
    "FilingAction",
    Literal["file", "grant", "refuse", "withdraw", "change_plan", "report", "close", "recover"],
)


class FilingPublic(FilingItem):
    """One filing. `granted_in_full`: null unless something was granted and an amount was applied for."""

    differences: list[Difference]
    decision_reason: str | None
    plan_change: str | None
    granted_in_full: bool | None
    available_actions: list[AvailableAction[FilingAction]]


class FilingSort(StrEnum):
    newest = "-created_at"


class FilingQuery(PageQuery):
    application: UUID | None = None
    funder: UUID | None = None
    state: FilingState | None = None
    sort: FilingSort = FilingSort.newest


FilingPage = Page[FilingItem]
