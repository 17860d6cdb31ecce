"""What the API takes and gives about gate policies."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from puumerkki.kernel.field_types import Code, Day, Flag, Moment, NameTranslations, Schema, ShortLine, TextTranslations
from puumerkki.kernel.reads.pagination import Page, PageQuery

Networks = Annotated[list[UUID], Field(min_length=1, max_length=20)]
Groups = Annotated[list[Code], Field(max_length=50)]
Ids = Annotated[list[UUID], Field(max_length=100)]


class GatePolicySort(StrEnum):
    newest = "-starts_on"


class GatePolicyQuery(PageQuery):
    """`authority` may be given several times. `in_force_on`: only those that ask on this day."""

    authority: Ids = []
    in_force_on: Day | None = None
    sort: GatePolicySort = GatePolicySort.newest


class GatePolicyCreate(Schema):
    """An authority requires the puumerkki of any of these networks; an empty list of groups, areas or calls means all.

    It names who decided so. It starts 14 days after today or later; an authority's first one may start today.
    """

    authority_id: UUID
    network_ids: Networks
    target_groups: Groups = []
    area_ids: Ids = []
    call_ids: Ids = []
    reason: TextTranslations | None = None
    starts_on: Day
    ends_on: Day | None = None
    lets_open_conditions: Flag = False
    decided_by_body: ShortLine
    decided_on: Day
    decision_section: ShortLine


class GatePolicyUpdate(Schema):
    """What changes; a field left out stays. Once it has started only the reason and the last day can change."""

    network_ids: Networks | None = None
    target_groups: Groups | None = None
    area_ids: Ids | None = None
    call_ids: Ids | None = None
    reason: TextTranslations | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    lets_open_conditions: Flag | None = None
    decided_by_body: ShortLine | None = None
    decided_on: Day | None = None
    decision_section: ShortLine | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "GatePolicyUpdate":
        for name in self.model_fields_set - {"reason", "ends_on"}:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class Named(Schema):
    id: UUID
    names: NameTranslations


class GatePolicyPublic(Schema):
    """A rule of the gate. `ends_on`: the last day on which an arriving application is asked.

    `decided_by_body`, `decided_on`, `decision_section`: null for requirements made before these were asked for.
    """

    id: UUID
    authority_id: UUID
    network_ids: list[UUID]
    target_groups: list[str]
    area_ids: list[UUID]
    call_ids: list[UUID]
    reason: TextTranslations | None
    starts_on: Day
    ends_on: Day | None
    lets_open_conditions: bool
    decided_by_body: str | None
    decided_on: Day | None
    decision_section: str | None
    published_at: Moment
    version: int


class WhyNot(StrEnum):
    """Why a network gives no puumerkki now."""

    not_active = "not_active"
    advises = "advises"


class NetworkNamed(Named):
    """A network that a puumerkki requirement names. `cannot`: why it gives no puumerkki now; null where it can."""

    cannot: WhyNot | None


class GatePolicyNamed(GatePolicyPublic):
    """The same with the names of what it points at. `meetable`: one of the networks can give its puumerkki now."""

    authority: Named
    networks: list[NetworkNamed]
    meetable: bool
    areas: list[Named]
    calls: list[Named]


GatePolicyPage = Page[GatePolicyNamed]
