"""What tasks and events are called in mails: as the app calls them; a test holds both equal."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

BEHIND_SIGN_IN = frozenset({"filing.granted", "filing.refused", "handling.declined", "handling.statement_given"})
"""What came of these is read in the service only: their mails say that there is something to read."""


@cache
def task_words() -> Mapping[str, Mapping[str, str]]:
    """By kind, what is to be done, in each language."""
    return _words("task_words.csv")


@cache
def tell_words() -> Mapping[str, Mapping[str, str]]:
    """By type of event, what happened, in each language."""
    return _words("tell_words.csv")


def _words(name: str) -> Mapping[str, Mapping[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return {row.pop("kind"): row for row in csv.DictReader(file, delimiter=";")}
