"""The codes that the app has words for, as types: a type of event or an error without words does not compile."""

import importlib
from collections.abc import Iterator
from typing import TypeVar

from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.eventlog.events import Event

T = TypeVar("T")


def codes() -> str:
    """TypeScript; all rooms are imported by then, and here what only the command line uses."""
    importlib.import_module("puumerkki.kernel.key_rotation")
    types = {event.type for event in _kinds(Event) if isinstance(getattr(event, "type", None), str)}
    errors = {error.code for error in _kinds(PuumerkkiError)}
    return (
        "// Written by `make generate`, held by `make check`.\n"
        f"\n/** The types of events. */\n{_union('EventType', types)}"
        f"\n/** The codes of errors that a rule answers with. */\n{_union('ErrorCode', errors)}"
    )


def _kinds(base: type[T]) -> Iterator[type[T]]:
    """All classes below one, those of tests left out."""
    for kind in base.__subclasses__():
        if kind.__module__.startswith("puumerkki."):
            yield kind
        yield from _kinds(kind)


def _union(name: str, values: set[str]) -> str:
    return f"export type {name} =\n" + "\n".join(f"  | '{value}'" for value in sorted(values)) + "\n"
