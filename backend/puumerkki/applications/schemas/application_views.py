"""Applications, as the API gives them: the working copy to applicants, the frozen versions to everybody else."""

from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

from puumerkki.applications.compare import ChangeKind
from puumerkki.applications.models.applications import ApplicantAnswer, ApplicationState
from puumerkki.applications.schemas.applications import BudgetItem, Duration, Measure, Private
from puumerkki.applications.schemas.recipients import HandlingBrief, PartnerRequestBrief
from puumerkki.kernel.field_types import Moment, NameTranslations, Schema
from puumerkki.kernel.reads.pagination import Page
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.needs.models import NeedState
from puumerkki.networks.decision_rule import ApplicationPart


class BudgetPublic(Schema):
    items: list[BudgetItem]
    total_cents: int


class ContentPublic(Schema):
    """The parts of an application; null: not given."""

    model_config = ConfigDict(extra="ignore", from_attributes=True)

    purpose: str | None = None
    target_groups: list[str] | None = None
    goals: str | None = None
    methods: str | None = None
    duration: Duration | None = None
    partners: str | None = None
    complements: str | None = None
    cooperation: str | None = None
    needs: str | None = None
    budget: BudgetPublic | None = None
    measures: list[Measure] | None = None


class OrganisationName(Schema):
    id: UUID
    names: NameTranslations


class ApplicationNetworkPublic(Schema):
    """A network that is asked, with its handling where there is one that the reader may see.

    `asks_for`: the parts that its rulebook in force asks for, in the order of the form.
    """

    network_id: UUID
    names: NameTranslations
    asks_for: list[ApplicationPart]
    handling: HandlingBrief | None


class CoApplicantPublic(OrganisationName):
    """A further applicant. `answer`: null until it has answered; `may_answer`: the reader answers for it now.

    `confirmed`: no version names one that nobody has confirmed.
    """

    asked_at: Moment | None = None
    answer: ApplicantAnswer | None
    answered_at: Moment | None = None
    may_answer: bool
    confirmed: bool = True


class ApplicationAuthorityPublic(Schema):
    """An authority that is asked, with its case where there is one that the reader may see."""

    authority_id: UUID
    names: NameTranslations
    asks: str | None
    partner_request: PartnerRequestBrief | None


class ApplicationNeedPublic(Schema):
    id: UUID
    title: str
    state: NeedState


class ApplicationAreaPublic(Schema):
    """An area where it would happen."""

    id: UUID
    names: NameTranslations
    municipality_code: str


ApplicationAction = TypeAliasType(
    "ApplicationAction",
    Literal["submit", "withdraw", "close", "continue"],
)


class ApplicationPublic(Schema):
    """An application. `working_copy`: what applicants edit; otherwise the newest frozen version.

    `private`: null for those who neither apply nor handle.
    """

    id: UUID
    state: ApplicationState
    working_copy: bool
    title: str
    language: str
    applicant: OrganisationName
    co_applicants: list[CoApplicantPublic]
    call_id: UUID | None
    amount_cents: int | None
    content: ContentPublic
    private: Private | None
    networks: list[ApplicationNetworkPublic]
    authorities: list[ApplicationAuthorityPublic]
    needs: list[ApplicationNeedPublic]
    areas: list[ApplicationAreaPublic]
    current_version: int | None
    continues_id: UUID | None
    created_at: Moment
    updated_at: Moment
    version: int
    available_actions: list[AvailableAction[ApplicationAction]]


class ApplicationItem(Schema):
    """An application in a list, as the reader may see it."""

    id: UUID
    title: str
    state: ApplicationState
    applicant: OrganisationName
    call_id: UUID | None
    amount_cents: int | None
    current_version: int | None
    created_at: Moment
    updated_at: Moment
    version: int


class VersionItem(Schema):
    """A frozen version in the list of them."""

    number: int
    title: str
    submitted_at: Moment
    submitted_for_organisation_id: UUID


class VersionList(Schema):
    items: list[VersionItem]


class VersionAuthority(Schema):
    id: UUID
    asks: str | None


class FrozenContent(ContentPublic):
    """The parts, and what stood beside them."""

    amount_cents: int | None = None
    call_id: UUID | None = None
    co_applicant_ids: list[UUID] = []
    authorities: list[VersionAuthority] = []
    need_ids: list[UUID] = []
    area_ids: list[UUID] = []


class VersionPublic(VersionItem):
    """A frozen version, whole."""

    content: FrozenContent
    private: Private | None


class ChangePublic(Schema):
    """A difference. `part` and its `label` say where in the form, the pointer (RFC 6901) where exactly."""

    part: str
    label: dict[str, str]
    pointer: str
    kind: ChangeKind
    old: Any
    new: Any


class ComparisonSide(Schema):
    """`number` null: the working copy."""

    application_id: UUID
    number: int | None


class Comparison(Schema):
    """All differences between two versions."""

    old: ComparisonSide
    new: ComparisonSide
    changes: list[ChangePublic] = Field(description="In the order of the pointers.")


ApplicationPage = Page[ApplicationItem]
