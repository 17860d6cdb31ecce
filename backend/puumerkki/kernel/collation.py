"""How names sort and are found in Finnish and Swedish: keys for COLLATE "C", and texts without marks."""

import unicodedata


class _SortTable(dict[int, str]):
    """For `str.translate`: each character's place in the sort, worked out once."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code))
        base = "".join(part for part in decomposed if not unicodedata.combining(part))
        place = _PLACES.get(chr(code)) or {"ø": "}", "æ": "|", "ß": "ss"}.get(base, base)
        self[code] = place
        return place


class _MarksTable(dict[int, str | None]):
    """For `str.translate`: combining marks go, everything else stays."""

    def __missing__(self, code: int) -> str | None:
        kept = None if unicodedata.combining(chr(code)) else chr(code)
        self[code] = kept
        return kept


_PLACES = {"å": "{", "ä": "|", "ö": "}"}
_SORT = _SortTable()
_MARKS = _MarksTable()
_UNMARKED = {"å": "a", "ä": "a", "ö": "o"}


def sort_key(name: str) -> str:
    """A key that sorts as Finns and Swedes do under COLLATE "C": Å Ä Ö after Z, case and other marks aside."""
    folded = _replaced(unicodedata.normalize("NFC", name).casefold(), _PLACES)
    return " ".join((folded if folded.isascii() else folded.translate(_SORT)).split())


def unaccented(text: str) -> str:
    """Lower case without marks, so that `ystavat` finds `Ystävät`."""
    if text.isascii():
        return text.lower()
    folded = text.casefold()
    plain = _replaced(folded, _UNMARKED)
    return plain if plain.isascii() else unicodedata.normalize("NFKD", folded).translate(_MARKS)


def _replaced(text: str, letters: dict[str, str]) -> str:
    """With three replacements nearly all names here are plain; a table would look each sign of them up."""
    for letter, other in letters.items():
        text = text.replace(letter, other)
    return text


def search_text(names: dict[str, str]) -> str:
    """What searches look into: all names in lower case, and once more unaccented where that differs."""
    lowered = [unicodedata.normalize("NFC", name).lower() for name in names.values()]
    return " ".join(dict.fromkeys(lowered + [unaccented(name) for name in lowered]))
