"""Rows of totals, as people write them below a list."""

from collections.abc import Iterable, Sequence
from string import ascii_letters, digits

from puumerkki.kernel.collation import unaccented

_WORDS = frozenset(("yhteensa", "kaikki yhteensa", "summa", "totalt", "sammanlagt", "total"))
_LONGEST = 24
_OTHERS = frozenset(ascii_letters + digits) - {sign for word in _WORDS for sign in (word[0], word[0].upper())}
"""What none of the words begins with."""


def total_in(cells: Sequence[str], names: Iterable[int]) -> str | None:
    """What a row says where it is a total: its first cell that holds anything, or a name.

    `cells`: one at least; `names`: the places of names.
    """
    first = cells[0] or next((cell for cell in cells if cell), "")
    if _is_total(first):
        return first
    for place in names:
        if place < len(cells) and _is_total(cells[place]):
            return cells[place]
    return None


def _is_total(cell: str) -> bool:
    if cell[:1] in _OTHERS or len(cell) > _LONGEST:
        return False
    return " ".join(unaccented(cell).split()).strip(" :.") in _WORDS
