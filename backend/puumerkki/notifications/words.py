"""What a task is called in mails: as the app calls it on the desk; a test holds both equal."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def task_words() -> Mapping[str, Mapping[str, str]]:
    """By kind, what is to be done, in each language."""
    with Path(__file__).with_name("task_words.csv").open(encoding="utf-8", newline="") as file:
        return {row.pop("kind"): row for row in csv.DictReader(file, delimiter=";")}
