"""Which row holds the headings, and what each of them means."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from puumerkki.imports.reading.delimited import Row
from puumerkki.imports.results import ReadColumn
from puumerkki.kernel.collation import unaccented

LOOKED_AT = 20
"""Among so many rows that hold anything the headings are looked for: titles and notes stand above them."""
_LANGUAGE = re.compile(r"_(fi|sv|en)$")
"""In what a field of names ends: `Nimi/Namn` is one name in whichever language comes first."""


def plain_heading(heading: str) -> str:
    """A heading without marks, blanks, and what stands in brackets."""
    return re.sub(r"[^a-z0-9]", "", unaccented(re.sub(r"\(.*?\)|\[.*?\]", "", heading)))


@dataclass(frozen=True)
class Vocabulary:
    """What headings mean. `synonyms`: from plain headings to fields; `needed`: of each group a field must be there.

    `alike`: by what two columns of one field are compared, where not by what is written. `mapping`: what somebody
    chose by hand for a heading as written, which wins; a blank text leaves its column out.
    """

    synonyms: Mapping[str, str]
    needed: Sequence[Sequence[str]] = ()
    alike: Mapping[str, Callable[[str], object]] = field(default_factory=dict)
    mapping: Mapping[str, str] | None = None

    def column(self, heading: str) -> ReadColumn:
        """A heading with what it means."""
        chosen = self.mapping or {}
        if heading in chosen:
            return ReadColumn(heading, chosen[heading] or None, by_hand=True)
        return ReadColumn(heading, self._field(heading))

    def columns(self, cells: Sequence[str]) -> tuple[ReadColumn, ...]:
        """The columns of a row of headings, without the blank ones at its end."""
        last = max((place for place, cell in enumerate(cells) if cell), default=-1)
        return tuple(self.column(" ".join(cell.split())) for cell in cells[: last + 1])

    def missing(self, columns: Sequence[ReadColumn]) -> list[str]:
        """The fields that have no column, one of each group."""
        fields = {one.field for one in columns}
        return [group[0] for group in self.needed if not fields.intersection(group)]

    def _field(self, heading: str) -> str | None:
        plain = plain_heading(heading)
        if plain in self.synonyms:
            return self.synonyms[plain]
        numbered = re.sub(r"^\d+", "", plain)
        if numbered in self.synonyms:
            return self.synonyms[numbered]
        parts = [self.synonyms.get(plain_heading(part)) for part in re.split(r"[/|,\n–]| - ", heading)]
        same = {None if part is None else _LANGUAGE.sub("", part) for part in parts}
        return parts[0] if len(same) == 1 else None


@dataclass(frozen=True)
class Headings:
    """A row of headings, and how many of them are understood."""

    row: int
    columns: tuple[ReadColumn, ...]

    @property
    def understood(self) -> int:
        """How many fields there are columns for."""
        return len({one.field for one in self.columns} - {None})


def find_headings(rows: Sequence[Row], words: Vocabulary, *, at: int | None = None) -> Headings:
    """The row in which most headings are understood, the first of these; `at`: the row that somebody chose.

    Below the first row, a row is one of headings only where two are understood, one of them needed, or all: else the
    words of a good row, such as `yhdistys`, could be taken for headings.
    """
    if at is not None:
        chosen = next((cells for row, cells in rows if row == at), [])
        return Headings(at, words.columns(chosen))
    filled = [(row, cells) for row, cells in rows if any(cells)][:LOOKED_AT]
    if not filled:
        return Headings(1, ())
    best = Headings(filled[0][0], words.columns(filled[0][1]))
    needed = {name for group in words.needed for name in group}
    for row, cells in filled[1:]:
        found = Headings(row, words.columns(cells))
        fields = {one.field for one in found.columns}
        sure = None not in fields or (found.understood >= 2 and (not needed or fields & needed))
        if sure and found.understood > best.understood:
            best = found
    return best
