"""Columns that our own files have beside those that an import reads: in them they are passed over without a word.

A column that somebody else calls the same is named like any other that is not read: only where all of a file's columns
are there, it is one of ours.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from puumerkki.imports.reading.headings import plain_heading

RESULT_HEADINGS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "fi": ("rivi", "tulos", "mitä tehdä"),
        "sv": ("rad", "resultat", "vad göra"),
        "en": ("row", "result", "what to do"),
    }
)
"""What stands before the cells of a row in the file of results."""


def _plain(heading: str) -> str:
    """Without a year that it may name."""
    return re.sub(r"\d", "", plain_heading(heading))


def own_columns(headings: Mapping[str, Mapping[str, str]], read: Iterable[str]) -> Iterator[frozenset[str]]:
    """For `Sheet.own_columns`. `headings`: of a list as a file, by field and language; `read`: the import's fields."""
    further = headings.keys() - set(read)
    for language, result in RESULT_HEADINGS.items():
        yield frozenset(map(_plain, result))
        if further:
            yield frozenset(_plain(headings[name][language].format(year="")) for name in further)
    if further:
        yield frozenset(map(_plain, further))


def passed_over(own: Sequence[frozenset[str]], headings: Sequence[str]) -> frozenset[str]:
    """Those of some headings that only our own files have."""
    plain = {_plain(one): one for one in headings}
    return frozenset(plain[one] for some in own if some <= plain.keys() for one in some)
