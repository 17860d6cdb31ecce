"""Calls, as the API takes and gives them."""

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator
from typing_extensions import TypeAliasType

from puumerkki.calls.models import CallState
from puumerkki.kernel.field_types import (
    Cents,
    Day,
    Flag,
    Moment,
    NameTranslations,
    Query,
    Schema,
    TextTranslations,
    WebAddress,
)
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.organisations.models.organisations import LegalForm

LegalForms = Annotated[list[LegalForm], Field(max_length=len(LegalForm))]
"""Which legal forms may apply; empty: any."""
NEVER_NULL = ("names", "opens_at", "closes_at", "legal_forms", "partner_required")


class CallCreate(Schema):
    """A new call, a draft at first. Amounts in cents of euro; `min_cents` and `max_cents` bound one application."""

    funder_id: UUID
    names: NameTranslations
    programme: NameTranslations | None = None
    descriptions: TextTranslations | None = None
    website: WebAddress | None = None
    opens_at: Moment
    closes_at: Moment
    total_cents: Cents | None = None
    min_cents: Cents | None = None
    max_cents: Cents | None = None
    legal_forms: LegalForms = []
    partner_required: Flag = False


class CallUpdate(Schema):
    """What changes; a field left out stays. Of a published call: texts, and a later closing."""

    names: NameTranslations | None = None
    programme: NameTranslations | None = None
    descriptions: TextTranslations | None = None
    website: WebAddress | None = None
    opens_at: Moment | None = None
    closes_at: Moment | None = None
    total_cents: Cents | None = None
    min_cents: Cents | None = None
    max_cents: Cents | None = None
    legal_forms: LegalForms | None = None
    partner_required: Flag | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "CallUpdate":
        for name in NEVER_NULL:
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class CallItem(Schema):
    """A call in a list."""

    id: UUID
    funder_id: UUID
    funder_names: NameTranslations
    names: NameTranslations
    programme: NameTranslations | None
    descriptions: TextTranslations | None
    website: str | None
    opens_at: Moment
    closes_at: Moment
    total_cents: int | None
    min_cents: int | None
    max_cents: int | None
    legal_forms: list[LegalForm]
    partner_required: bool
    state: CallState
    created_at: Moment
    updated_at: Moment
    version: int


CallAction = TypeAliasType(
    "CallAction",
    Literal["publish", "cancel"],
)


class CallPublic(CallItem):
    """One call, with what the reader may do with it."""

    available_actions: list[AvailableAction[CallAction]]


class CallPhase(StrEnum):
    """Where a call is in time: not open yet, open, or over."""

    coming = "coming"
    open = "open"
    past = "past"


class CallSort(StrEnum):
    closes_at = "closes_at"
    closed_last = "-closes_at"
    newest = "-created_at"


class CallQuery(PageQuery):
    """Filters of the calls. `open_on`: open on that day in Finland; `legal_form`: may apply."""

    q: Query | None = None
    funder: UUID | None = None
    open_on: Day | None = None
    phase: CallPhase | None = None
    state: CallState | None = None
    legal_form: LegalForm | None = None
    sort: CallSort = CallSort.closes_at


CallPage = Page[CallItem]
