"""Reports, as the API takes and gives them."""

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, Strict, model_validator
from typing_extensions import TypeAliasType

from puumerkki.kernel.field_types import Code, Count, Language, Moment, NameTranslations, Schema, Text
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.reports.contributions import GivenYear, PartyContribution, Year
from puumerkki.reports.models import ReportState

ReportedKind = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,59}$", examples=["agreement"])]
"""The kind of thing that a report is on: `agreement` or `filing`."""


class FigureKind(StrEnum):
    """What is counted: different people, how often people came, events, hours of activity."""

    people = "people"
    visits = "visits"
    events = "events"
    hours = "hours"


class ReportFigure(Schema):
    """A number. `month`: None for the whole year; `target_group`: None for everybody."""

    month: Annotated[int, Strict(), Field(ge=1, le=12)] | None = None
    target_group: Code | None = None
    what: FigureKind
    amount: Count


def _check_figures(figures: list[ReportFigure]) -> None:
    """Each number stands once: for the whole year, or by month."""
    months: dict[tuple[str | None, FigureKind], set[int | None]] = {}
    for one in figures:
        known = months.setdefault((one.target_group, one.what), set())
        if one.month in known:
            raise ValueError("each figure may be given once only")
        known.add(one.month)
    if any(None in known and len(known) > 1 for known in months.values()):
        raise ValueError("a figure is given for the whole year or by month, not both")


class ReportContent(Schema):
    """The sections of a report. A section left out stays as it is, one that is null is removed.

    `contributions`: what the organisation really put in. `plans`: what comes next.
    """

    activities: Text | None = None
    figures: Annotated[list[ReportFigure], Field(max_length=500)] | None = None
    contributions: Annotated[list[PartyContribution], Field(max_length=200)] | None = None
    stories: Annotated[list[Text], Field(max_length=20)] | None = None
    problems: Text | None = None
    plans: Text | None = None

    @model_validator(mode="after")
    def _counted_once(self) -> "ReportContent":
        _check_figures(self.figures or [])
        return self


class ReportCreate(Schema):
    """A draft of an organisation's report on a year."""

    subject_kind: ReportedKind
    subject_id: UUID
    organisation_id: UUID
    year: GivenYear
    language: Language = "fi"
    content: ReportContent = ReportContent()


class ReportUpdate(Schema):
    """What changes; a field left out stays."""

    language: Language | None = None
    content: ReportContent | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "ReportUpdate":
        for name in self.model_fields_set:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class ReportReturn(Schema):
    """What must be added or corrected."""

    reason: Text


class ReportSort(StrEnum):
    latest_first = "-created_at"
    latest_year_first = "-year"


class ReportQuery(PageQuery):
    """Filters of reports. `organisation`: who reports."""

    subject_kind: ReportedKind | None = None
    subject_id: UUID | None = None
    organisation: UUID | None = None
    year: Year | None = None
    state: ReportState | None = None
    sort: ReportSort = ReportSort.latest_first


class ReporterPublic(Schema):
    """An organisation that reports."""

    id: UUID
    names: NameTranslations


class ReportListed(Schema):
    """A report in a list. `subject_title`: what it is on, as that was called when the report was written."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    subject_title: NameTranslations
    organisation: ReporterPublic
    year: int
    language: str
    state: ReportState
    submitted_at: Moment | None
    accepted_at: Moment | None
    created_at: Moment
    updated_at: Moment
    version: int


ReportAction = TypeAliasType(
    "ReportAction",
    Literal["submit", "accept", "return"],
)


class ReportPublic(ReportListed):
    """A report with what the reader may do with it.

    `content`: for who writes it, the working copy; for everybody else, what was submitted last.
    """

    content: ReportContent
    returned_at: Moment | None
    returned_reason: str | None
    answered_for: ReporterPublic | None
    editable: bool
    available_actions: list[AvailableAction[ReportAction]]


ReportPage = Page[ReportListed]
