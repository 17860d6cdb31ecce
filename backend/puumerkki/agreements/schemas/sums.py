"""Sums of what parties put in, as the API takes and gives them."""

from datetime import date
from uuid import UUID

from pydantic import model_validator

from puumerkki.agreements.models import AgreementKind, AgreementState
from puumerkki.agreements.schemas.agreements import PartyPublic
from puumerkki.kernel.field_types import Schema
from puumerkki.reports.contributions import PartyContributionKind, Year

MOST_YEARS = 30


class AgreementSumsQuery(Schema):
    """Of which years, at most thirty; by default this one. `organisation`: agreements to which it is a party."""

    organisation: UUID | None = None
    year_from: Year | None = None
    year_to: Year | None = None

    def years(self, present: int) -> tuple[int, int]:
        """The first and the last year; where one is given alone, it is both."""
        first = self.year_from or self.year_to or present
        return first, self.year_to or first

    @model_validator(mode="after")
    def _few_years(self) -> "AgreementSumsQuery":
        first, last = self.years(0)
        if not 0 <= last - first < MOST_YEARS:
            raise ValueError(f"year_to is not before year_from, and there are at most {MOST_YEARS} years")
        return self


class AgreementAmount(Schema):
    """How many agreements, how much money in cents, how many hours of working time, premises and volunteers."""

    agreements: int
    cents: int
    hours: int


class AgreementYearSum(AgreementAmount):
    """What is put in in a year, and how many agreements run in it or put something in."""

    year: int


class AgreementPartySum(AgreementAmount):
    """What a party puts in in a year, by kind."""

    organisation: PartyPublic
    year: int
    kind: PartyContributionKind


class AgreementThemeSum(AgreementAmount):
    """What is put in for a target group in a year; null: no target group is named. With several it counts in each."""

    theme: str | None
    year: int


class AgreementSum(Schema):
    """What is put in by one agreement in all these years."""

    id: UUID
    kind: AgreementKind
    state: AgreementState
    title: str
    language: str
    starts_on: date
    ends_on: date
    cents: int
    hours: int


class AgreementSums(Schema):
    """Sums of years. `agreements`: at most the thousand that put in the most money, then hours.

    `recorded`: what of `total` your side recorded as signed on paper, or confirmed, and other parties have not yet.
    """

    year_from: int
    year_to: int
    total: AgreementAmount
    recorded: AgreementAmount
    years: list[AgreementYearSum]
    parties: list[AgreementPartySum]
    themes: list[AgreementThemeSum]
    agreements: list[AgreementSum]
