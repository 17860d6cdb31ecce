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


class MergeThing(Schema):
    """A thing that you may know of, by what it is called. `names`: by language; empty where it has no name."""

    kind: str
    id: UUID
    names: dict[str, str]


class MergeObstacle(Schema):
    """What stands against a merge: how many things of a kind, and those that you may know of.

    `identifiers`: the two that differ, of the one that would go and of the other.
    """

    code: MergeObstacleCode
    kind: str
    count: int
    things: list[MergeThing]
    identifiers: list[str] = Field(default_factory=list)


class MergeWork(Schema):
    """How many of what was made or changed since a merge, and those of them that you may know of."""

    what: MergedThing
    count: int
    things: list[MergeThing]


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

    `stops`: what works no more. `seats`: how many roles of people who speak for the one that goes end, since the other
    is a member of the same network; it can name new ones. `people`: how many get a role in the one
    that remains, or hear of it as they have one.
    """

    organisation: OrganisationName
    into: OrganisationName
    obstacles: list[MergeObstacle]
    moves: list[MergeShare]
    stops: list[MergeStopped]
    identifiers: dict[str, str]
    seats: int
    people: int


class MergeUndoPreview(Schema):
    """What undoing a merge would do. Nothing is done yet. `first`: another merge that is undone before this one.

    `goes`: what was made since, and goes back with those who made it. `changed`: what others rely on as well, or what
    was changed since: it stops the undoing. `people`: how many people of the two hear of it.
    """

    organisation: OrganisationName
    into: OrganisationName
    first: OrganisationName | None
    obstacles: list[MergeObstacle]
    goes: list[MergeWork]
    changed: list[MergeWork]
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
