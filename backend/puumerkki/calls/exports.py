"""Funders' calls as a table, in the words that the import reads."""

from datetime import datetime

from puumerkki.calls.queries import CALLS
from puumerkki.imports.templates import Template
from puumerkki.kernel import clock
from puumerkki.kernel.reads.exports import Export, Item, in_three, moment, money, name
from puumerkki.organisations.exports import LEGAL_FORMS, names

_LANGUAGES = {
    "fi": ("suomeksi", "på finska", "in Finnish"),
    "sv": ("ruotsiksi", "på svenska", "in Swedish"),
    "en": ("englanniksi", "på engelska", "in English"),
}


def _in_each(name: str, fi: str, sv: str, en: str) -> dict[str, tuple[str, str, str]]:
    return {
        f"{name}_{language}": (f"{fi} {said[0]}", f"{sv} {said[1]}", f"{en} {said[2]}")
        for language, said in _LANGUAGES.items()
    }


HEADINGS = in_three(
    id=("Tunniste", "Id", "Id"),
    **_in_each("name", "Nimi", "Namn", "Name"),
    **_in_each("programme", "Ohjelma", "Program", "Programme"),
    **_in_each("description", "Kuvaus", "Beskrivning", "Description"),
    opens_at=("Alkaa", "Börjar", "Opens at"),
    closes_at=("Päättyy", "Slutar", "Closes at"),
    website=("Verkkosivu", "Webbplats", "Website"),
    total=("Jaettava summa", "Belopp att dela ut", "Total"),
    minimum=("Pienin avustus", "Minsta understöd", "Minimum"),
    maximum=("Suurin avustus", "Största understöd", "Maximum"),
    legal_forms=("Hakijoiden muodot", "Sökandes former", "Legal forms"),
    partner_required=("Kumppani vaaditaan", "Partner krävs", "Partner required"),
    funder=("Rahoittaja", "Finansiär", "Funder"),
    state=("Tila", "Status", "State"),
)


def _closing(item: Item) -> str | None:
    """As people say it: the last day alone where a call closes with its end, else the moment."""
    at = datetime.fromisoformat(item["closes_at"])
    last = clock.last_day(at)
    return last.isoformat() if at == clock.end_of_day(last) else moment("closes_at")(item)


CALLS_EXPORTED = Export(
    listing=CALLS,
    file="calls",
    sort="closes_at",
    columns={
        "id": "id",
        **names("names"),
        **names("programme", "programme"),
        **names("descriptions", "description"),
        "opens_at": moment("opens_at"),
        "closes_at": _closing,
        "website": "website",
        "total": money("total_cents"),
        "minimum": money("min_cents"),
        "maximum": money("max_cents"),
        "legal_forms": "legal_forms",
        "partner_required": "partner_required",
        "funder": name("funder_names"),
        "state": "state",
    },
    headings=HEADINGS,
    words={
        "legal_forms": LEGAL_FORMS,
        "state": in_three(
            draft=("luonnos", "utkast", "draft"),
            published=("julkaistu", "publicerad", "published"),
            cancelled=("peruttu", "inställd", "cancelled"),
        ),
    },
)
CALLS_TEMPLATE = Template(
    headings=HEADINGS,
    words={"legal_forms": LEGAL_FORMS},
    marked="name_fi",
    example={
        "description_fi": "Mihin avustusta voi hakea",
        "description_sv": "Vad understöd kan sökas för",
        "opens_at": "7.1.2027 klo 9.00",
        "closes_at": "31.1.2027",
        "website": "https://www.example.org",
        "total": "200000,00",
        "minimum": "500,00",
        "maximum": "12500,00",
        "legal_forms": LEGAL_FORMS["registered_association"],
        "partner_required": {"fi": "ei", "sv": "nej", "en": "no"},
    },
)
