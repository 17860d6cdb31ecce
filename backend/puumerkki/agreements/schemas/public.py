"""What anybody may see of an agreement whose parties allow it."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from puumerkki.agreements.models import AgreementKind, AgreementState
from puumerkki.agreements.schemas.agreements import PartyPublic
from puumerkki.kernel.field_types import Code, Query, Schema
from puumerkki.kernel.reads.pagination import Page, PageQuery


class OpenAgreementSort(StrEnum):
    latest_first = "-created_at"


class OpenAgreementQuery(PageQuery):
    """Filters. `organisation`: it is a party. `theme`: a target group. `q`: a part of the title."""

    organisation: UUID | None = None
    theme: Code | None = None
    kind: AgreementKind | None = None
    q: Query | None = None
    sort: OpenAgreementSort = OpenAgreementSort.latest_first


class OpenAgreementListed(Schema):
    """A public agreement in a list: what is in force, as all parties signed it. `ends_on`: the day it runs until."""

    id: UUID
    kind: AgreementKind
    title: str
    language: str
    starts_on: date
    ends_on: date
    parties: list[PartyPublic]
    target_groups: list[str]


class OpenAgreementAmount(Schema):
    """What a party puts in in a year: money in cents; working time, premises and volunteers in hours."""

    organisation_id: UUID
    year: int
    cents: int
    hours: int


class OpenAgreement(OpenAgreementListed):
    """A public agreement. `version_number`: the version in force."""

    state: AgreementState
    version_number: int
    purpose: str
    amounts: list[OpenAgreementAmount]


OpenAgreementPage = Page[OpenAgreementListed]
