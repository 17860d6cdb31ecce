"""Networks and their officers."""

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator
from typing_extensions import TypeAliasType

from puumerkki.access.models import ChosenBy
from puumerkki.access.roles import Role
from puumerkki.kernel.field_types import Code, Day, Flag, Moment, NameTranslations, Query, Schema, TextTranslations
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.networks.models.decisions import DecisionKind
from puumerkki.networks.models.networks import NetworkKind, NetworkState
from puumerkki.networks.schemas.changes import AnnouncedChange

MunicipalityCode = Annotated[str, Field(pattern=r"^\d{3}$", examples=["564"])]
CountyCode = Annotated[str, Field(pattern=r"^\d{2}$", examples=["19"])]
Prefix = Annotated[str, Field(pattern=r"^[A-Z0-9]{2,20}$", examples=["ELAMANKAARI"])]
"""Begins the numbers of the network's endorsements."""
MunicipalityCodes = Annotated[list[MunicipalityCode], Field(max_length=400)]
CountyCodes = Annotated[list[CountyCode], Field(max_length=40)]
TargetGroups = Annotated[list[Code], Field(max_length=50)]
AuthorityIds = Annotated[list[UUID], Field(max_length=100)]


class NetworkSort(StrEnum):
    name = "name"
    newest = "-created_at"


class NetworkQuery(PageQuery):
    """Filters of the networks. `municipality`: those that cover it, by its county too. `member`: an active one."""

    q: Query | None = None
    kind: NetworkKind | None = None
    state: NetworkState | None = None
    municipality: MunicipalityCode | None = None
    target_group: Code | None = None
    member: UUID | None = None
    sort: NetworkSort = NetworkSort.name


class NetworkCreate(Schema):
    """A new network. `prefix` is needed where it decides; `ends_on` is for working groups."""

    names: NameTranslations
    kind: NetworkKind
    decides: Flag = False
    prefix: Prefix | None = None
    theme: NameTranslations | None = None
    goals: TextTranslations | None = None
    municipality_codes: MunicipalityCodes = []
    wellbeing_county_codes: CountyCodes = []
    target_groups: TargetGroups = []
    authority_ids: AuthorityIds = []
    ends_on: Day | None = None
    coordinator_id: UUID | None = None
    founding_organisation_id: UUID | None = None


class NetworkUpdate(Schema):
    """What changes; a field left out stays. The prefix can be given once."""

    names: NameTranslations | None = None
    decides: Flag | None = None
    prefix: Prefix | None = None
    theme: NameTranslations | None = None
    goals: TextTranslations | None = None
    municipality_codes: MunicipalityCodes | None = None
    wellbeing_county_codes: CountyCodes | None = None
    target_groups: TargetGroups | None = None
    authority_ids: AuthorityIds | None = None
    ends_on: Day | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "NetworkUpdate":
        for name in self.model_fields_set - {"theme", "goals", "ends_on"}:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class NetworkSummary(Schema):
    """A network, as lists show it."""

    id: UUID
    names: NameTranslations
    kind: NetworkKind
    state: NetworkState
    decides: bool
    prefix: str | None
    theme: NameTranslations | None
    municipality_codes: list[str]
    wellbeing_county_codes: list[str]
    target_groups: list[str]
    ends_on: Day | None
    created_at: Moment
    version: int


class NetworkAuthorityPublic(Schema):
    organisation_id: UUID
    names: NameTranslations


class NetworkEnding(Schema):
    """The network has decided to rest or to close on a day."""

    kind: DecisionKind
    on_day: Day


NetworkAction = TypeAliasType(
    "NetworkAction",
    Literal["activate", "close", "reopen"],
)


class NetworkPublic(NetworkSummary):
    """A network. `rulebook_number`: of the version in force. `changes`: announced to authorities, not yet made.

    `ending`: it will rest or close on a day, and takes in nothing new from now on.
    """

    goals: TextTranslations | None
    authorities: list[NetworkAuthorityPublic]
    active_members: int
    rulebook_number: int | None
    ending: NetworkEnding | None
    changes: list[AnnouncedChange]
    available_actions: list[AvailableAction[NetworkAction]]


class OfficerRole(StrEnum):
    """Who leads a network's work, its meetings, its records; and who looks on."""

    coordinator = "coordinator"
    chair = "chair"
    secretary = "secretary"
    observer = "observer"

    @property
    def role(self) -> Role:
        """The same in the table of all roles."""
        return Role(self.value)


class OfficerPublic(Schema):
    """Somebody with an office. `chosen_by`: how the members chose them; null where the coordinator named them."""

    principal_id: UUID
    name: str
    role: OfficerRole
    since: Moment
    chosen_by: ChosenBy | None


class OfficerQuery(PageQuery):
    """A page of officers."""


NetworkPage = Page[NetworkSummary]
OfficerPage = Page[OfficerPublic]
