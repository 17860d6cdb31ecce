"""The types of cells that several kinds of files have, as people write them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo
from pydantic_core import PydanticCustomError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports.reading.cell_text import NumberCell
from puumerkki.imports.sheets import Known, Note
from puumerkki.kernel import clock
from puumerkki.kernel.characters import plain_signs
from puumerkki.kernel.collation import unaccented
from puumerkki.kernel.euros import NotEuros, cents_of
from puumerkki.kernel.field_types import Cents, Day, Moment, Phone
from puumerkki.reference.models import Classification, Scheme
from puumerkki.reference.spellings import former_municipalities, municipality_of, name_of

_CENT = Decimal("0.01")
_DAY = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", re.ASCII)
_BETWEEN = re.compile(r"[|;,/\n\r]")
_SHORTENED = re.compile(r"\d+([.,]\d+)?[eE]\+\d+", re.ASCII)
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(:00(\.0+)?)?", re.ASCII)
_TIME = re.compile(
    r"(.*?)(?:T|,? (?:(?:klo|kl|at)\.? ?)?)(\d{1,2}(?:[.:]\d{2}){0,2})(?:\.(\d{1,6}))?", re.IGNORECASE | re.ASCII
)
_BEFORE_PHONE = re.compile(r"^(puh|puhelin|p|tel|tfn|gsm)[.:]? ?(?=[+(0-9])", re.IGNORECASE)
_FRACTION = re.compile(r"\d{6,}[.,]\d{1,3}", re.ASCII)
_WITHOUT_PLUS = re.compile(r"358[1-9]\d{6,9}", re.ASCII)
_WITHOUT_ZERO = re.compile(r"[1-9]\d{7,8}", re.ASCII)


@lru_cache(maxsize=10_000)
def plain_word(text: str) -> str:
    """A word without case, marks, and blanks and full stops at its ends."""
    return " ".join(unaccented(text).split()).strip(" .")


def meaning(words: Mapping[str, Any]) -> BeforeValidator:
    """What people write instead of our words; ours are taken in any case."""

    def find(value: str) -> Any:
        plain = plain_word(value)
        return words.get(plain, plain.replace(" ", "_"))

    return BeforeValidator(find)


def row_fault(column: str, code: str, detail: str | None = None) -> PydanticCustomError:
    """A row that is wrong as a whole, told of one column; `detail` in no language."""
    return PydanticCustomError("row", "{code}", {"column": column, "code": code, "detail": detail})


def cell_fault(code: str, detail: str | None = None) -> PydanticCustomError:
    """A cell that is wrong in a way of its own; `detail` in no language."""
    return PydanticCustomError("cell", "{code}", {"code": code, "detail": detail})


def known_as(sort: str) -> BeforeValidator:
    """A code or a name that is known."""

    def find(value: Any, info: ValidationInfo) -> str:
        known: Known = info.context or {}
        code = known[sort].get(plain_word(value))
        if code is None:
            raise PydanticCustomError("unknown", "Unknown")
        return code

    return BeforeValidator(find)


def _split(value: str) -> list[str]:
    """What stands between the signs that people put between names of places and groups, which hold none of them."""
    return [part for part in _BETWEEN.split(value) if part.strip()]


@lru_cache(maxsize=4096)
def _places(value: str) -> tuple[str, ...]:
    """The same, where a place may be called in two languages: `Turku/Åbo`. The rows of a list name few places."""
    parts = [part for part in re.split(r"[|;\n\r]", value) if part.strip()]
    return tuple(one for part in parts for one in ((part,) if municipality_of(part) else _split(part)))


def _split_places(value: str) -> list[str]:
    return list(_places(value))


def _day(value: Any) -> Any:
    """A Finnish date, whose year is written whole: in `1.2.26` nobody knows the century, nor which part is the year."""
    written = str(value)
    if found := _DAY.fullmatch(written):
        return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
    midnight = _MIDNIGHT.fullmatch(written)
    return value if midnight is None else midnight[1]


def _moment(value: Any, *, end: bool) -> Any:
    """A time of day in Finland, or a day alone: its beginning, or with `end` its end. RFC 3339 says its own offset.

    Of the hour that comes twice in autumn the first is meant; 24 is the end of a day.
    """
    written = " ".join(str(value).split())
    day = _whole_day(written)
    if day is not None:
        return clock.end_of_day(day) if end else clock.end_of_day(day - timedelta(days=1))
    found = _TIME.fullmatch(written)
    day = None if found is None else _whole_day(found[1])
    if found is None or day is None:
        return value
    hours, minutes, seconds = [*map(int, re.split("[.:]", found[2])), 0, 0][:3]
    if (hours, minutes, seconds) == (24, 0, 0):
        return clock.end_of_day(day)
    there = datetime.combine(day, time(hours, minutes, seconds, int((found[3] or "0").ljust(6, "0"))), clock.FINLAND)
    if there.astimezone(UTC).astimezone(clock.FINLAND).time() != there.time():
        raise ValueError("the clock goes forward over this hour")
    return there


def _whole_day(written: str) -> date | None:
    try:
        return date.fromisoformat(str(_day(written)))
    except ValueError:
        return None


def with_scheme(value: str) -> str:
    """An address on the web as it is, or as it is meant."""
    return value if "://" in value else f"https://{value}"


def _phone(value: Any) -> str:
    """A number as people dial it: spreadsheets drop the plus and the zero at its beginning."""
    written = _BEFORE_PHONE.sub("", plain_signs(str(value)))
    if _FRACTION.fullmatch(written):
        raise ValueError("a number that was computed")
    if _WITHOUT_PLUS.fullmatch(written):
        return f"+{written}"
    return f"0{written}" if _WITHOUT_ZERO.fullmatch(written) else written


def rounded(cell: str) -> str | None:
    """A number that a workbook computed to more than cents, in cents as the sheet shows it; None for all others.

    Halves go up, as spreadsheets show them.
    """
    if not isinstance(cell, NumberCell) or "E" in cell:
        return None
    number = Decimal(cell)
    cents = number.quantize(_CENT, ROUND_HALF_UP)
    return None if cents == number else f"{cents:f}"


def rounded_sums(cells: Mapping[str, str], fields: Iterable[str]) -> Iterator[Note]:
    """What to say of sums that were rounded."""
    for field in fields:
        cell = cells.get(field, "")
        if (cents := rounded(cell)) is not None:
            yield field, "amount_rounded", f"{cell.rstrip('0')} → {cents}".replace(".", ",")


def sheet_cents(value: Any) -> int:
    """A sum in euros, in cents; one with two readings is refused with both."""
    try:
        return cents_of(rounded(value) or str(value))
    except NotEuros as error:
        if error.readings is None:
            raise
        raise cell_fault("amount_ambiguous", error.readings) from None


def _municipality(value: Any) -> str:
    return _municipality_today(str(value))


@lru_cache(maxsize=10_000)
def _municipality_today(value: str) -> str:
    """The code of today's municipality."""
    code = municipality_of(value)
    if code is None:
        raise PydanticCustomError("unknown", "Unknown")
    former = former_municipalities().get(code)
    if former is None:
        return code
    if len(former.into) > 1:
        raise cell_fault("municipality_divided", " / ".join(map(name_of, former.into)))
    return former.into[0]


