"""Evaluations, as the API takes and gives them."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, Strict, model_validator

from puumerkki.kernel.field_types import Moment, Schema, Text
from puumerkki.reports.contributions import GivenYear
from puumerkki.reports.models import GoesOn
from puumerkki.reports.schemas.reports import ReportedKind, ReporterPublic

Grade = Annotated[int, Strict(), Field(ge=1, le=5)]
"""1 (poor) to 5 (excellent)."""


class EvaluationCreate(Schema):
    """How a party sees a year. `goes_on`: whether it should go on as it is, changed, or not at all."""

    subject_kind: ReportedKind
    subject_id: UUID
    organisation_id: UUID
    year: GivenYear
    goals_met: Grade
    cooperation: Grade
    went_well: Text | None = None
    to_improve: Text | None = None
    goes_on: GoesOn


class EvaluationUpdate(Schema):
    """What changes; a field left out stays."""

    goals_met: Grade | None = None
    cooperation: Grade | None = None
    went_well: Text | None = None
    to_improve: Text | None = None
    goes_on: GoesOn | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "EvaluationUpdate":
        for name in ("goals_met", "cooperation", "goes_on"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class EvaluationPublic(Schema):
    """How a party sees a year. `complete`: all parties have evaluated that year, so that it stays as it is."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    organisation: ReporterPublic
    year: int
    goals_met: int
    cooperation: int
    went_well: str | None
    to_improve: str | None
    goes_on: GoesOn
    complete: bool
    editable: bool
    created_at: Moment
    updated_at: Moment
    version: int


class EvaluationList(Schema):
    """All evaluations, the latest year first."""

    items: list[EvaluationPublic]
