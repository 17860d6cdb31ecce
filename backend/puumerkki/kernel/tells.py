"""What an event tells people: each room declares it once for each of its events, or that it tells nobody, and why.

What asks somebody to do something is a task (`kernel.tasks`); this is about what others did.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, SelectBase, any_, select, union


class NoticeRow(StrEnum):
    """What a person chooses for: one row of the page of choices.

    `events`: whether mails of what happened leave at all. `urgent` is locked: what concerns one's own rights, or has a
    legal effect. `tasks`, `reminders`: what is to be done; all others: what happened.
    """

    urgent = "urgent"
    tasks = "tasks"
    reminders = "reminders"
    own = "own"
    networks = "networks"
    authority = "authority"
    discussions = "discussions"
    followed = "followed"
    operations = "operations"
    events = "events"


class Pace(StrEnum):
    """How soon somebody is told who has chosen nothing else.

    `at_once`: by mail at once, whatever their row's default. `now`: where that default allows it. `digest`: with the
    next digest. `bell`: in the service only, unless they chose more.
    """

    at_once = "at_once"
    now = "now"
    digest = "digest"
    bell = "bell"


PERSON = "person"
"""The side of events whose data names one person (`principal_id`), or whose subject is one."""
SCOPE = "scope"
"""The subject itself: an organisation, a network, or what somebody follows."""
RELATED = "related"
"""What the event is related to beside its subject."""
PEOPLE = "people"
"""The side of events whose data names several people (`principal_ids`)."""
NAMED = "named"
"""The side of events whose data names an organisation (`organisation_id`)."""
PLATFORM = "platform"
"""Who runs the service."""


class Mailed(StrEnum):
    """What is special in the mails of a kind of task; of other kinds the notice is mailed as its reader chose.

    `opening`: its room mails in the transaction in which it opens, with what the person needs to know. `reminders`: the
    room has a ladder of its own, which also writes to contacts without an account. `always`: it has a day after which
    something is lost, or a legal effect, so nobody can turn its mails off.
    """

    opening = "opening"
    reminders = "reminders"
    always = "always"


@dataclass(frozen=True, kw_only=True)
class Tell:
    """That those with one of the roles on one side of the subject are told (`Room.sides`, or one of the above).

    Never who did it, nor who may not read the event. `row`: for which row of their choices; `pace`: how soon.
    `by_room`: the room mails them itself in the transaction of the event, so the notice is shown in the service only.
    `addressed`: they may know of it, though they may not read the event. `receipt`: also told to who did it.
    `followers`: told are those who follow what is on that side and may read it, whatever roles they have.
    """

    side: str
    roles: Sequence[str] = ()
    row: NoticeRow
    pace: Pace = Pace.now
    by_room: bool = False
    addressed: bool = False
    receipt: bool = False
    followers: bool = False


@dataclass(frozen=True)
class Silent:
    """The event tells nobody. `reason`: why, for whoever wonders."""

    reason: str


ASKED = Silent("it opens a task, which is told of")
SEEN_THERE = Silent("whoever works on it sees it there, and it comes again and again")
FOLLOWS = Silent("another event of the same step tells it")
BY_LETTER = Silent("its room writes to those whom it concerns, who need not have an account")
Told = Sequence[Tell] | Silent
"""Of one event: to whom it is told, those with the strongest reason first, or why to nobody."""
Side = Callable[[Any], SelectBase]
"""From an array of the ids of a kind to rows of an id and one of its organisations or networks."""
Sides = Mapping[str, Mapping[str, Side]]
"""Of each kind of subject, the sides around it: applicants, network, authority, parties, …"""


def side(key: Any, scope: Any, *joins: tuple[Any, Any]) -> Side:
    """From ids of `key`, a column of its table, to the `scope` of each, over tables and their conditions."""

    def scopes(ids: Any) -> Select[Any]:
        found = select(key.label("id"), scope.label("scope_id")).select_from(key.class_)
        for table, on in joins:
            found = found.join(table, on)
        return found.where(key == any_(ids), scope.is_not(None))

    return scopes


def either(*sides: Side) -> Side:
    """All of them together."""
    return lambda ids: union(*(one(ids) for one in sides))
