"""What a municipality is called as a legal person: Oulu, the place, is Oulun kaupunki where it signs.

Whether it is a kaupunki or a kunta, and how its name is inflected, is in no classification and is never guessed: where
no source gave the legal name, the name that somebody gave stands.
"""

from collections.abc import Mapping
from functools import cache

from puumerkki.kernel.collation import sort_key
from puumerkki.reference.loading import names_of, rows_of


@cache
def _legal_names() -> Mapping[tuple[str, str, str], str]:
    """By code, language and the place's name."""
    known = {row["code"]: names_of(row) for row in rows_of("municipality_legal_names.csv")}
    return {
        (row["code"], language, sort_key(place)): known[row["code"]][language]
        for row in rows_of("municipalities.csv")
        if row["code"] in known
        for language, place in names_of(row).items()
    }


def as_legal_person(code: str, names: Mapping[str, str]) -> dict[str, str]:
    """Names by language, a place's name replaced by the legal name of its municipality where that is known."""
    known = _legal_names()
    return {language: known.get((code, language, sort_key(name)), name) for language, name in names.items()}
