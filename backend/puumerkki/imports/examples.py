"""The example row of a template. It says what it is in words that nobody gives to anything, and is no row of a file."""

from collections.abc import Mapping
from types import MappingProxyType

MARKS: Mapping[str, str] = MappingProxyType(
    {
        "fi": "ESIMERKKI – poista tämä rivi",
        "sv": "EXEMPEL – ta bort den här raden",
        "en": "EXAMPLE – remove this row",
    }
)
_MARKS = frozenset(MARKS.values())


def is_example(cells: Mapping[str, str]) -> bool:
    """Whether the cells are those of a template's example, however much of it has been changed beside the mark."""
    return not _MARKS.isdisjoint(cells.values())
