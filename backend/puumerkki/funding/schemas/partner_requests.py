"""What the API takes and gives about partner requests."""

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, model_validator

from puumerkki.funding.models import HandlingState, PartnerOutcome, PartnerRequestState
from puumerkki.kernel.pagination import Page, PageQuery
from puumerkki.kernel.text import Cents, Count, Day, Moment, NameTranslations, Query, Schema, ShortLine, Text
from puumerkki.kernel.workflow import AvailableAction


class PartnerRequestSort(StrEnum):
    newest = "-arrived_at"
    oldest = "arrived_at"


class PartnerRequestQuery(PageQuery):
    """`authority` with `state`: an authority's inbox. `q`: in the title, the case number, the applicant's names."""

    authority: UUID | None = None
    state: PartnerRequestState | None = None
    application: UUID | None = None
    q: Query | None = None
    sort: PartnerRequestSort = PartnerRequestSort.newest


class OrganisationNamed(Schema):
    id: UUID
    names: NameTranslations


class MarkAsked(Schema):
    """A network whose puumerkki is required. `mark_number`: of the one on this very version that is valid today.

    `mark_conditions`: those that it still depends on.
    """

    id: UUID
    names: NameTranslations
    mark_number: str | None
    mark_conditions: list[str]


class PartnerRequestRow(Schema):
    """A line of the inbox. `endorsement_number`: of the one on which it rests.

    `call_closes_at`: when the call closes that the application is for.
    """

    id: UUID
    application_id: UUID
    title: str
    applicant: OrganisationNamed
    authority: OrganisationNamed
    version_number: int
    case_number: str
    state: PartnerRequestState
    arrived_at: Moment
    asks_mark: bool
    network_ids: list[UUID]
    networks: list[MarkAsked]
    endorsement_number: str | None
    call_closes_at: Moment | None
    outcome: PartnerOutcome | None
    decided_on: Day | None
    version: int


PartnerRequestPage = Page[PartnerRequestRow]


class NetworkAsked(Schema):
    """A network whose puumerkki is required. `handling_*`: null where there is none or the reader may not see it.

    `mark_number`: of its puumerkki on this very version; `mark_valid_until`: the last day on which that holds;
    `mark_conditions`: those that it still depends on.
    """

    id: UUID
    names: NameTranslations
    handling_id: UUID | None
    handling_state: HandlingState | None
    mark_number: str | None
    mark_valid_until: Day | None
    mark_conditions: list[str]


class MarkStoodOn(Schema):
    """The endorsement on which preparation or decision rests."""

    id: UUID
    number: str
    network_id: UUID
    valid_from: Day
    valid_until: Day


class Supplement(Schema):
    """What the officer asked, and the applicant's answer."""

    asked_at: Moment
    body: str
    answered_at: Moment | None
    answer: str | None


class ContributionKind(StrEnum):
    """What an authority puts in."""

    money = "money"
    working_time = "working_time"
    premises = "premises"
    equipment = "equipment"


class Contribution(Schema):
    """One contribution. Money has its `cents`; working time may have its `hours`."""

    kind: ContributionKind
    cents: Cents | None = None
    hours: Count | None = None
    description: Annotated[str, Field(min_length=1, max_length=2000)]

    @model_validator(mode="after")
    def _measured(self) -> "Contribution":
        if self.kind == ContributionKind.money and self.cents is None:
            raise ValueError("money needs its cents")
        if self.hours is not None and self.kind != ContributionKind.working_time:
            raise ValueError("only working time has hours")
        return self


class Decision(Schema):
    """What the authority answers: the body or office, the day, the section of its minutes, and how to appeal."""

    outcome: PartnerOutcome
    contributions: Annotated[list[Contribution], Field(max_length=50)] = []
    body: ShortLine | None = None
    decided_on: Day
    section: ShortLine | None = None
    appeal: Text | None = None


class PartnerDecisionPublic(Decision):
    """`version_number`: the version that the decision names."""

    version_number: int


class SupplementAsk(Schema):
    body: Text


class SupplementAnswer(Schema):
    body: Text


class PartnerRequestPublic(Schema):
    """One authority's case. `former_decisions` rested on an earlier version or endorsement."""

    id: UUID
    application_id: UUID
    title: str
    applicants: list[OrganisationNamed]
    authority: OrganisationNamed
    version_number: int
    case_number: str
    state: PartnerRequestState
    arrived_at: Moment
    call_closes_at: Moment | None
    asks: str | None
    asks_mark: bool
    networks: list[NetworkAsked]
    endorsement: MarkStoodOn | None
    supplements: list[Supplement]
    decision: PartnerDecisionPublic | None
    former_decisions: list[PartnerDecisionPublic]
    version: int
    available_actions: list[AvailableAction]


def decision_public(row: Any, version_number: int) -> PartnerDecisionPublic:
    """From the columns of a request or of a former decision."""
    return PartnerDecisionPublic(
        outcome=row.outcome,
        contributions=[Contribution(**one) for one in row.contributions],
        body=row.decided_by_body,
        decided_on=row.decided_on,
        section=row.decision_section,
        appeal=row.appeal,
        version_number=version_number,
    )
