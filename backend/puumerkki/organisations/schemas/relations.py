"""What the API takes and gives about how organisations stand to each other."""

from uuid import UUID

from puumerkki.kernel.field_types import Day, Moment, Schema
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.organisations.models.organisations import RelationKind
from puumerkki.organisations.schemas.organisations import OrganisationName


class RelationQuery(PageQuery):
    """A page of relations."""


class RelationCreate(Schema):
    """`starts_on` is today if left out; `ends_on` is the last day."""

    other_id: UUID
    kind: RelationKind
    starts_on: Day | None = None
    ends_on: Day | None = None


class RelationUpdate(Schema):
    ends_on: Day | None


class RelationPublic(Schema):
    """Read from `organisation` to `other`: `umbrella`: the other is its union; `host`: the other answers for it.

    `accepted_at` is null while a host is asked and has not accepted: it does not answer for the group yet.
    """

    id: UUID
    organisation: OrganisationName
    other: OrganisationName
    kind: RelationKind
    starts_on: Day
    ends_on: Day | None
    accepted_at: Moment | None
    version: int


RelationPage = Page[RelationPublic]
