"""Needs as a table, in the words that the import reads."""

from dataclasses import replace

from sqlmodel import col

from puumerkki.imports.templates import Template
from puumerkki.kernel.reads.exports import LANGUAGES, Export, day, in_three, name
from puumerkki.needs.models import Need
from puumerkki.needs.queries import NEEDS

HEADINGS = in_three(
    id=("Tunniste", "Id", "Id"),
    external_scheme=("Lähdejärjestelmä", "Källsystem", "External scheme"),
    external_id=("Lähdetunnus", "Källans id", "External id"),
    title=("Otsikko", "Rubrik", "Title"),
    description=("Kuvaus", "Beskrivning", "Description"),
    municipality=("Kunta", "Kommun", "Municipality"),
    area=("Alue", "Område", "Area"),
    target_groups=("Kohderyhmät", "Målgrupper", "Target groups"),
    evidence=("Perustelut", "Underlag", "Evidence"),
    language=("Kieli", "Språk", "Language"),
    state=("Tila", "Status", "State"),
    network=("Verkosto", "Nätverk", "Network"),
    raised_for=("Nostanut organisaatio", "Organisation som lyft fram", "Raised by"),
    agreed_on=("Todettu", "Fastställt", "Agreed on"),
    closing_note=("Miksi suljettu", "Varför avslutat", "Closing note"),
    created_on=("Kirjattu", "Antecknat", "Created on"),
)
NEEDS_EXPORTED = Export(
    listing=replace(
        NEEDS,
        name="needs_export",
        item={
            **NEEDS.item,
            "external_scheme": col(Need.external_scheme),
            "external_id": col(Need.external_id),
        },
    ),
    file="needs",
    sort="-created_at",
    columns={
        "id": "id",
        "title": "title",
        "description": "description",
        "municipality": "municipality_code",
        "area": name("area_names"),
        "target_groups": "target_groups",
        "evidence": "evidence",
        "language": "language",
        "external_scheme": "external_scheme",
        "external_id": "external_id",
        "state": "state",
        "network": name("network_names"),
        "raised_for": name("raised_for_names"),
        "agreed_on": day("agreed_at"),
        "closing_note": "closing_note",
        "created_on": day("created_at"),
    },
    headings=HEADINGS,
    words={
        "language": LANGUAGES,
        "state": in_three(
            raised=("nostettu esiin", "lyft fram", "raised"),
            agreed=("yhteisesti todettu", "fastställt", "agreed"),
            being_met=("työn alla", "under arbete", "being met"),
            met=("vastattu", "tillgodosett", "met"),
            dropped=("luovuttu", "nedlagt", "dropped"),
        ),
    },
)
NEEDS_TEMPLATE = Template(
    headings=HEADINGS,
    marked="title",
    example={
        "description": {
            "fi": "Mitä alueella tarvitaan ja kuka tarvitsee",
            "sv": "Vad som behövs i området och för vem",
            "en": "What the area needs, and who needs it",
        },
        "municipality": {"fi": "Oulu", "sv": "Uleåborg", "en": "Oulu"},
        "target_groups": "KR1.1",
        "language": LANGUAGES["fi"],
    },
)
