"""Checks rows of any kind in batches; and the types of cells that several kinds have."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports.reading.tables import Record
from puumerkki.imports.results import Findings
from puumerkki.imports.sheets import Known, Sheet
from puumerkki.kernel.collation import unaccented
from puumerkki.kernel.field_types import Cents, Day
from puumerkki.kernel.strict_json import bad_text
from puumerkki.reference.models import Classification, Municipality, Scheme


def meaning(words: Mapping[str, Any]) -> BeforeValidator:
    """What people write instead of our words."""
    return BeforeValidator(lambda value: words.get(unaccented(value), value))


def row_fault(column: str, code: str) -> PydanticCustomError:
    """A row that is wrong as a whole, told of one column."""
    return PydanticCustomError("row", "{code}", {"column": column, "code": code})


def known_as(sort: str) -> BeforeValidator:
    """A code or a name that is known."""

    def find(value: Any, info: ValidationInfo) -> str:
        known: Known = info.context or {}
        code = known[sort].get(unaccented(value.strip()))
        if code is None:
            raise PydanticCustomError("unknown", "Unknown")
        return code

    return BeforeValidator(find)


def _split(value: str) -> list[str]:
    return [part for part in value.split("|") if part.strip()]


def _finnish_day(value: Any) -> Any:
    parts = str(value).split(".")
    if len(parts) == 3 and all(part.isdecimal() for part in parts):
        return f"{parts[2]:0>4}-{parts[1]:0>2}-{parts[0]:0>2}"
    return value


_TWO_READINGS = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")


def cents_of(value: Any) -> int:
    """A sum in euros, as people write it. 12.500 can be twelve euros or thousands, and is refused."""
    written = "".join(str(value).replace("€", "").split())
    if _TWO_READINGS.fullmatch(written):
        raise ValueError("two readings")
    try:
        euros = Decimal(written.replace(",", "."))
        cents = int(euros.scaleb(2))
    except (InvalidOperation, ValueError, OverflowError):
        raise ValueError("no sum") from None
    if euros.scaleb(2) != cents:
        raise ValueError("more than cents")
    return cents


YES_NO = dict.fromkeys(("yes", "kylla", "k", "x", "ja"), True) | dict.fromkeys(("no", "ei", "e", "nej"), False)
LANGUAGES = {"suomi": "fi", "finska": "fi", "ruotsi": "sv", "svenska": "sv", "englanti": "en", "engelska": "en"}
SPLIT = BeforeValidator(_split)
MunicipalityCode = Annotated[str, known_as("municipality")]
TargetGroup = Annotated[str, known_as("target_group")]
SheetEuros = Annotated[Cents, BeforeValidator(cents_of)]
"""Euros, in cents."""
SheetDay = Annotated[Day, BeforeValidator(_finnish_day)]


async def municipalities(session: AsyncSession) -> dict[str, str]:
    """From codes and names to codes; a merged municipality's name stands back behind a present one's."""
    found = (await session.exec(select(Municipality))).all()
    known: dict[str, str] = {}
    for one in sorted(found, key=lambda row: row.valid_until is not None):
        for text in (one.code, *one.names.values()):
            known.setdefault(unaccented(text), one.code)
    return known


async def target_groups(session: AsyncSession) -> dict[str, str]:
    """From codes and names to codes."""
    statement = select(Classification).where(col(Classification.scheme) == Scheme.target_group)
    known: dict[str, str] = {}
    for one in (await session.exec(statement.order_by(col(Classification.position)))).all():
        for text in (one.code, *one.names.values()):
            known.setdefault(unaccented(text), one.code)
    return known


class Checker:
    """Checks the rows of one file."""

    def __init__(self, sheet: Sheet, *, known: Known, headings: Mapping[str, str], findings: Findings) -> None:
        self._rows: TypeAdapter[list[Any]] = TypeAdapter(list[sheet.row])  # type: ignore[name-defined]
        self._expected, self._known, self._headings, self._findings = sheet.expected, known, headings, findings

    def good(self, records: list[Record]) -> list[tuple[int, Any]]:
        """The good rows of a batch with their numbers; what is wrong with the others goes to the findings."""
        readable = []
        for record in records:
            if record.fault is not None:
                code, name = record.fault
                column = "" if name is None else self._headings[name]
                self._findings.add(record.row, column, record.cells.get(name or "", ""), code)
            elif any(bad_text(cell) for cell in record.cells.values()):
                self._findings.add(record.row, "", "", "nul_character")
            else:
                readable.append(record)
        try:
            checked = self._check(readable)
        except ValidationError as error:
            bad = self._note(error, readable)
            readable = [record for number, record in enumerate(readable) if number not in bad]
            checked = self._check(readable)
        return [(record.row, row) for record, row in zip(readable, checked, strict=True)]

    def _check(self, records: list[Record]) -> list[Any]:
        return self._rows.validate_python([record.cells for record in records], context=self._known)

    def _note(self, error: ValidationError, records: list[Record]) -> set[int]:
        bad: set[int] = set()
        for one in error.errors(include_url=False):
            number = int(one["loc"][0])
            bad.add(number)
            whole = one.get("ctx", {})
            name = str(whole.get("column") or one["loc"][1])
            code = whole["code"] if "column" in whole else self._expected[name]
            value = records[number].cells.get(name, "")
            self._findings.add(records[number].row, self._headings.get(name, name), value, code)
        return bad
