"""What the API takes and gives."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, Strict, model_validator
from typing_extensions import TypeAliasType

from puumerkki.agreements.duty_schedule import on_day
from puumerkki.agreements.models import AgreementKind, AgreementState
from puumerkki.agreements.schemas.recording import RecordAnswerPublic
from puumerkki.kernel.field_types import (
    Code,
    Day,
    Email,
    Flag,
    Language,
    Line,
    Moment,
    NameTranslations,
    Phone,
    Query,
    Schema,
    ShortLine,
    Text,
    unique_items,
)
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.reports.contributions import GivenYear, PartyContribution, Year


def _in_some_year(value: str) -> str:
    try:
        on_day(2000, value)
    except ValueError:
        raise ValueError("there is no such day in any year") from None
    return value


YearDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"), AfterValidator(_in_some_year)]
"""A day of every year, `MM-DD`; 29 February is the 28th in common years."""


NoticeMonths = Annotated[int, Strict(), Field(ge=0, le=60)]


class AgreementContribution(PartyContribution):
    """What a party puts in. `year`: None for every year."""

    organisation_id: UUID
    year: GivenYear | None = None


class ReportingDuty(Schema):
    """Who tells whom what, and when in words. `due_by`: the day of every year by which it is due.

    What is due in the first half of a year is about the year before.
    """

    organisation_id: UUID
    what: Line
    due: ShortLine
    due_by: YearDay | None = None


class AgreementContent(Schema):
    """The sections of an agreement. A section left out stays as it is, one that is null is removed.

    `confirm_by`, `evaluate_by`, `check_contacts_by`: the day of every year by which each party confirms that year (in
    its second half: the year to come), evaluates (about the year that `ReportingDuty` tells) and checks its contacts.
    `public`: once in force, anybody may see the parties, purpose, target groups, period and sums.
    """

    purpose: Text | None = None
    target_groups: Annotated[list[Code], Field(max_length=50), AfterValidator(unique_items)] | None = None
    forms: Text | None = None
    contributions: Annotated[list[AgreementContribution], Field(max_length=200)] | None = None
    reporting: Annotated[list[ReportingDuty], Field(max_length=50)] | None = None
    evaluation: Text | None = None
    personal_data: Text | None = None
    termination: Text | None = None
    notice_months: NoticeMonths | None = None
    confirm_by: YearDay | None = None
    evaluate_by: YearDay | None = None
    check_contacts_by: YearDay | None = None
    public: Flag | None = None


class AgreementContact(Schema):
    """Whom to ask at a party. Erasable, never public, no part of what is signed."""

    organisation_id: UUID
    name: ShortLine
    email: Email | None = None
    phone: Phone | None = None
    deputy: Flag = False


PartyIds = Annotated[list[UUID], Field(max_length=20), AfterValidator(unique_items)]
Contacts = Annotated[list[AgreementContact], Field(max_length=60)]


class AgreementCreate(Schema):
    """A draft. `party_ids`: the further parties, beside the organisation that drafts it."""

    kind: AgreementKind
    title: Line
    language: Language = "fi"
    organisation_id: UUID
    party_ids: PartyIds = Field(default_factory=list)
    application_id: UUID | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    content: AgreementContent = AgreementContent()
    contacts: Contacts = Field(default_factory=list)


class AgreementUpdate(Schema):
    """What changes; a field left out stays. The parties change before the first proposal only."""

    title: Line | None = None
    language: Language | None = None
    party_ids: PartyIds | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    content: AgreementContent | None = None
    contacts: Contacts | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "AgreementUpdate":
        for name in ("title", "language", "party_ids", "content", "contacts"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class AgreementPropose(Schema):
    """`sign_by`: the last day to sign it; 30 days from today unless given."""

    sign_by: Day | None = None


class AgreementSign(Schema):
    """Sign a version for a party."""

    organisation_id: UUID
    version_number: Annotated[int, Strict(), Field(ge=1, le=10**6)]


class AgreementEnding(Schema):
    """Why an agreement or an amendment is given up."""

    reason: Text


class AgreementTermination(AgreementEnding):
    """Why an agreement is given up, and its last day."""

    ended_on: Day


class AgreementRenewal(Schema):
    """Who drafts what goes on, and for what time; by default as long again, from the day after."""

    organisation_id: UUID
    starts_on: Day | None = None
    ends_on: Day | None = None


class AgreementSort(StrEnum):
    latest_first = "-created_at"
    by_title = "title"


class AgreementFilters(Schema):
    """Filters of agreements. `organisation`: it is a party; `application`: it grew from it; `q`: a part of the title.

    Of what is in force: `theme`: a target group; `year`: runs on a day of it; `ends_by`: still runs, and its last day
    is that one or before.
    """

    organisation: UUID | None = None
    application: UUID | None = None
    state: AgreementState | None = None
    kind: AgreementKind | None = None
    theme: Code | None = None
    year: Year | None = None
    ends_by: Day | None = None
    q: Query | None = None


class AgreementQuery(PageQuery, AgreementFilters):
    sort: AgreementSort = AgreementSort.latest_first


class PartyPublic(Schema):
    """A party."""

    id: UUID
    names: NameTranslations


class FormerParty(PartyPublic):
    """A party that was archived. `succeeded_by_id`: the party that acts in its place; signed versions keep its name."""

    succeeded_by_id: UUID


class AgreementListed(Schema):
    """An agreement in a list."""

    id: UUID
    kind: AgreementKind
    state: AgreementState
    title: str
    language: str
    starts_on: date | None
    ends_on: date | None
    parties: list[PartyPublic]
    current_version: int | None
    version_in_force: int | None
    created_at: Moment
    updated_at: Moment
    version: int


class SignaturePublic(Schema):
    """A party's signature on a version. `credential`: a signed `vc+jwt`, checked as a puumerkki's is."""

    organisation_id: UUID
    version_number: int
    signed_at: Moment
    credential: str


AgreementAction = TypeAliasType(
    "AgreementAction",
    Literal[
        "propose", "record", "confirm_record", "dispute_record", "sign", "withdraw", "renew", "cancel", "terminate"
    ],
)


class AgreementPublic(AgreementListed):
    """An agreement with what the reader may do with it.

    `title`, `starts_on`, `ends_on`, `content`: the working copy for who writes it (`changed`: it differs from the
    newest version), for others what is in force or else proposed. `sign_for`: the parties for which the reader can sign
    the newest version now. `renews_id`: the one it goes on from; `renewed_by_id`: the one that goes on from it, as far
    as the reader may know. `record_answers`: of one that the drafter recorded as signed on paper, what each other party
    says; `confirm_for`, `dispute_for`: the parties for which the reader can answer.
    """

    drafted_by_organisation_id: UUID
    former_parties: list[FormerParty]
    application_id: UUID | None
    content: AgreementContent
    contacts: list[AgreementContact]
    changed: bool
    signatures: list[SignaturePublic]
    ended_on: date | None
    ending_reason: str | None
    in_force_on: date | None
    confirmed_year: int | None
    renews_id: UUID | None
    renewed_by_id: UUID | None
    editable: bool
    sign_for: list[UUID]
    record_answers: list[RecordAnswerPublic]
    confirm_for: list[UUID]
    dispute_for: list[UUID]
    available_actions: list[AvailableAction[AgreementAction]]


AgreementPage = Page[AgreementListed]
