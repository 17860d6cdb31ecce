"""The parties of what is reported on, and the sums of what was reported."""

from uuid import UUID

from puumerkki.kernel.field_types import NameTranslations, Schema
from puumerkki.reports.contributions import PartyContributionKind, Year
from puumerkki.reports.schemas.reports import FigureKind, ReportedKind


class ReportedQuery(Schema):
    """What is reported on."""

    subject_kind: ReportedKind
    subject_id: UUID


class ReportingParty(Schema):
    """A party. All evaluate; some report, some accept what others report. `writes`: whether the reader may for it."""

    id: UUID
    names: NameTranslations
    reports: bool
    accepts: bool
    writes: bool


class ReportingPartyList(Schema):
    items: list[ReportingParty]


class FiguresQuery(Schema):
    """Of what the sums are: of one thing, of one organisation, of all that the reader may know of."""

    subject_kind: ReportedKind | None = None
    subject_id: UUID | None = None
    organisation: UUID | None = None
    year: Year | None = None


class FigureSum(Schema):
    """A number of a year; `year` is null for all years together. `target_group` is null for everybody."""

    year: int | None
    target_group: str | None
    what: FigureKind
    amount: int


class ContributionSum(Schema):
    """What was put in in a year; `year` is null for all years together."""

    year: int | None
    kind: PartyContributionKind
    cents: int
    hours: int


class FiguresPublic(Schema):
    """Sums of the reports that were submitted or accepted. `reports`: how many these are."""

    reports: int
    figures: list[FigureSum]
    contributions: list[ContributionSum]
