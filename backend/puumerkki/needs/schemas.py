"""What the API takes and gives."""

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator
from typing_extensions import TypeAliasType

from puumerkki.kernel.field_types import Code, Language, Line, Moment, NameTranslations, Query, Schema, Text
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.needs.models import NeedState

MunicipalityCode = Annotated[str, Field(pattern=r"^\d{3}$", examples=["564"])]
TargetGroups = Annotated[list[Code], Field(max_length=20)]


class NeedSort(StrEnum):
    latest_first = "-created_at"
    by_title = "title"


class NeedFilters(Schema):
    """Filters of the needs. `q`: words of the title or the description, the last parts of words left out or not."""

    network: UUID | None = None
    municipality: MunicipalityCode | None = None
    area: UUID | None = None
    target_group: Code | None = None
    state: NeedState | None = None
    q: Query | None = None
    sort: NeedSort = NeedSort.latest_first


class NeedQuery(NeedFilters, PageQuery):
    """A page of the needs."""


class NeedCreate(Schema):
    """A need, raised for an organisation that is a member of the network, or in the network itself."""

    network_id: UUID
    raised_for_organisation_id: UUID | None = None
    municipality_code: MunicipalityCode
    area_id: UUID | None = None
    target_groups: TargetGroups = Field(default_factory=list)
    title: Line
    description: Text
    evidence: Text | None = None
    language: Language = "fi"


class NeedUpdate(Schema):
    """What changes; a field left out stays."""

    municipality_code: MunicipalityCode | None = None
    area_id: UUID | None = None
    target_groups: TargetGroups | None = None
    title: Line | None = None
    description: Text | None = None
    evidence: Text | None = None
    language: Language | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "NeedUpdate":
        for name in ("municipality_code", "target_groups", "title", "description", "language"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class NeedDrop(Schema):
    """Why the network lets a need go."""

    closing_note: Text


class NeedPublic(Schema):
    """A need in a municipality or a part of it. Who raised it is told by organisation, not by name."""

    id: UUID
    network_id: UUID
    network_names: NameTranslations
    raised_for_organisation_id: UUID | None
    raised_for_names: NameTranslations | None
    municipality_code: str
    area_id: UUID | None
    area_names: NameTranslations | None
    target_groups: list[str]
    title: str
    description: str
    evidence: str | None
    language: str
    state: NeedState
    agreed_at: Moment | None
    closing_note: str | None
    created_at: Moment
    updated_at: Moment
    version: int


NeedAction = TypeAliasType(
    "NeedAction",
    Literal["agree", "begin", "meet", "drop", "reopen"],
)


class NeedDetails(NeedPublic):
    """A need with what the reader may do with it. `editable`: the reader may change what it says."""

    editable: bool
    available_actions: list[AvailableAction[NeedAction]]


NeedPage = Page[NeedPublic]
