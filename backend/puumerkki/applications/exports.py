"""Applications as a table, in the words that the import of drafts reads."""

from dataclasses import replace

from sqlmodel import col

from puumerkki.applications.models.applications import Application
from puumerkki.applications.queries.applications import APPLICATIONS, CONTENT
from puumerkki.imports.templates import Template
from puumerkki.kernel.reads.exports import LANGUAGES, Export, Item, Value, day, in_three, money
from puumerkki.kernel.reads.exports import name as name_in

HEADINGS = in_three(
    id=("Tunniste", "Id", "Id"),
    external_scheme=("Lähdejärjestelmä", "Källsystem", "External scheme"),
    external_id=("Lähdetunnus", "Källans id", "External id"),
    title=("Otsikko", "Rubrik", "Title"),
    purpose=("Tarkoitus", "Varför", "Purpose"),
    target_groups=("Kohderyhmät", "Målgrupper", "Target groups"),
    goals=("Tavoitteet", "Mål", "Goals"),
    methods=("Toimenpiteet", "Hur", "Methods"),
    starts_on=("Alkaa", "Börjar", "Starts on"),
    ends_on=("Päättyy", "Slutar", "Ends on"),
    partners=("Kumppanit", "Partner", "Partners"),
    complements=("Täydentää", "Kompletterar", "Complements"),
    cooperation=("Yhteistyö", "Samarbete", "Cooperation"),
    needs=("Tarpeet", "Behov", "Needs"),
    amount=("Haettava summa", "Belopp", "Amount"),
    language=("Kieli", "Språk", "Language"),
    state=("Tila", "Status", "State"),
    applicant=("Hakija", "Sökande", "Applicant"),
    current_version=("Versio", "Version", "Version"),
    created_on=("Luotu", "Skapad", "Created on"),
    updated_on=("Muutettu", "Ändrad", "Updated on"),
)


def _part(key: str) -> Value:
    return lambda item: item["content"].get(key)


def _applicant(item: Item) -> str | None:
    return name_in("names")(item["applicant"])


def _days(key: str) -> Value:
    return lambda item: day(key)(item["content"].get("duration") or {"starts_on": None, "ends_on": None})


APPLICATIONS_EXPORTED = Export(
    listing=replace(
        APPLICATIONS,
        name="applications_export",
        item={
            **APPLICATIONS.item,
            "content": CONTENT,
            "language": col(Application.language),
            "external_scheme": col(Application.external_scheme),
            "external_id": col(Application.external_id),
        },
    ),
    file="applications",
    sort="-created_at",
    columns={
        "id": "id",
        "title": "title",
        "purpose": _part("purpose"),
        "target_groups": lambda item: item["content"].get("target_groups", []),
        **{name: _part(name) for name in ("goals", "methods")},
        "starts_on": _days("starts_on"),
        "ends_on": _days("ends_on"),
        **{name: _part(name) for name in ("partners", "complements", "cooperation", "needs")},
        "amount": money("amount_cents"),
        "language": "language",
        "external_scheme": "external_scheme",
        "external_id": "external_id",
        "state": "state",
        "applicant": _applicant,
        "current_version": "current_version",
        "created_on": day("created_at"),
        "updated_on": day("updated_at"),
    },
    headings=HEADINGS,
    words={
        "language": LANGUAGES,
        "state": in_three(
            draft=("luonnos", "utkast", "draft"),
            active=("lähetetty käsittelyyn", "skickad till behandling", "submitted"),
            withdrawn=("peruutettu", "återkallad", "withdrawn"),
            closed=("suljettu", "avslutad", "closed"),
        ),
    },
)
APPLICATIONS_TEMPLATE = Template(
    headings=HEADINGS,
    marked="title",
    example={
        "purpose": {
            "fi": "Miksi avustusta haetaan",
            "sv": "Varför understöd söks",
            "en": "Why the grant is applied for",
        },
        "target_groups": "KR1.1",
        "starts_on": "1.1.2027",
        "ends_on": "31.12.2027",
        "amount": "12500,00",
        "language": LANGUAGES["fi"],
    },
)
