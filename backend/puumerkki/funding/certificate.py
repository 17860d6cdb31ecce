"""The certificate of a mark: what the register says of it, on paper, with the way to check it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from puumerkki.kernel.documents import Code, Document, Fact, Section, written_day
from puumerkki.kernel.text import display_name

WORDS: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "lead": "Verkosto on hakemuksen tämän version takana.",
        "ended": "Puumerkki ei ole enää voimassa.",
        "facts": "Puumerkki",
        "application": "Hakemus",
        "version": "Versio",
        "applicants": "Hakija",
        "network": "Verkosto",
        "authorities": "Viranomainen, jolle hakemus tuli",
        "given": "Annettu",
        "until": "Viimeinen voimassaolopäivä",
        "digest": "Version julkinen tiiviste",
        "conditions": "Ehdot",
        "met": "täytetty",
        "open": "ei vielä täytetty",
        "checking": "Tarkistaminen",
        "how": "Tämä todistus kertoo, mitä rekisterissä oli tulostuspäivänä. Puumerkin voi tarkistaa osoitteessa alla:"
        " sieltä näkee, onko se yhä voimassa, ja saa allekirjoitetun todisteen.",
        "printed": "Tulostettu",
        "code": "QR-koodi, joka avaa puumerkin sivun",
    },
    "sv": {
        "lead": "Nätverket står bakom denna version av ansökan.",
        "ended": "Bomärket är inte längre i kraft.",
        "facts": "Bomärke",
        "application": "Ansökan",
        "version": "Version",
        "applicants": "Sökande",
        "network": "Nätverk",
        "authorities": "Myndighet som fick ansökan",
        "given": "Beviljat",
        "until": "Sista giltighetsdag",
        "digest": "Versionens offentliga kontrollsumma",
        "conditions": "Villkor",
        "met": "uppfyllt",
        "open": "ännu inte uppfyllt",
        "checking": "Kontroll",
        "how": "Intyget visar vad som stod i registret den dag då det skrevs ut. På adressen nedan kan vem som helst se"
        " om bomärket fortfarande är i kraft och hämta det undertecknade beviset.",
        "printed": "Utskrivet",
        "code": "QR-kod som öppnar bomärkets sida",
    },
    "en": {
        "lead": "The network stands behind this version of the application.",
        "ended": "The puumerkki is no longer in force.",
        "facts": "Puumerkki",
        "application": "Application",
        "version": "Version",
        "applicants": "Applicant",
        "network": "Network",
        "authorities": "Authority that it came to",
        "given": "Given on",
        "until": "Last day of validity",
        "digest": "Public digest of the version",
        "conditions": "Conditions",
        "met": "met",
        "open": "not met yet",
        "checking": "How to check it",
        "how": "This certificate tells what was in the register on the day it was printed. At the address below anyone"
        " can see whether the puumerkki is still in force, and download the signed credential.",
        "printed": "Printed on",
        "code": "QR code that opens the page of the puumerkki",
    },
}


def certificate(mark: Mapping[str, Any], *, language: str, public_url: str, today: date) -> Document:
    """From an item of the register (`EndorsementPublic`). `today`: when it is printed."""
    words = WORDS[language]

    def all_of(name: str) -> str:
        return ", ".join(display_name(one["names"], language) for one in mark[name])

    facts = [
        Fact(words["application"], mark["title"]),
        Fact(words["version"], str(mark["version_number"])),
        Fact(words["applicants"], all_of("applicants")),
        Fact(words["network"], display_name(mark["network_names"], language)),
        *([Fact(words["authorities"], all_of("authorities"))] if mark["authorities"] else []),
        Fact(words["given"], written_day(date.fromisoformat(mark["valid_from"]), language)),
        Fact(words["until"], written_day(date.fromisoformat(mark["valid_until"]), language)),
        Fact(words["digest"], mark["digest"], code=True),
    ]
    conditions = [f"{one['text']} ({words['met' if one['met'] else 'open']})" for one in mark["conditions"]]
    url = f"{public_url.rstrip('/')}/{language}/endorsements/{mark['number']}"
    return Document(
        title=mark["number"],
        language=language,
        author=display_name(mark["network_names"], language),
        lead=words["lead" if mark["status"] == "valid" else "ended"],
        foot=f"{mark['number']} · {words['printed']} {written_day(today, language)}",
        made_on=today,
        sections=[
            Section(words["facts"], facts=facts),
            *([Section(words["conditions"], points=conditions)] if conditions else []),
            Section(words["checking"], paragraphs=[words["how"]]),
        ],
        code=Code(url, words["code"]),
    )
