"""How names sort and are found in Finnish and Swedish: keys for COLLATE "C", and texts without marks."""

import unicodedata


class _SortTable(dict[int, str]):
    """For `str.translate`: each character's place in the sort, worked out once."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code))
        base = "".join(part for part in decomposed if not unicodedata.combining(part))
        place = {"å": "{", "ä": "|", "ö": "}"}.get(chr(code)) or {"ø": "}", "æ": "|", "ß": "ss"}.get(base, base)
        self[code] = place
        return place


class _MarksTable(dict[int, str | None]):
    """For `str.translate`: combining marks go, everything else stays."""

    def __missing__(self, code: int) -> str | None:
        kept = None if unicodedata.combining(chr(code)) else chr(code)
        self[code] = kept
        return kept


_SORT = _SortTable()
_MARKS = _MarksTable()


def sort_key(name: str) -> str:
    """A key that sorts as Finns and Swedes do under COLLATE "C": Å Ä Ö after Z, case and other marks aside."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().translate(_SORT).split())


def unaccented(text: str) -> str:
    """Lower case without marks, so that `ystavat` finds `Ystävät`."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text.casefold()).translate(_MARKS)


def search_text(names: dict[str, str]) -> str:
    """What searches look into: all names in lower case, and once more unaccented where that differs."""
    lowered = [unicodedata.normalize("NFC", name).lower() for name in names.values()]
    return " ".join(dict.fromkeys(lowered + [unaccented(name) for name in lowered]))
