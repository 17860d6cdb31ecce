"""What a room brings to the house: one manifest in each room's `room.py`, which `wiring` lists and gathers."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter
from psycopg import AsyncConnection
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.crypto.keys import SigningKey
from puumerkki.kernel.deadlines import Deadline
from puumerkki.kernel.eventlog.events import Event, EventPosition, EventRow, EventSequence, Handler
from puumerkki.kernel.eventlog.sealing import ArchivedEvent, EventArchive, EventSeal
from puumerkki.kernel.idempotency import IdempotencyRecord, delete_expired_records
from puumerkki.kernel.key_rotation import KeyCompromised, KeyRevoked, KeyRotated, rotate_due
from puumerkki.kernel.links import Link, Obstacle
from puumerkki.kernel.loops import WorkerLoop
from puumerkki.kernel.mail.models import MailAddress, OutboxMessage
from puumerkki.kernel.subjects import Subject
from puumerkki.kernel.tasks import Task
from puumerkki.kernel.tells import PLATFORM, Mailed, NoticeRow, Pace, Sides, Tell, Told
from puumerkki.kernel.workflow import Workflow

Connection = AsyncConnection[Any]
Step = Callable[[AsyncSession], Awaitable[object]]
Handlers = Mapping[type[Event], Sequence[Handler]]
Tells = Mapping[type[Event], Told]


@dataclass(frozen=True)
class Periodic:
    """Steps that the worker takes every minute, in this order, each in a transaction of its own.

    `after`: the step of another room, `room.function`, that they follow at once. Without it they come after all steps
    of the rooms below.
    """

    steps: Sequence[Step]
    after: str | None = None


@dataclass(frozen=True)
class Invariant:
    """What must always be true of the data.

    `breaks` selects what breaks it in its first column, as an id or a number to look it up by, or is a function that
    gives the same.
    """

    code: str
    message: str
    breaks: str | Callable[[Connection], Awaitable[Sequence[str]]]


@dataclass(frozen=True, kw_only=True)
class Room:
    """What a room brings.

    `handlers` react in the transaction of the event: those of the rooms below first, save for `handlers_first`.
    `links`: its columns that name an organisation, and what a merge of two does with them; `obstacles`: what stands
    against one. `deadlines`: days that concern people before anything waits. `tells`: whom each of its events is told,
    or why nobody; `sides`: the organisations and networks around its subjects, of whose people some are told;
    `mailed`: what is special in the mails of its tasks.
    `remembered`: event types of which something is still asked once they are archived. `connect` gives the room's
    queries to rooms below that cannot know it; it must be safe to call again.
    """

    name: str
    tables: Sequence[type[SQLModel]] = ()
    routers: Sequence[APIRouter] = ()
    subjects: Sequence[Subject] = ()
    workflows: Sequence[Workflow[Any]] = ()
    handlers: Handlers = field(default_factory=dict)
    handlers_first: Handlers = field(default_factory=dict)
    periodic: Sequence[Periodic] = ()
    tasks: Sequence[Task] = ()
    deadlines: Sequence[Deadline] = ()
    tells: Tells = field(default_factory=dict)
    sides: Sides = field(default_factory=dict)
    mailed: Mapping[str, Mailed] = field(default_factory=dict)
    invariants: Sequence[Invariant] = ()
    links: Sequence[Link] = ()
    obstacles: Sequence[Obstacle] = ()
    remembered: Sequence[type[Event]] = ()
    connect: Callable[[], None] | None = None


_OPERATORS = Tell(side=PLATFORM, roles=("operator",), row=NoticeRow.operations)

ROOM = Room(
    name="kernel",
    tables=(
        EventRow,
        EventPosition,
        EventSequence,
        EventSeal,
        EventArchive,
        ArchivedEvent,
        IdempotencyRecord,
        SigningKey,
        OutboxMessage,
        MailAddress,
        WorkerLoop,
    ),
    periodic=(
        Periodic((delete_expired_records,), after="identity.delete_expired"),
        Periodic((rotate_due,), after="imports.delete_expired_imports"),
    ),
    invariants=(
        Invariant(
            "position_gap",
            "The feed's positions have a gap.",
            "select position::text from (select position, lag(position, 1, 0::bigint) over (order by position)"
            " as before from event_position) numbered where position <> before + 1",
        ),
    ),
    tells={
        KeyRotated: (Tell(side=PLATFORM, roles=("operator",), row=NoticeRow.operations, pace=Pace.bell),),
        KeyRevoked: (_OPERATORS,),
        KeyCompromised: (_OPERATORS,),
    },
)