def merged_municipalities(cells: Mapping[str, str], fields: Iterable[str]) -> Iterator[Note]:
    """What to say of cells that name a former municipality."""
    for field in fields:
        for merger in _mergers(cells.get(field, "")):
            yield field, "municipality_merged", merger


@lru_cache(maxsize=4096)
def _mergers(value: str) -> tuple[str, ...]:
    """What became of the former municipalities that a cell names."""
    found = (former_municipalities().get(municipality_of(part) or "") for part in _places(value))
    return tuple(
        f"{one.name} → {name_of(one.into[0])} {one.merged_on.day}.{one.merged_on.month}.{one.merged_on.year}"
        for one in found
        if one is not None
    )


def _key(value: str) -> str:
    """Numbers of more than fifteen digits lose the rest in a spreadsheet, which shows and saves them so."""
    if _SHORTENED.fullmatch(value.strip()):
        raise cell_fault("number_spoilt", value.strip())
    return value


YES_NO = dict.fromkeys(("yes", "kylla", "k", "x", "ja", "j", "true", "tosi", "1", "on"), True) | dict.fromkeys(
    ("no", "ei", "e", "nej", "n", "false", "epatosi", "0"), False
)
LANGUAGES = {
    "suomi": "fi",
    "finska": "fi",
    "finnish": "fi",
    "ruotsi": "sv",
    "svenska": "sv",
    "swedish": "sv",
    "se": "sv",
    "englanti": "en",
    "engelska": "en",
    "english": "en",
}
SPLIT = BeforeValidator(_split)
KEY = BeforeValidator(_key)
"""What something is known by elsewhere: never one that a spreadsheet has shortened."""
SPLIT_PLACES = BeforeValidator(_split_places)
MunicipalityCode = Annotated[str, BeforeValidator(_municipality)]
TargetGroup = Annotated[str, known_as("target_group")]
SheetEuros = Annotated[Cents, BeforeValidator(sheet_cents)]
"""Euros, in cents."""
SheetDay = Annotated[Day, BeforeValidator(_day)]
SheetOpening = Annotated[Moment, BeforeValidator(lambda value: _moment(value, end=False))]
SheetClosing = Annotated[Moment, BeforeValidator(lambda value: _moment(value, end=True))]
SheetPhone = Annotated[Phone, BeforeValidator(_phone)]


async def target_groups(session: AsyncSession) -> dict[str, str]:
    """From codes and names to codes."""
    statement = select(Classification).where(col(Classification.scheme) == Scheme.target_group)
    known: dict[str, str] = {}
    for one in (await session.exec(statement.order_by(col(Classification.position)))).all():
        for text in (one.code, *one.names.values()):
            known.setdefault(plain_word(text), one.code)
    return known
