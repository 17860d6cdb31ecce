"""Names that are an authority's: nobody else is called so, however the name is spelt."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.errors import FieldProblem, Invalid
from puumerkki.kernel.lookalikes import skeleton
from puumerkki.organisations.models.organisations import AUTHORITIES, Organisation, Sector
from puumerkki.organisations.naming import ENDINGS, words_of
from puumerkki.reference.models import Municipality, WellbeingCounty

_WORDS = frozenset(
    skeleton(word)
    for word in ("kaupunki", "kaup", "kunta", "kommun", "stad", "stads", "city", "town", "municipality", "of", "the")
)
_JOINED = tuple(skeleton(word) for word in ("kaupunki", "kunta", "kommun", "stad"))
_LITTLE = frozenset({"of", "the"})
_BRACKETS = re.compile(r"\([^()]*\)|\[[^][]*\]")
_BEGINNINGS = tuple(
    skeleton(word)
    for word in (
        *("kaupunki", "kaupungi", "kunta", "kunna", "kommun", "stads", "city", "town", "municip"),
        *("hyvinvointialue", "välfärdsområde"),
    )
)
_WHOLE = frozenset(skeleton(word) for word in ("stad", "staden"))


def _reduced(name: str) -> tuple[str, bool]:
    """What is left without endings and the words for a municipality, and whether such a word was there."""
    bare = _BRACKETS.sub(" ", name)
    words = words_of(bare if bare.strip() else name)
    if len(words) > 2 and all(len(word) == 1 for word in words):
        words = ["".join(words)]
    kept = [word for word in words if word not in _WORDS | ENDINGS]
    joined = next((len(end) for end in _JOINED if len(kept) == 1 and kept[0].endswith(end)), 0)
    if joined:
        return kept[0][:-joined], True
    return " ".join(kept), any(word in _WORDS - _LITTLE for word in words)


def _is_genitive(found: str, place: str) -> bool:
    """Whether a word may be a place's name inflected: Turun of Turku, Helsingfors of itself, Vasa stads."""
    shared = max(3, len(place) - 3)
    return found[:shared] == place[:shared] and abs(len(found) - len(place)) <= 3


async def refuse_authority_names(session: AsyncSession, names: Mapping[str, str]) -> None:
    """Invalid with `authority_name` where one of the names is an authority's."""
    places, others = await _taken(session)
    problems = []
    for language, name in names.items():
        left, municipal = _reduced(name)
        taken = left in places or left in others or (municipal and any(_is_genitive(left, place) for place in places))
        if left and taken:
            message = "This is the name of an authority. Only the operator adds authorities."
            problems.append(FieldProblem(f"/names/{language}", "authority_name", message))
    if problems:
        raise Invalid(problems=problems)


async def holds_authority_word(session: AsyncSession, names: Mapping[str, str]) -> bool:
    """Whether a name holds a word for a municipality or county (Oulun Kaupunkilähetys), or a state agency's name."""
    found = [words_of(name) for name in names.values()]
    if any(word in _WHOLE or word.startswith(_BEGINNINGS) for words in found for word in words):
        return True
    agencies = (await session.exec(select(Organisation.names).where(col(Organisation.sector) == Sector.state))).all()
    known = _folded(_each(agencies))
    return any(f" {agency} " in f" {' '.join(words)} " for words in found for agency in known)


async def _taken(session: AsyncSession) -> tuple[frozenset[str], frozenset[str]]:
    """The places' names, and those of all other authorities, reduced."""
    places = (await session.exec(select(Municipality.names))).all()
    counties = (await session.exec(select(WellbeingCounty.names))).all()
    known = (await session.exec(select(Organisation.names).where(col(Organisation.sector).in_(AUTHORITIES)))).all()
    return _folded(_each(places)), _folded(_each([*counties, *known]))


def _each(names: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    return tuple(sorted({name for one in names for name in one.values()}))


@lru_cache(maxsize=8)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(left for left, _ in map(_reduced, names) if left)
