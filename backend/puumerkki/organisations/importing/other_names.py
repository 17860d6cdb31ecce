"""Rows whose id, number or name finds an organisation of another name: somebody else would be renamed.

An id of ours is not typed, so one word in common is enough for it; a number may be one digit from the right one, and
more than half of the shorter name's words must agree, or nearly all letters. Another system's id is that system's word.
A name that is shared counts only where the names of no other language contradict it: many share a translation.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache

from puumerkki.imports.sheets import Check, Staged
from puumerkki.organisations.importing.candidates import CALLED, OF_ROWS, WITH_CANDIDATES
from puumerkki.organisations.models.organisations import LegalForm
from puumerkki.organisations.naming import ENDINGS, name_key, words_of
from puumerkki.reference.spellings import municipality_of, spellings_of

_LANGUAGES = ("fi", "sv", "en")
"""A number is held against the first that both have."""
SLIPS = 0.8
"""Of the letters of two plain names, by `SequenceMatcher.ratio`: from here on one is the other misspelt."""
_RENAMING = """
select i.row, o.id, i.names, o.names, i.given_id is null, i.home_municipality_code, o.home_municipality_code,
    o.legal_form
from import_row i join organisation o on o.id = i.organisation_id
left join organisation m on m.id = i.merged_id and m.name_keys && i.name_keys
where not i.elsewhere and m.id is null
    and (not (o.name_keys && i.name_keys) or (i.given_id is null and o.name_keys <> i.name_keys))
    and not exists (select from import_decision d where d.row = i.row and d.decision = 'same')
"""
_FOUND = "select row, id, similarity(o.search_text, i.search_text) as likeness"
_FOUND += " from import_other join import_row i using (row) join organisation o using (id)"
NAME_DIFFERS: Check = (
    "name",
    "name_differs",
    f"select row, i.name, null::int, {CALLED.format('o')} from import_other join import_row i using (row)"
    " join organisation o using (id)",
)


@cache
def _place_words(code: str) -> frozenset[str]:
    return frozenset(word for spelling in spellings_of(code) for word in words_of(spelling))


def _telling_words(name: str, *places: str | None) -> set[str]:
    """The words that tell a name from others: neither an ending nor where it is, unless it has no others."""
    words = set(words_of(name)) - ENDINGS
    return words - {word for code in places if code for word in _place_words(code)} or words


def may_be_same(listed: str, known: str, *places: str | None, by_number: bool) -> bool:
    """Whether two names may be one organisation's that changed its name. `places`: codes of their municipalities."""
    one, other = _telling_words(listed, *places), _telling_words(known, *places)
    shared = len(one & other)
    if shared > (min(len(one), len(other)) / 2 if by_number else 0):
        return True
    return SequenceMatcher(None, name_key(listed), name_key(known)).ratio() >= SLIPS


def _is_called_otherwise(
    listed: Mapping[str, str], known: Mapping[str, str], by_number: bool, *places: str | None, form: str
) -> bool:
    if form == LegalForm.municipality and any(municipality_of(name) in places[1:] for name in listed.values()):
        return False
    shared = [language for language in _LANGUAGES if language in listed and language in known]
    if by_number and shared:
        return not may_be_same(listed[shared[0]], known[shared[0]], *places, by_number=True)
    return not any(
        may_be_same(one, other, *places, by_number=by_number) for one in listed.values() for other in known.values()
    )


def contradict(listed: Mapping[str, str], known: Mapping[str, str], *places: str | None) -> bool:
    """Whether two organisations' names in some language are quite other. `places`: codes of their municipalities."""
    return any(
        not may_be_same(name, known[language], *places, by_number=True)
        for language, name in listed.items()
        if language in known
    )


_SHARED = """
select i.row, o.id, i.names, o.names, i.home_municipality_code, o.home_municipality_code
from import_alike a join import_row i using (row) join organisation o on o.id = a.id
where not a.authority and i.name_keys <> o.name_keys
"""


async def shared_by_chance(staged: Staged) -> None:
    """Mark what a row is alike by one name only, and called otherwise in another language: it is not taken for it."""
    await staged.run("create temporary table import_chance (row int4, id uuid) on commit drop")
    async with staged.connection.cursor(name="chance") as shared:
        await shared.execute(_SHARED.encode())
        while some := await shared.fetchmany(1000):
            await staged.connection.cursor().executemany(
                "insert into import_chance values (%s, %s)",
                [(row, id_) for row, id_, *names in some if contradict(*names)],
            )
    await staged.run(
        "update import_alike a set chance = true from import_chance c where c.row = a.row and c.id = a.id",
        "drop table import_chance",
    )


async def called_otherwise(staged: Staged) -> None:
    """Keep such rows out until somebody has decided, with what their id or number finds as the candidate."""
    await staged.run(
        "drop table if exists import_other", "create temporary table import_other (row int4, id uuid) on commit drop"
    )
    async with staged.connection.cursor(name="renaming") as renaming:
        await renaming.execute(_RENAMING.encode())
        while some := await renaming.fetchmany(1000):
            await staged.connection.cursor().executemany(
                "insert into import_other values (%s, %s)",
                [(row, id_) for row, id_, *names, form in some if _is_called_otherwise(*names, form=form)],
            )
    await staged.run(WITH_CANDIDATES.format(found=_FOUND, **OF_ROWS))
    await staged.check(NAME_DIFFERS)
