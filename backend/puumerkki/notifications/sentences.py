"""What mails say of single tasks and events: a subject and a line of their own, where the words of the kind say less.

A subject names the thing, its number and its day: never an outcome that is not public, a sum, a reason or a person.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

UNDATED, REMINDER, LATE, CONDITIONAL, SEVERAL = "undated", "reminder", "late", "conditional", "several"
"""Variants of a kind, after its name and a `!` in the table."""
_LONGEST = 60
"""So many signs of what people named a thing stand in a subject at most."""
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Sentence:
    """`weight`: of several events of one thing the one with the least names the mail. `counts`: it says how many."""

    subject: str
    line: str
    weight: int
    counts: bool


def sentence(kind: str, variants: Sequence[str | None], language: str, values: Mapping[str, str]) -> Sentence | None:
    """The sentence of the first of these variants (None: of the kind itself) of which all values are known, if any."""
    for variant in variants:
        name = kind if variant is None else f"{kind}!{variant}"
        row = _table().get(name)
        if row is None:
            continue
        subject, _, line = row[language].partition(" · ")
        if all(values.get(place) for place in _PLACE.findall(row[language])):
            short = {key: _short(value) for key, value in values.items()}
            return Sentence(_filled(subject, short), _filled(line, values), [*_table()].index(name), variant == SEVERAL)
    return None


def kinds() -> frozenset[str]:
    """The kinds of tasks and types of events that have sentences."""
    return frozenset(name.partition("!")[0] for name in _table())


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    """By kind and variant, in the order of their weight."""
    with Path(__file__).with_name("sentences.csv").open(encoding="utf-8", newline="") as file:
        return {row.pop("kind"): row for row in csv.DictReader(file, delimiter=";")}


def _filled(text: str, values: Mapping[str, str]) -> str:
    """In one pass, so that braces in a title stay what they are."""
    return _PLACE.sub(lambda found: values[found[1]], text)


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1].rstrip() + "…"
