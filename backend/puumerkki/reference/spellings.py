"""What people write for a municipality: its code, its names in each language, `Turku/Åbo`, `Alajärven kaupunki`.

For finding only. How a municipality is called as a legal person is another matter (`legal_names`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from puumerkki.kernel.collation import unaccented
from puumerkki.reference.loading import names_of, rows_of

_FINNISH = ("kaupunki", "kunta")
_SWEDISH = ("stad", "kommun")
_ENGLISH = ("city of", "municipality of", "town of")


@dataclass(frozen=True)
class Former:
    """A municipality that ended since 2005. `into`: the code of today's, several where it was divided."""

    code: str
    name: str
    until: date
    into: tuple[str, ...]

    @property
    def merged_on(self) -> date:
        """The first day of today's municipality."""
        return self.until + timedelta(days=1)


def plain_place(text: str) -> str:
    """A spelling without case, marks, and blanks of whatever kind at its ends."""
    return " ".join(unaccented(text).replace("–", "-").split())


def spellings(names: Mapping[str, str], genitive: str | None) -> Iterator[str]:
    """All plain spellings of a municipality's names, with and without what it is."""
    finnish, swedish = plain_place(names.get("fi", "")), plain_place(names.get("sv", ""))
    yield from {plain_place(name) for name in names.values()}
    for name in {finnish, plain_place(genitive or "")} - {""}:
        yield from (f"{name} {what}" for what in _FINNISH)
    for name in {finnish, swedish} - {""}:
        yield from (f"{name}{ending} {what}" for ending in ("", "s") for what in _SWEDISH)
    for name in {plain_place(name) for name in names.values()}:
        yield from (f"{what} {name}" for what in _ENGLISH)


@cache
def former_municipalities() -> Mapping[str, Former]:
    """By their codes."""
    return {
        row["code"]: Former(
            row["code"], row["name_fi"], date.fromisoformat(row["valid_until"]), tuple(row["merged_into"].split())
        )
        for row in rows_of("former_municipalities.csv")
    }


@cache
def municipality_codes() -> Mapping[str, str]:
    """From plain spellings to codes. What a municipality of today is called is never taken for a former one."""
    genitives = {row["code"]: row["genitive"] for row in rows_of("municipality_genitives.csv")}
    found: dict[str, str] = {}
    for file in ("municipalities.csv", "former_municipalities.csv"):
        taken: dict[str, str] = {}
        for row in rows_of(file):
            for one in (row["code"], *spellings(names_of(row), genitives.get(row["code"]))):
                taken.setdefault(one, row["code"])
        found = taken | found
    return found


@cache
def spellings_of(code: str) -> frozenset[str]:
    """All that a municipality is called, plain; nothing for a code that is none."""
    return frozenset(spelling for spelling, known in municipality_codes().items() if known == code)


@cache
def _names() -> Mapping[str, str]:
    return {row["code"]: row["name_fi"] for row in rows_of("municipalities.csv")}


def name_of(code: str) -> str:
    """The Finnish name of a municipality of today."""
    return _names()[code]


@lru_cache(maxsize=10_000)
def municipality_of(text: str) -> str | None:
    """The code of what somebody wrote, a former one's too, or None. A code may have lost its zeros."""
    plain = plain_place(text)
    known = municipality_codes()
    if plain.isascii() and plain.isdecimal() and len(plain) <= 3:
        return known.get(plain.zfill(3))
    if plain in known:
        return known[plain]
    return _alike(part for sign in "/|,(" if sign in plain for part in plain.rstrip(")").split(sign))


def _alike(parts: Iterable[str]) -> str | None:
    """The code that all parts mean, as in `Turku/Åbo` and `Turku (853)`."""
    said = {municipality_codes().get(part.strip()) for part in parts}
    return said.pop() if len(said) == 1 else None
