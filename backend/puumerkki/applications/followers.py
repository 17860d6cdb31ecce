"""What the rooms above have to do with an application. They tell; `wiring` fills the registry here at start.

Calls and not events: locks, statements and events keep one order, and who takes the step is known.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SelectBase
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application, ApplicationVersion
from puumerkki.kernel.reads.listings import AccessPath


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A version that was submitted, and the one before it."""

    application: Application
    version: ApplicationVersion
    before: ApplicationVersion | None
    actor: Actor


@dataclass(frozen=True, kw_only=True)
class Brief:
    """SQL of what a network has of an application: `table` joined `on`; `seen`: a caller may know of it by itself."""

    table: type[Any]
    on: ColumnElement[bool]
    id: Any
    state: Any
    seen: ColumnElement[bool]


async def _nothing(*_: object) -> None:
    """What a room does that takes no part in a step."""


async def _never(*_: object) -> bool:
    return False


async def _nobody(*_: object) -> Collection[UUID]:
    return ()


def _none(*_: object) -> Sequence[Any]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Sql:
    """What one room says of applications in SQL, put into this room's statements as they are built at first use.

    The arguments are SQL too, but for callers and permissions. `facts`: by name, what is so of an application.
    `open_in`: it is under way in a network. `brief`: what a network has of it; `cases`: selects of authority, id and
    state of the cases that a caller may know of; `having`: the applications of which a network (or any) has something
    in a state (or any). `filed_elsewhere`: a funder has it, or it is planned for one whose call is none of those that
    are over; `filed_to`: to a call.

    To whom it went. `networks`, `authorities`: selects of those that it reached; `arrived`: it reached one before a
    moment; `readers`: a caller reads in one. `handles`: how a caller with a permission in a network that has it knows
    of it, `receives`: in an authority, `handed`: as a case was handed over to them; of the application itself, or of
    a row that names it (the last argument).
    """

    facts: Mapping[str, Callable[[Any], ColumnElement[Any]]] = field(default_factory=dict)
    open_in: Callable[[Any, Any], Sequence[ColumnElement[bool]]] = _none
    brief: Callable[[Caller, Any, Any], Sequence[Brief]] = _none
    cases: Callable[[Caller, Any], Sequence[SelectBase]] = _none
    having: Callable[[Any, Any], Sequence[Select[Any]]] = _none
    filed_elsewhere: Callable[[Any, Any], Sequence[ColumnElement[bool]]] = _none
    filed_to: Callable[[Any, Any], Sequence[ColumnElement[bool]]] = _none
    networks: Callable[[Any], Sequence[Select[Any]]] = _none
    authorities: Callable[[Any], Sequence[Select[Any]]] = _none
    arrived: Callable[[Any, Any, Any], Sequence[ColumnElement[bool]]] = _none
    readers: Callable[[Caller, Any], Sequence[ColumnElement[bool]]] = _none
    handles: Callable[[Caller, P, Any], Sequence[AccessPath]] = _none
    receives: Callable[[Caller, Any], Sequence[AccessPath]] = _none
    handed: Callable[[Caller, Any], Sequence[AccessPath]] = _none


@dataclass(frozen=True, kw_only=True)
class Follower:
    """What one room does as an application goes its way, under the application's lock, and what it knows of one.

    `hold`: locks its rows of an application, before any follower does something. `before_withdrawn`: what still counts
    against an application that ends now. `on_submitted` and `on_closed` go in the order of floors, `on_withdrawn` in
    the reverse. `on_deleted`: a draft that nobody else has seen goes.

    `count_waits`: something was decided on the application that has not taken effect. `decides_since`: since when an
    organisation, as a member of a network, decides on it. `calls`: those to which a filing is planned or was sent.
    `asking`: the authorities that ask for a network's endorsement; `preparing`: those whose case is open.
    """

    kind: str
    hold: Callable[[AsyncSession, UUID], Awaitable[None]] = _nothing
    before_withdrawn: Callable[[AsyncSession, Application], Awaitable[None]] = _nothing
    on_submitted: Callable[[AsyncSession, Submission], Awaitable[None]] = _nothing
    on_withdrawn: Callable[[AsyncSession, Application, Actor], Awaitable[None]] = _nothing
    on_closed: Callable[[AsyncSession, Application, Actor], Awaitable[None]] = _nothing
    on_deleted: Callable[[AsyncSession, UUID], Awaitable[None]] = _nothing
    count_waits: Callable[[AsyncSession, UUID], Awaitable[bool]] = _never
    decides_since: Callable[[AsyncSession, UUID, UUID], Awaitable[datetime | None]] = _nothing
    calls: Callable[[AsyncSession, UUID], Awaitable[Collection[UUID]]] = _nobody
    asking: Callable[[AsyncSession, UUID, UUID], Awaitable[Collection[UUID]]] = _nobody
    preparing: Callable[[AsyncSession, UUID], Awaitable[Collection[UUID]]] = _nobody
    sql: Sql = Sql()


_followers: dict[str, Follower] = {}


def register(follower: Follower) -> None:
    """Make a room's part known, in the order of floors. Called by a room's manifest only; again replaces it."""
    _followers[follower.kind] = follower


def followers() -> Sequence[Follower]:
    """All of them, in the order of floors. Without any this raises: nobody is left out unseen."""
    if not _followers:
        raise RuntimeError("nobody follows applications: wiring.connect() comes first")
    return list(_followers.values())


def reached(application_id: Any) -> Sequence[Select[Any]]:
    """SQL: selects of the ids of networks and authorities that an application reached."""
    return [
        one
        for each in followers()
        for one in (*each.sql.networks(application_id), *each.sql.authorities(application_id))
    ]
