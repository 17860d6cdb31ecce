"""Sums of money as people write them in Finland: `1.250,00 €`, `1 250,-`, `12 500 euroa`.

A separator with three digits after it, as in `12.500`, is read as decimals by some and as thousands by others: such a
sum is refused, with both readings.
"""

import re

_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_UNIT = re.compile(r"^(?:€|eur\b)\s*|\s*(?:€|eur|euro|euros|euroa|e)\.?$", re.IGNORECASE)
_NO_CENTS = re.compile(r"[,.:][-–—−]{1,2}$")
_WHOLE = r"\d{1,3}(?: \d{3})+|\d+"
_PLAIN = re.compile(rf"({_WHOLE})(?:[.,](\d{{1,2}}))?", re.ASCII)
_LONG = re.compile(rf"({_WHOLE})[.,](\d{{2}})0{{2,}}", re.ASCII)
_TWO_READINGS = re.compile(rf"({_WHOLE})[.,](\d{{3}})", re.ASCII)
_GROUPED = re.compile(r"(\d{1,3}(?:\.\d{3})+),(\d{1,2})|(\d{1,3}(?:,\d{3})+)\.(\d{1,2})", re.ASCII)
_ONLY_GROUPS = re.compile(r"\d{1,3}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,})", re.ASCII)
_ONE_GROUP_OR_MORE = re.compile(r"\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+)", re.ASCII)


class NotEuros(ValueError):
    """No sum of euros and cents. `readings`: both, as `12,50 € / 12 500 €`, where it can be read in two ways."""

    def __init__(self, readings: str | None = None) -> None:
        super().__init__("a sum with two readings" if readings else "no sum of euros and cents")
        self.readings = readings


def cents_of(written: str) -> int:
    """The cents of a sum, zero or more; NotEuros where it is none, has more than cents, or has two readings."""
    text = _UNIT.sub("", _BLANKS.sub(" ", written).strip()).strip()
    text, no_cents = _NO_CENTS.subn("", text)
    text = text.strip()
    if (no_cents and _ONE_GROUP_OR_MORE.fullmatch(text)) or _ONLY_GROUPS.fullmatch(text):
        return _cents(text)
    if grouped := _GROUPED.fullmatch(text):
        whole, part, other_whole, other_part = grouped.groups()
        return _cents(whole or other_whole, part or other_part)
    if two := _TWO_READINGS.fullmatch(text):
        raise NotEuros(readings_of(two[1], two[2]))
    plain = _PLAIN.fullmatch(text) or _LONG.fullmatch(text)
    if plain is None or (no_cents and plain[2]):
        raise NotEuros()
    return _cents(plain[1], plain[2] or "")


def readings_of(whole: str, part: str) -> str:
    """Both readings of digits, a separator, and three digits."""
    digits = re.sub(r"\D", "", whole)
    decimals = part[:2] if part.endswith("0") else part
    return f"{_spaced(digits)},{decimals} € / {_spaced(digits + part)} €"


def _spaced(digits: str) -> str:
    return f"{int(digits):,}".replace(",", " ")


def _cents(whole: str, part: str = "") -> int:
    return int(re.sub(r"\D", "", whole)) * 100 + int(part.ljust(2, "0"))
