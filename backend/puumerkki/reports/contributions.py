"""What a party puts in, by an agreement or in truth: the one shape that agreements and reports share."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, Strict, model_validator

from puumerkki.kernel.field_types import Cents, Count, Line, Schema

Year = Annotated[int, Field(ge=1990, le=2200)]
GivenYear = Annotated[Year, Strict()]
"""A year in a body."""


class PartyContributionKind(StrEnum):
    """What a party puts in."""

    money = "money"
    working_time = "working_time"
    premises = "premises"
    volunteers = "volunteers"


class PartyContribution(Schema):
    """What a party puts in. Money is in cents; working time and volunteers in hours."""

    kind: PartyContributionKind
    cents: Cents | None = None
    hours: Count | None = None
    budget_line: Line | None = None
    description: Line | None = None

    @model_validator(mode="after")
    def _by_kind(self) -> "PartyContribution":
        if self.kind == PartyContributionKind.money and self.cents is None:
            raise ValueError("money is given in cents")
        if self.kind != PartyContributionKind.money and self.cents is not None:
            raise ValueError("only money is given in cents")
        return self
