"""What the API takes and gives about merging two organisations that are one."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from puumerkki.kernel.field_types import Moment, Schema
from puumerkki.kernel.field_types import Text as LongText
from puumerkki.kernel.links import MergedThing, MergeObstacleCode, MergeStop
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.organisations.schemas.organisations import OrganisationName


class MergeCreate(Schema):
    """Into which organisation this one goes, and why they are one and the same."""

    into: UUID
    reason: Annotated[LongText, Field(max_length=2000)]


class MergeObstacle(Schema):
    """What stands against a merge: how many things of a kind, and the ids of those that you may know of."""

    code: MergeObstacleCode
    kind: str
    count: int
    ids: list[UUID]


class MergeShare(Schema):
    """How many of what would go over."""

    what: MergedThing
    count: int


class MergeStopped(Schema):
    """How many of what stays with the one that goes, and does nothing there."""

    what: MergeStop
    count: int


class MergePreview(Schema):
    """What merging would do. Nothing is done yet. `identifiers`: what the one that remains would take over.

    `stops`: what works no more. `people`: how many get a role in the one that remains, or hear of it as they have one.
    """

    organisation: OrganisationName
    into: OrganisationName
    obstacles: list[MergeObstacle]
    moves: list[MergeShare]
    stops: list[MergeStopped]
    identifiers: dict[str, str]
    people: int


class MergeQuery(PageQuery):
    """A page of merges."""


class MergePublic(Schema):
    """A merge. `undo_until`: when the days to undo it are over."""

    id: UUID
    organisation: OrganisationName
    into: OrganisationName
    reason: str
    created_at: Moment
    undo_until: Moment
    undone_at: Moment | None


MergePage = Page[MergePublic]
