"""What can be reported on, and by whom. The rooms above tell; `wiring` fills the registry here at start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, Uuid, cast, false, literal, null, true, union_all
from sqlalchemy import select as core_select
from sqlalchemy.types import Text


@dataclass(frozen=True)
class Reported:
    """A kind of thing that is reported on.

    `parties`: a select of `party` for each of its parties. `known`: selects of the ids of those that a caller may know
    of, one for each way, so that each goes by an index; of what has a party the same as the registry of subjects says.
    `numbers`: selects of `number`, of what people call them by in lists.
    """

    kind: str
    parties: Callable[[], Any]
    known: Callable[[Any], Sequence[Select[Any]]]
    numbers: Callable[[], Sequence[Select[Any]]]


_reported: dict[str, Reported] = {}


def register(reported: Reported) -> None:
    """Make a kind known. Called by a room's manifest only; registering a kind again replaces it."""
    _reported[reported.kind] = reported


def kinds() -> Mapping[str, Reported]:
    """The kinds of things that are reported on, by name."""
    return dict(_reported)


def party(subject_id: Any, organisation_id: Any, *, reports: bool, accepts: bool) -> list[ColumnElement[Any]]:
    """The columns of one party of one thing: whether it reports, and whether it accepts what another reports."""
    return [
        subject_id.label("subject_id"),
        organisation_id.label("organisation_id"),
        (true() if reports else false()).label("reports"),
        (true() if accepts else false()).label("accepts"),
    ]


def number(subject_id: Any, said: Any, *, organisation_id: Any = None) -> list[ColumnElement[Any]]:
    """The columns of what one thing is called by: in one organisation's own lists, or by all of its parties."""
    whose = null() if organisation_id is None else organisation_id
    return [subject_id.label("subject_id"), said.label("number"), cast(whose, Uuid()).label("organisation_id")]


def parties() -> Subquery:
    """SQL: all parties of all that is reported on, as a table. All of them evaluate."""
    selects = []
    for one in _reported.values():
        known = one.parties().subquery()
        selects.append(core_select(literal(one.kind, Text()).label("subject_kind"), *known.c))
    return union_all(*selects).subquery("party")
