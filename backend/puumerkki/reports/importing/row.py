"""A row of a file of reports, checked: what was done in a year, and its figures, each kind in a cell of its own."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from puumerkki.imports.cell_types import KEY, LANGUAGES, meaning, plain_word, row_fault
from puumerkki.imports.sheets import OUR_ID, headings_of
from puumerkki.kernel.field_types import Code, Count, Language, Line, Schema, Text
from puumerkki.reports.contributions import Year
from puumerkki.reports.exports import FIGURES, TEXTS
from puumerkki.reports.schemas.reports import FigureKind, ReportContent, ReportFigure

SYNONYMS: Mapping[str, str] = MappingProxyType(
    headings_of(
        {
            "subject": "subject reference number numero viite tunnus sopimus sopimuksennumero sopimusnumero"
            " sopimuksenviite puumerkinnumero puumerkki asianumero hakemus avustus avustuksennumero referens nummer"
            " avtal avtalsnummer bomarke bomarkesnummer arendenummer ansokan understod agreement endorsement grant"
            " subjectid",
            "year": "year vuosi kausi raportointivuosi raportointikausi selvitysvuosi toimintavuosi jakso ar period"
            " rapporteringsar verksamhetsar",
            "activities": "activities toiminta mitatehtiin tehtytoiminta toimintakuvaus kuvaus toteutus verksamhet"
            " vadsomgjordes beskrivning whatwasdone description",
            "people": "people ihmisia henkiloita osallistujat osallistujia eriosallistujia henkilomaara"
            " osallistujamaara personer deltagare antaldeltagare participants",
            "visits": "visits kaynteja kaynnit kayntikerrat osallistumiskerrat kavijat besok antalbesok",
            "events": "events tapahtumia tapahtumat tilaisuudet kokoontumiset kokoontumisia kerrat evenemang"
            " tillfallen antaltillfallen",
            "activity_hours": "activityhours hours toimintatunteja toimintatunnit tunnit tunteja timmar"
            " verksamhetstimmar",
            "problems": "problems ongelmat haasteet vaikeudet problem utmaningar svarigheter",
            "plans": "plans suunnitelmat jatko jatkosuunnitelmat seuraavaksi planer fortsattning framtid",
            "language": "language kieli sprak",
        }
    )
)
EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        **OUR_ID,
        **dict.fromkeys(TEXTS, "text_expected"),
        **dict.fromkeys(FIGURES, "figures_expected"),
        "subject": "reported_expected",
        "year": "year_expected",
        "language": "language_expected",
    }
)
_WHOLE_YEAR = re.compile(r"1\. ?1\. ?(\d{4})? ?[-–—] ?31\. ?12\. ?(\d{4})", re.ASCII)
_FIGURE = re.compile(r"(?:(.+?)\s*=\s*)?(\d[\d\s]*)", re.ASCII)
_OF_MONTH = re.compile(r"(?:(.*?)\s*/\s*)?(\d{1,2})", re.ASCII)


def _year(value: Any) -> Any:
    """A year, or its first and last day."""
    written = " ".join(str(value).split())
    found = _WHOLE_YEAR.fullmatch(written)
    if found is None or found[1] not in (None, found[2]):
        return written
    return found[2]


def _figures(value: str, info: ValidationInfo) -> list[dict[str, Any]]:
    """`120`; by month `1=40 | 2=35`; of a target group `KR1.1=40`; of a group and month `KR1.1/1=40`."""
    groups = (info.context or {})["target_group"]
    return [dict(_figure(part, groups)) for part in re.split(r"[|;\n]", str(value)) if part.strip()]


def _figure(said: str, groups: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    found = _FIGURE.fullmatch(said.strip())
    if found is None:
        raise PydanticCustomError("unknown", "Unknown")
    yield "amount", int("".join(found[2].split()))
    of = found[1]
    if of is None:
        return
    code, month = groups.get(plain_word(of)), _OF_MONTH.fullmatch(of)
    if code is None and month is not None:
        yield "month", int(month[2])
        if month[1] is None:
            return
        code = groups.get(plain_word(month[1]))
    if code is None:
        raise PydanticCustomError("unknown", "Unknown")
    yield "target_group", code


class SheetFigure(Schema):
    """A number of a cell, as `ReportFigure` has it but for what is counted."""

    month: Annotated[int, Field(ge=1, le=12)] | None = None
    target_group: Code | None = None
    amount: Count


def _counted_once(figures: list[SheetFigure]) -> list[SheetFigure]:
    """Each number once, of the whole year or by month: as reports ask it of every kind of figure."""
    ReportContent(figures=[ReportFigure(what=FigureKind.people, **one.model_dump()) for one in figures])
    return figures


_Figures = Annotated[list[SheetFigure], BeforeValidator(_figures), AfterValidator(_counted_once)]


class ReportRow(Schema):
    """A good row. With `id`, as a list from here has it, it may leave out what it is on and of which year."""

    id: UUID | None = None
    subject: Annotated[Line | None, KEY] = None
    year: Annotated[Year, BeforeValidator(_year)] | None = None
    activities: Text | None = None
    people: _Figures = []
    visits: _Figures = []
    events: _Figures = []
    activity_hours: _Figures = []
    problems: Text | None = None
    plans: Text | None = None
    language: Annotated[Language, meaning(LANGUAGES)] = "fi"

    @property
    def texts(self) -> dict[str, str]:
        """The sections, as a report holds them."""
        return {name: text for name in TEXTS if (text := getattr(self, name)) is not None}

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The figures, as a report holds them."""
        return [
            {"what": kind, **one.model_dump(exclude_none=True)}
            for name, kind in FIGURES.items()
            for one in getattr(self, name)
        ]

    @model_validator(mode="after")
    def _whole(self) -> "ReportRow":
        for name in ("subject", "year"):
            if self.id is None and getattr(self, name) is None:
                raise row_fault(name, EXPECTED[name])
        return self
