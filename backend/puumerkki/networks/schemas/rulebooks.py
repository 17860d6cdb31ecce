"""Rulebooks, their comparison and acceptance."""

from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, model_validator
from typing_extensions import TypeAliasType

from puumerkki.kernel.field_types import Day, Moment, NameTranslations, Schema, TextTranslations
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.networks.decision_rule import DecisionRule, RuleGiven
from puumerkki.networks.models.networks import RulebookState

RulebookNumber = Annotated[int, Field(ge=1, le=1_000_000)]


class RulebookQuery(PageQuery):
    state: RulebookState | None = None


class CompareQuery(Schema):
    """The numbers of the two versions."""

    old: RulebookNumber
    new: RulebookNumber


class RulebookCreate(Schema):
    """The next version, as a draft."""

    texts: TextTranslations
    rule: RuleGiven


class RulebookUpdate(Schema):
    """What changes in a draft; a field left out stays."""

    texts: TextTranslations | None = None
    rule: RuleGiven | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "RulebookUpdate":
        for name in self.model_fields_set:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class RulebookAdopt(Schema):
    """Until `accept_by`, that day too, an acceptance of the version before still counts; without it, no longer."""

    accept_by: Day | None = None


class RulebookSummary(Schema):
    """A rulebook version, as lists show it."""

    id: UUID
    network_id: UUID
    number: int
    state: RulebookState
    in_force_at: Moment | None
    accept_by: Day | None
    version: int


RulebookAction = TypeAliasType(
    "RulebookAction",
    Literal["adopt"],
)


class RulebookPublic(RulebookSummary):
    """A rulebook version, whole."""

    texts: TextTranslations
    rule: DecisionRule
    available_actions: list[AvailableAction[RulebookAction]]


class PieceKind(StrEnum):
    """How a paragraph stands to the other version."""

    equal = "equal"
    removed = "removed"
    added = "added"


class Piece(Schema):
    """A paragraph."""

    kind: PieceKind
    text: str


class RuleDifference(Schema):
    """A field of the decision rule that differs."""

    field: str
    old: Any
    new: Any


class RulebookComparison(Schema):
    """Two versions: the texts paragraph by paragraph, by language, and what differs in the rule."""

    old: int
    new: int
    texts: dict[str, list[Piece]]
    rule: list[RuleDifference]


class AcceptanceQuery(PageQuery):
    """A page of acceptances."""


class AcceptancePublic(Schema):
    """A member accepted a rulebook version."""

    member_id: UUID
    organisation_id: UUID
    organisation_names: NameTranslations
    accepted_by: UUID
    accepted_at: Moment


RulebookPage = Page[RulebookSummary]
AcceptancePage = Page[AcceptancePublic]
