"""What the API takes and gives of duties."""

from datetime import date
from typing import Literal
from uuid import UUID

from typing_extensions import TypeAliasType

from puumerkki.agreements.models import DutyKind, DutyState
from puumerkki.kernel.field_types import Moment, Schema, Text
from puumerkki.kernel.workflow import AvailableAction


class DutyDone(Schema):
    """What there is to say of it."""

    note: Text | None = None


AgreementDutyAction = TypeAliasType(
    "AgreementDutyAction",
    Literal["confirm", "complete"],
)


class AgreementDutyPublic(Schema):
    """What a party has to do. `year`: the one it is about; `what`: of a report, which one.

    `opens_on`: the day from which it can be done; `late`: its day has passed.
    """

    id: UUID
    kind: DutyKind
    organisation_id: UUID
    year: int
    what: str
    opens_on: date
    due_on: date
    state: DutyState
    late: bool
    done_at: Moment | None
    note: str | None
    available_actions: list[AvailableAction[AgreementDutyAction]]


class AgreementDutyList(Schema):
    """All duties of an agreement, by their day."""

    items: list[AgreementDutyPublic]
