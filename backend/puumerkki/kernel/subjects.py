"""References to any kind of thing, for pieces that serve every room: comments, agenda items, tasks, events.

A lower room cannot know the rooms above it. So each room tells `wiring` what its subjects are, `wiring` fills the
registry here at start, and the lower room asks the registry.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.types import Uuid
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.db import Table
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.reads.statements import fetch_one

T = TypeVar("T", bound=Table)


@dataclass(frozen=True)
class Ref:
    """A thing of one kind. `kind` is the singular name of its table: `application`, `handling`, …"""

    kind: str
    id: UUID


AudienceFilter = Callable[[Any, Any], ColumnElement[bool]]
"""From a column with the subject's id and a caller to SQL: the caller belongs to an audience of the subject."""


@dataclass(frozen=True)
class Subject:
    """What the registry knows of a kind.

    `readable(actor)` selects the ids that an actor may know of. `audiences` maps a tier or audience (`parties`,
    `network`, `authority`, …) to who belongs to it. The rest is what comments, tasks and timelines ask of one subject,
    where its kind has an answer.
    """

    kind: str
    readable: Callable[[Any], Select[Any]]
    audiences: Mapping[str, AudienceFilter] = field(default_factory=dict)
    title: Callable[[AsyncSession, UUID], Awaitable[dict[str, str]]] | None = None
    title_sql: Callable[[Any], ColumnElement[Any]] | None = None
    """SQL from a column with the subject's id to what a task calls it, by language; without it, as its network."""
    scopes: Callable[[AsyncSession, UUID], Awaitable[frozenset[UUID]]] | None = None
    """The organisations and networks around a subject: who may write in one of them may write on the subject."""
    sector: Callable[[AsyncSession, UUID], Awaitable[str]] | None = None
    """What an organisation is in the field."""
    parents: Callable[[AsyncSession, UUID], Awaitable[tuple[UUID, ...]]] | None = None
    """The ids of what a subject belongs to, whose timelines show its events too."""
    hangs_on: Callable[[Any], Select[Any]] | None = None
    """From an array of ids to the ids of this kind's subjects for which something else may wait once one of what
    those name has changed; beside the subject itself and what its events are related to."""


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


async def audiences_of(
    session: AsyncSession, caller: Any, known: Subject, subject_id: UUID, audiences: Sequence[str] = ()
) -> frozenset[str] | None:
    """Those of a subject's `audiences` that the caller belongs to; None where they may not know of the subject."""
    asked = tuple(name for name in audiences if name in known.audiences)

    def build() -> Select[Any]:
        key = bindparam("subject_id", None, type_=Uuid())
        ids = known.readable(caller)
        readable = ids.where(next(iter(ids.selected_columns)) == key).exists()
        columns: list[Any] = [readable, *(known.audiences[name](key, caller) for name in asked)]
        return select(*columns)

    shape = (known.kind, known.readable, asked, caller.anonymous)
    row = await fetch_one(session, shape, build, caller.params() | {"subject_id": subject_id})
    if row is None or not row[0]:
        return None
    return frozenset(name for name, is_of in zip(asked, row[1:], strict=True) if is_of)


async def readable_row(
    session: AsyncSession, caller: Any, known: Subject, table: type[T], key: UUID, *, for_update: Any = False
) -> T:
    """The row of a subject that the caller may know of, read anew, or NotFound.

    `for_update`: whether to lock it, or how.
    """
    if await audiences_of(session, caller, known, key) is None:
        raise NotFound()
    row = await session.get(table, key, with_for_update=for_update or None, populate_existing=True)
    if row is None:
        raise NotFound()
    return row
