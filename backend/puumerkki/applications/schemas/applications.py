"""Applications, as the API takes them; `application_views` holds what it gives."""

from enum import StrEnum
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from puumerkki.applications.models.applications import ApplicantAnswer, ApplicationState
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.kernel.field_types import (
    Cents,
    Code,
    Day,
    Email,
    Language,
    Line,
    Phone,
    Query,
    Schema,
    ShortLine,
    Text,
    unique_items,
)
from puumerkki.kernel.reads.pagination import PageQuery

T = TypeVar("T")


Ids = Annotated[list[UUID], Field(max_length=50), AfterValidator(unique_items)]


class Duration(Schema):
    """From the first day to the last."""

    starts_on: Day
    ends_on: Day

    @model_validator(mode="after")
    def _in_order(self) -> "Duration":
        if self.ends_on < self.starts_on:
            raise ValueError("it ends after it starts")
        return self


class BudgetItem(Schema):
    """A line of the budget. `source`: who pays it, where it is not the grant."""

    key: Code
    name: Line
    cents: Cents
    source: Line | None = None


class Measure(Schema):
    """What shows that a goal is reached."""

    key: Code
    name: Line
    target: Line | None = None


def _keys_once(values: list[T]) -> list[T]:
    unique_items([getattr(value, "key", None) for value in values])
    return values


class Budget(Schema):
    """The lines; their sum is computed."""

    items: Annotated[list[BudgetItem], Field(max_length=200), AfterValidator(_keys_once)]


class Content(Schema):
    """The parts of an application. A part left out stays as it is, a part that is null is removed."""

    purpose: Text | None = None
    target_groups: Annotated[list[Code], Field(max_length=50), AfterValidator(unique_items)] | None = None
    goals: Text | None = None
    methods: Text | None = None
    duration: Duration | None = None
    partners: Text | None = None
    complements: Text | None = None
    cooperation: Text | None = None
    needs: Text | None = None
    budget: Budget | None = None
    measures: Annotated[list[Measure], Field(max_length=100), AfterValidator(_keys_once)] | None = None


class ContactPerson(Schema):
    """Whom to ask. Erasable, and never public."""

    name: ShortLine
    email: Email | None = None
    phone: Phone | None = None
    role: ShortLine | None = None


class Private(Schema):
    """What is told to those who handle the application only."""

    contact_persons: Annotated[list[ContactPerson], Field(max_length=20)] = []


class AskedAuthority(Schema):
    """An authority that is asked to be partner, and what is asked of it."""

    authority_id: UUID
    asks: Text | None = None


def _authorities_once(values: list[AskedAuthority]) -> list[AskedAuthority]:
    unique_items([value.authority_id for value in values])
    return values


AskedAuthorities = Annotated[list[AskedAuthority], Field(max_length=50), AfterValidator(_authorities_once)]


class ApplicationCreate(Schema):
    """A new draft. `amount_cents`: what is applied for. `area_ids`: the areas where it would happen."""

    applicant_id: UUID
    title: Line
    language: Language = "fi"
    call_id: UUID | None = None
    amount_cents: Cents | None = None
    content: Content = Content()
    private: Private = Private()
    co_applicant_ids: Ids = []
    network_ids: Ids = []
    authorities: AskedAuthorities = []
    need_ids: Ids = []
    area_ids: Ids = []


class ApplicationUpdate(Schema):
    """Changes of the working copy; what is left out stays. Lists replace what they name."""

    title: Line | None = None
    language: Language | None = None
    call_id: UUID | None = None
    amount_cents: Cents | None = None
    content: Content | None = None
    private: Private | None = None
    co_applicant_ids: Ids | None = None
    network_ids: Ids | None = None
    authorities: AskedAuthorities | None = None
    need_ids: Ids | None = None
    area_ids: Ids | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "ApplicationUpdate":
        for name in self.model_fields_set - {"call_id", "amount_cents"}:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class ApplicantAnswerGiven(Schema):
    """What an organisation answers that was asked to apply together; `left` after it had accepted."""

    answer: ApplicantAnswer


class ApplicationSort(StrEnum):
    newest = "-created_at"
    by_title = "title"


class ApplicationFilters(Schema):
    """Filters of the applications. `handling_state`: of a handling that the reader may see."""

    q: Query | None = None
    network: UUID | None = None
    state: ApplicationState | None = None
    applicant: UUID | None = None
    authority: UUID | None = None
    call: UUID | None = None
    need: UUID | None = None
    handling_state: HandlingState | None = None


class ApplicationQuery(PageQuery, ApplicationFilters):
    sort: ApplicationSort = ApplicationSort.newest
