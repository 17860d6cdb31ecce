"""References to any kind of thing, for pieces that serve every room: comments, agenda items, tasks, events.

A lower room cannot know the rooms above it. So each room tells `wiring` what its subjects are, `wiring` fills the
registry here at start, and the lower room asks the registry.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select

from puumerkki.kernel.errors import NotFound

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession


@dataclass(frozen=True)
class Ref:
    """A thing of one kind. `kind` is the singular name of its table: `application`, `handling`, …"""

    kind: str
    id: UUID


Sees = Callable[[Any, Any], ColumnElement[bool]]
"""From a column with the subject's id and an actor to the condition under which that actor is of an audience."""


@dataclass(frozen=True)
class Subject:
    """What the registry knows of a kind.

    `readable(actor)` selects the ids that an actor may know of. `audiences` maps a tier or audience (`parties`,
    `network`, `authority`, …) to who belongs to it. `facts` gives what comments and attachments need to know of one
    subject: its title and whether they may still be added.
    """

    kind: str
    readable: Callable[[Any], Select[Any]]
    audiences: Mapping[str, Sees] = field(default_factory=dict)
    title: Callable[["AsyncSession", UUID], Awaitable[dict[str, str]]] | None = None
    scopes: Callable[["AsyncSession", UUID], Awaitable[frozenset[UUID]]] | None = None
    """The organisations and networks around a subject: who may write in one of them may write on the subject."""
    parents: Callable[["AsyncSession", UUID], Awaitable[tuple[UUID, ...]]] | None = None
    """The ids of what a subject belongs to, whose timelines show its events too."""


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Make a kind known. Called by `wiring` only; registering a kind again replaces it."""
    _subjects[subject.kind] = subject


def subject(kind: str) -> Subject:
    """The registered kind, or `NotFound`."""
    try:
        return _subjects[kind]
    except KeyError:
        raise NotFound(code="subject_kind_unknown") from None


def subjects() -> Mapping[str, Subject]:
    """All registered kinds."""
    return dict(_subjects)
