"""What events say, by its names: kinds of events, keys of their data, and the values of coded keys.

All of it is sealed, so `tests/frozen_names.toml` keeps each name for good: `make generate` adds what is new and removes
nothing, and `tests/test_frozen_names.py` holds the code against it.
"""

import ast
import inspect
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from textwrap import dedent, wrap
from typing import Any, Literal, get_args, get_origin, get_type_hints
from uuid import UUID

from puumerkki import wiring
from puumerkki.endorsements.events.conditions import SEALED_REASONS
from puumerkki.handlings.queries.decision_words import DENIED
from puumerkki.handlings.service import decisions, fallen_claims
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel.errors import Invalid, PuumerkkiError
from puumerkki.kernel.eventlog.events import Event
from puumerkki.kernel.workflow import StateConflict
from puumerkki.reports import reportable

PATH = Path(__file__).parents[1] / "tests" / "frozen_names.toml"
OF_EVERY_EVENT = {one.name for one in fields(Event)}
UNCODED = {"case_number", "kid", "number", "on_day", "valid_until"}
"""Texts in events that are numbers and days, not codes."""

Names = Mapping[str, list[str]]


def event_keys() -> Names:
    """The keys of each type's data."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in _types():
        found[one.type] |= {field.name for field in fields(one)} - OF_EVERY_EVENT
    return {name: sorted(keys) for name, keys in found.items()}


def event_values() -> Names:
    """The values of each coded key, as `<type>.<key>`. TypeError where a text is none that is known."""
    wiring.connect()
    reasons: dict[str, set[str]] = {
        "handling.claim_fell.reason": {SEALED_REASONS.get(one, one) for one in _why_claims_fall()},
        "handling.decision_fell.reason": _why_decisions_fall(),
    }
    found: dict[str, set[str]] = defaultdict(set)
    for one in _types():
        for key, hint in get_type_hints(one).items():
            if key in OF_EVERY_EVENT | {"type", "tier"}:
                continue
            name = f"{one.type}.{key}"
            values = reasons.get(name) or (set(reportable.kinds()) if key == "about_kind" else _values(hint))
            if values is None and key not in UNCODED:
                raise TypeError(f"{name} is a text: say by an enum which values it has")
            found[name] |= values or set()
    return {name: sorted(values) for name, values in found.items() if values}


def _types() -> Iterator[type[Event]]:
    def below(of: type[Event]) -> Iterator[type[Event]]:
        for one in of.__subclasses__():
            yield one
            yield from below(one)

    return (one for one in below(Event) if one.__module__.startswith("puumerkki.") and "type" in vars(one))


def _values(hint: Any) -> set[str] | None:
    """The codes that a hint allows: empty where it is no text, None where it is any text."""
    if get_origin(hint) is Literal:
        return set(get_args(hint))
    if inspect.isclass(hint) and issubclass(hint, StrEnum):
        return {one.value for one in hint}
    if hint is str:
        return None
    if hint in (UUID, int, bool, datetime, type(None), ...):
        return set()
    several = [_values(one) for one in get_args(hint)]
    if not several:
        raise TypeError(f"{hint} is nothing that an event says")
    return None if None in several else set().union(*(one for one in several if one is not None))


def _why_claims_fall() -> set[str]:
    own = {
        fallen_claims.NEW_VERSION,
        fallen_claims.ENDORSEMENT_ENDED,
        fallen_claims.REFUSED,
        fallen_claims.NOBODY_SETTLES,
        fallen_claims.DROPPED,
    }
    return own | _prevents("carry_claim")


def _why_decisions_fall() -> set[str]:
    return {DENIED, Invalid.code} | _codes(decisions.require_quorum) | _prevents("carry_decision")


def _prevents(action: str) -> set[str]:
    """The codes with which the handling's table refuses a step that the clock takes."""
    guards = {guard for one in HANDLING.transitions if one.action == action for guard in one.guards}
    return {StateConflict.code}.union(*map(_codes, guards))


def _codes(of: Callable[..., Any]) -> set[str]:
    """The codes of the errors that a function names."""
    found = set()
    for node in ast.walk(ast.parse(dedent(inspect.getsource(of)))):
        if isinstance(node, ast.Name | ast.Attribute):
            first, *parts = ast.unparse(node).split(".")
            named = getattr(of, "__globals__", {}).get(first)
            for part in parts:
                named = getattr(named, part, None)
            if inspect.isclass(named) and issubclass(named, PuumerkkiError) and named is not PuumerkkiError:
                found.add(named.code)
    return found


def completed(text: str) -> str:
    """The file with what the code says more than it, in its place; nothing is renamed, and nothing goes."""
    kept = tomllib.loads(text)
    for section, names in (("events", event_keys()), ("values", event_values())):
        for name, said in sorted(names.items()):
            known = kept[section].get(name)
            if known is None or set(said) - set(known):
                text = _with_line(text, section, name, sorted({*said, *(known or ())}))
    return text


def _with_line(text: str, section: str, name: str, said: list[str]) -> str:
    """The text with the section's line of a name, in the place of the former one, or by the alphabet."""
    before, found, rest = text.partition(f"[{section}]\n")
    assert found, f"there is no [{section}]"
    body, following, after = rest.partition("\n[")
    entries = _entries(body)
    entries[name] = entries.get(name, ("", ""))[0], _line(name, said)
    lines = "".join(f"{comment}{line}" for _, (comment, line) in sorted(entries.items()))
    return f"{before}{found}{lines}{following}{after}"


def _entries(body: str) -> dict[str, tuple[str, str]]:
    """A section's lines by name, each with the comment above it."""
    found: dict[str, tuple[str, str]] = {}
    comment = line = ""
    for one in body.splitlines(keepends=True):
        if one.startswith("#"):
            comment += one
        elif line or one.strip():
            line += one.rstrip("\n") + "\n"
        if line.rstrip().endswith("]"):
            found[line.split('"')[1]] = comment, line
            comment = line = ""
    return found


def _line(name: str, said: list[str]) -> str:
    listed = ", ".join(f'"{one}"' for one in said)
    line = f'"{name}" = [{listed}]'
    if len(line) <= 118:
        return line + "\n"
    return (
        f'"{name}" = [\n'
        + "\n".join(wrap(f"{listed},", 118, initial_indent="    ", subsequent_indent="    "))
        + "\n]\n"
    )
