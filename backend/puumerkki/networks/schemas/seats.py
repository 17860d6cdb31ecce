"""Seats of advisory boards."""

from typing import Any
from uuid import UUID

from pydantic import model_validator

from puumerkki.kernel.field_types import Day, NameTranslations, Schema
from puumerkki.kernel.reads.pagination import Page, PageQuery


class SeatQuery(PageQuery):
    """A page of seats. `on`: those whose term covers the day."""

    on: Day | None = None


class SeatCreate(Schema):
    """A person's place for a term; `term_ends_on` is its last day."""

    theme: NameTranslations
    principal_id: UUID
    deputy_principal_id: UUID | None = None
    organisation_id: UUID | None = None
    term_starts_on: Day
    term_ends_on: Day


class SeatUpdate(Schema):
    """What changes; a field left out stays."""

    theme: NameTranslations | None = None
    principal_id: UUID | None = None
    deputy_principal_id: UUID | None = None
    organisation_id: UUID | None = None
    term_starts_on: Day | None = None
    term_ends_on: Day | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "SeatUpdate":
        for name in self.model_fields_set - {"deputy_principal_id", "organisation_id"}:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self

    def changes(self) -> dict[str, Any]:
        """The fields that were given."""
        return self.model_dump(exclude_unset=True)


class SeatPublic(Schema):
    id: UUID
    network_id: UUID
    theme: NameTranslations
    principal_id: UUID
    deputy_principal_id: UUID | None
    organisation_id: UUID | None
    term_starts_on: Day
    term_ends_on: Day
    version: int


class SeatItem(SeatPublic):
    """A seat, as lists show it: with the names of those who hold it; null where they were erased."""

    principal_name: str | None
    deputy_name: str | None


SeatPage = Page[SeatItem]
