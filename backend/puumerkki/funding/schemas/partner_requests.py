"""What the API takes and gives about partner requests."""

from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, model_validator

from puumerkki.funding.models import LookAt, PartnerOutcome, PartnerRequestState
from puumerkki.funding.schemas.endorsements import MarkCondition
from puumerkki.funding.schemas.gate import DecisionGround, RequirementPublic
from puumerkki.kernel.pagination import Page, PageQuery
from puumerkki.kernel.text import (
    SEVERAL_LINES,
    Cents,
    Count,
    Day,
    Flag,
    Moment,
    NameTranslations,
    Query,
    Schema,
    ShortLine,
    Text,
)
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


class PersonNamed(Schema):
    """Somebody by name; null once their account is erased."""

    principal_id: UUID
    name: str | None


class MarkAsked(Schema):
    """A network whose puumerkki is required. `mark_number`: of the one on this very version that is valid today.

    `requirement_id`: what requires it; of each requirement one network's is enough.
    `mark_conditions`: those that it still depends on; `opens`: preparation can begin on it.
    """

    requirement_id: UUID
    id: UUID
    names: NameTranslations
    mark_number: str | None
    mark_conditions: list[MarkCondition]
    opens: bool


class PartnerRequestRow(Schema):
    """A line of the inbox. `endorsement_numbers`: of those on which it rests.

    `call_closes_at`: when the call closes that the application is for. `to_look_at`: why its decision is to be looked
    at.
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
    networks: list[MarkAsked]
    endorsement_numbers: list[str]
    call_closes_at: Moment | None
    outcome: PartnerOutcome | None
    decided_on: Day | None
    to_look_at: LookAt | None
    version: int


PartnerRequestPage = Page[PartnerRequestRow]


class Supplement(Schema):
    """What the officer asked, and the applicant's answer. `closed_at`: the case went on without one."""

    asked_at: Moment
    body: str
    answered_at: Moment | None
    answer: str | None
    closed_at: Moment | None = None


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
    description: Annotated[str, Field(min_length=1, max_length=2000), SEVERAL_LINES]

    @model_validator(mode="after")
    def _measured(self) -> "Contribution":
        if self.kind == ContributionKind.money and self.cents is None:
            raise ValueError("money needs its cents")
        if self.hours is not None and self.kind != ContributionKind.working_time:
            raise ValueError("only working time has hours")
        return self


class BeginGiven(Schema):
    """`groups_confirmed`: where no puumerkki requirement concerns it, the officer says groups and areas are right."""

    groups_confirmed: Flag = False


class Decision(Schema):
    """The authority becomes a partner: the body or office, the day, the section of its minutes, and how to appeal."""

    outcome: Literal[PartnerOutcome.statement, PartnerOutcome.letter_of_intent, PartnerOutcome.commitment]
    contributions: Annotated[list[Contribution], Field(max_length=50)] = []
    body: ShortLine | None = None
    decided_on: Day
    section: ShortLine | None = None
    appeal: Text | None = None


class NegativeAnswer(Schema):
    """The authority does not become a partner: why, and how to appeal."""

    reason: Text
    body: ShortLine | None = None
    decided_on: Day
    section: ShortLine | None = None
    appeal: Text


class PartnerDecisionPublic(Schema):
    """A decision. `version_number`: the version that it names; `grounds`: what it stood on, for each requirement.

    `grounds` is null for decisions of a time when this was not kept.
    """

    outcome: PartnerOutcome
    contributions: list[Contribution]
    body: str | None
    decided_on: Day
    section: str | None
    reason: str | None
    appeal: str | None
    version_number: int
    grounds: list[DecisionGround] | None


class SupplementAsk(Schema):
    body: Text


class SupplementAnswer(Schema):
    body: Text


class PartnerRequestPublic(Schema):
    """One authority's case. `former_decisions`: of before the authority took the case up again.

    `requirements`: what puumerkki it requires. `to_look_at`: why a decider is to say whether the decision stays.
    `none_concerns`: the authority has requirements and none concerns it, so `begin` asks the officer to confirm that.
    `newest_version`: of the application. `two_hats`: who prepared it, and led or confirmed in a network.
    """

    id: UUID
    application_id: UUID
    title: str
    applicants: list[OrganisationNamed]
    authority: OrganisationNamed
    version_number: int
    newest_version: int
    case_number: str
    state: PartnerRequestState
    arrived_at: Moment
    begun_on: Day | None
    call_closes_at: Moment | None
    asks: str | None
    asks_mark: bool
    requirements: list[RequirementPublic]
    none_concerns: bool
    groups_confirmed_at: Moment | None
    groups_confirmed_by: UUID | None
    two_hats: list[PersonNamed]
    to_look_at: LookAt | None
    to_look_at_since: Moment | None
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
        reason=row.decision_reason,
        appeal=row.appeal,
        version_number=version_number,
        grounds=None if row.grounds is None else [DecisionGround(**one) for one in row.grounds],
    )
