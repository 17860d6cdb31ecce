"""What the API takes and gives about partner requests."""

from enum import StrEnum
from typing import Literal
from uuid import UUID

from typing_extensions import TypeAliasType

from puumerkki.applications.models.recipients import PartnerRequestState
from puumerkki.applications.schemas.named import OrganisationNamed, PersonNamed
from puumerkki.endorsements.schemas.endorsements import EndorsementCondition
from puumerkki.kernel.field_types import Day, Flag, Moment, NameTranslations, Query, Schema, Text
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.partnerships.models.partner_requests import LookAt, PartnerOutcome
from puumerkki.partnerships.schemas.decisions import FormerProposedDecision, PartnerDecisionPublic, ProposedDecision
from puumerkki.partnerships.schemas.gate import RequirementPublic


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


class EndorsementAsked(Schema):
    """A network whose puumerkki is required. `endorsement_number`: of the one on this very version that is valid today.

    `requirement_id`: what requires it; of each requirement one network's is enough.
    `endorsement_conditions`: those that it still depends on; `opens`: preparation can begin on it.
    """

    requirement_id: UUID
    id: UUID
    names: NameTranslations
    endorsement_number: str | None
    endorsement_conditions: list[EndorsementCondition]
    opens: bool


class PartnerRequestRow(Schema):
    """A line of the inbox. `endorsement_numbers`: of those on which it rests.

    `call_closes_at`: when the call closes that the application is for. `to_look_at`: why its decision is to be looked
    at. `preparer`, `decide_by`: who prepares an open case, and by when it is to be decided, for the authority's own.
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
    asks_endorsement: bool
    networks: list[EndorsementAsked]
    endorsement_numbers: list[str]
    call_closes_at: Moment | None
    outcome: PartnerOutcome | None
    decided_on: Day | None
    to_look_at: LookAt | None
    preparer: PersonNamed | None
    decide_by: Day | None
    version: int


PartnerRequestPage = Page[PartnerRequestRow]


class Supplement(Schema):
    """What the officer asked, and the applicant's answer. `closed_at`: the case went on without one.

    `answer_by`: its last day, after which the case may be decided without it.
    """

    asked_at: Moment
    body: str
    answer_by: Day | None = None
    answered_at: Moment | None
    answer: str | None
    closed_at: Moment | None = None


class BeginGiven(Schema):
    """`groups_confirmed`: where no puumerkki requirement concerns it, the officer says groups and areas are right."""

    groups_confirmed: Flag = False


class PreparerGiven(Schema):
    """`preparer_id`: who prepares; without one all officers do. `decide_by`: when it is to be decided at the latest."""

    preparer_id: UUID | None = None
    decide_by: Day | None = None


class SupplementAsk(Schema):
    """`answer_by`: its last day, after which the case may be decided without it; 14 days from today unless given."""

    body: Text
    answer_by: Day | None = None


class SupplementAnswer(Schema):
    body: Text


PartnerRequestAction = TypeAliasType(
    "PartnerRequestAction",
    Literal[
        "refer_to_network",
        "begin",
        "ask_supplement",
        "answer_supplement",
        "close_supplement",
        "propose",
        "hand_back",
        "decide",
        "answer_none",
        "not_take_up",
        "keep",
        "reopen",
        "bring",
        "release",
        "undo",
        "waive",
        "name_preparer",
        "recall",
    ],
)


class PartnerRequestPublic(Schema):
    """One authority's case. `former_decisions`: of before the authority took the case up again.

    `requirements`: what puumerkki it requires. `to_look_at`: why a decider is to say whether the decision stays.
    `none_concerns`: the authority has requirements and none concerns it, so `begin` asks the officer to confirm that.
    `newest_version`: of the application. `two_hats`: who prepared it, and led or confirmed in a network.
    `proposal`: what a decider could decide; `former_proposal`: the last that was handed back or fell, while the case
    is open. `can_prepare`: who could be named to prepare it, for whoever names one. Only the authority's own people see
    these. `preparer`: who is named to prepare it, and can; `decide_by`: the day by which the authority means to decide;
    the applicants see both.
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
    asks_endorsement: bool
    requirements: list[RequirementPublic]
    none_concerns: bool
    groups_confirmed_at: Moment | None
    groups_confirmed_by: UUID | None
    two_hats: list[PersonNamed]
    to_look_at: LookAt | None
    to_look_at_since: Moment | None
    supplements: list[Supplement]
    preparer: PersonNamed | None
    can_prepare: list[PersonNamed]
    decide_by: Day | None
    proposal: ProposedDecision | None
    former_proposal: FormerProposedDecision | None
    decision: PartnerDecisionPublic | None
    former_decisions: list[PartnerDecisionPublic]
    version: int
    available_actions: list[AvailableAction[PartnerRequestAction]]
