"""What the API takes and gives."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from puumerkki.kernel.field_types import Code, Day, NameTranslations, Query, Schema
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.reference.models import AreaKind

MunicipalityCode = Annotated[str, Field(pattern=r"^\d{3}$", examples=["564"])]
"""Three digits, Statistics Finland's classification."""


class RegionPublic(Schema):
    code: str
    names: NameTranslations


class MunicipalityPublic(Schema):
    """A municipality. `valid_until`: the last day before it was merged into `merged_into_code`."""

    code: str
    names: NameTranslations
    region_code: str
    wellbeing_county_code: str
    languages: list[str]
    latitude: float | None
    longitude: float | None
    valid_from: Day
    valid_until: Day | None
    merged_into_code: str | None


class MunicipalityQuery(PageQuery):
    """Filters of the municipalities. Merged ones are left out unless `merged` is true."""

    region: Annotated[str | None, Field(pattern=r"^\d{2}$")] = None
    wellbeing_county: Annotated[str | None, Field(pattern=r"^\d{2}$")] = None
    merged: bool = False


class AreaSort(StrEnum):
    name = "name"


class AreaQuery(PageQuery):
    municipality: MunicipalityCode | None = None
    q: Query | None = None
    sort: AreaSort = AreaSort.name


class AreaCreate(Schema):
    """A new area. `parent_id`: a larger area of the same municipality."""

    municipality_code: MunicipalityCode
    kind: AreaKind
    names: NameTranslations
    parent_id: UUID | None = None
    valid_from: Day | None = None


class AreaUpdate(Schema):
    """What changes; a field left out stays."""

    names: NameTranslations | None = None
    kind: AreaKind | None = None
    valid_until: Day | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "AreaUpdate":
        for name in ("names", "kind"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class AreaPublic(Schema):
    id: UUID
    municipality_code: str
    parent_id: UUID | None
    kind: AreaKind
    names: NameTranslations
    valid_from: Day
    valid_until: Day | None
    version: int


class ClassificationPublic(Schema):
    """An entry of a national classification; `parent_code` makes it a tree."""

    code: Code
    parent_code: str | None
    names: NameTranslations
    uri: str


class ClassificationList(Schema):
    items: list[ClassificationPublic]


class RegionList(Schema):
    items: list[RegionPublic]


MunicipalityPage = Page[MunicipalityPublic]
AreaPage = Page[AreaPublic]
