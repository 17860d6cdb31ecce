"""Reports as a table, in the words that the import reads."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from puumerkki.imports.templates import Template
from puumerkki.kernel.reads.exports import LANGUAGES, Export, Item, Value, day, in_three, name
from puumerkki.reports.queries.reports import CONTENT, REPORTS
from puumerkki.reports.schemas.reports import FigureKind

TEXTS = ("activities", "problems", "plans")
"""The sections that a table can hold; stories and what was put in are written in the report itself."""
FIGURES: Mapping[str, FigureKind] = MappingProxyType(
    {
        "people": FigureKind.people,
        "visits": FigureKind.visits,
        "events": FigureKind.events,
        "activity_hours": FigureKind.hours,
    }
)
"""By column what is counted."""
HEADINGS = in_three(
    id=("Tunniste", "Id", "Id"),
    subject=("Sopimus tai avustus", "Avtal eller understöd", "Agreement or grant"),
    subject_kind=("Mistä", "Om vad", "About"),
    subject_title=("Otsikko", "Rubrik", "Title"),
    organisation=("Organisaatio", "Organisation", "Organisation"),
    year=("Vuosi", "År", "Year"),
    activities=("Toiminta", "Verksamhet", "Activities"),
    people=("Ihmisiä", "Personer", "People"),
    visits=("Käyntejä", "Besök", "Visits"),
    events=("Tapahtumia", "Evenemang", "Events"),
    activity_hours=("Toimintatunteja", "Verksamhetstimmar", "Activity hours"),
    problems=("Ongelmat", "Problem", "Problems"),
    plans=("Suunnitelmat", "Planer", "Plans"),
    language=("Kieli", "Språk", "Language"),
    state=("Tila", "Status", "State"),
    submitted_on=("Jätetty", "Inlämnad", "Submitted on"),
    accepted_on=("Hyväksytty", "Godkänd", "Accepted on"),
)


def _part(key: str) -> Value:
    return lambda item: item["content"].get(key)


def _figures(kind: str) -> Value:
    """As a cell of the import says them."""

    def said(item: Item) -> int | str | None:
        found = [one for one in item["content"].get("figures") or [] if one["what"] == kind]
        if len(found) == 1 and found[0].get("target_group") is None and found[0].get("month") is None:
            return int(found[0]["amount"])
        of = ("/".join(str(one[key]) for key in ("target_group", "month") if one.get(key) is not None) for one in found)
        return " | ".join(
            f"{key}={one['amount']}" if key else str(one["amount"]) for key, one in zip(of, found, strict=True)
        )

    return said


def _organisation(item: Item) -> str | None:
    return name("names")(item["organisation"])


REPORTS_EXPORTED = Export(
    listing=replace(REPORTS, name="reports_export", item={**REPORTS.item, "content": CONTENT}),
    file="reports",
    sort="-created_at",
    columns={
        "id": "id",
        "subject": "subject_id",
        "subject_kind": "subject_kind",
        "subject_title": name("subject_title"),
        "organisation": _organisation,
        "year": "year",
        "activities": _part("activities"),
        **{field: _figures(kind) for field, kind in FIGURES.items()},
        **{field: _part(field) for field in TEXTS if field != "activities"},
        "language": "language",
        "state": "state",
        "submitted_on": day("submitted_at"),
        "accepted_on": day("accepted_at"),
    },
    headings=HEADINGS,
    words={
        "subject_kind": in_three(agreement=("sopimus", "avtal", "agreement"), filing=("avustus", "understöd", "grant")),
        "language": LANGUAGES,
        "state": in_three(
            draft=("luonnos", "utkast", "draft"),
            submitted=("jätetty", "inlämnad", "submitted"),
            accepted=("hyväksytty", "godkänd", "accepted"),
            returned=("palautettu täydennettäväksi", "återsänd för komplettering", "returned to be completed"),
        ),
    },
)
REPORTS_TEMPLATE = Template(
    headings=HEADINGS,
    marked="subject",
    example={
        "year": "2026",
        "activities": {"fi": "Mitä tehtiin", "sv": "Vad som gjordes", "en": "What was done"},
        "people": "120",
        "visits": "1=40 | 2=35 | 3=42",
        "events": "KR1.1=12 | KR3=5",
        "activity_hours": "300",
        "problems": {"fi": "Mikä oli vaikeaa", "sv": "Vad som var svårt", "en": "What was difficult"},
        "plans": {"fi": "Mitä seuraavaksi", "sv": "Vad som kommer sedan", "en": "What comes next"},
        "language": LANGUAGES["fi"],
    },
)
