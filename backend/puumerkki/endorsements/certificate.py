"""The certificate of an endorsement: what the register says of it, on paper, with the way to check it.

Conditions that are not met yet are said first. What was revoked or superseded shows when it ended, and no last day.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from puumerkki.kernel.clock import day_of
from puumerkki.kernel.documents import Code, Document, Fact, Section
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day

WORDS: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "valid": "Verkosto on hakemuksen tämän version takana.",
        "conditional": "Verkosto on hakemuksen tämän version takana, kun alla olevat ehdot täyttyvät.",
        "revoked": "Puumerkki on peruutettu, eikä se enää ole voimassa.",
        "superseded": "Puumerkki on korvattu. Hakemuksesta on uudempi versio. Tarkista, onko sillä oma puumerkki.",
        "expired": "Puumerkki on vanhentunut.",
        "facts": "Puumerkki",
        "application": "Hakemus",
        "version": "Versio",
        "applicants": "Hakija",
        "network": "Verkosto",
        "authorities": "Viranomainen, jolta pyydettiin kumppanuutta",
        "given": "Annettu",
        "until": "Viimeinen voimassaolopäivä",
        "ended_revoked": "Peruutettu",
        "ended_superseded": "Korvattu",
        "voted": "Äänestäneitä jäseniä",
        "aside": "esteellisiä",
        "digest": "Version julkinen tiiviste",
        "conditions": "Ehdot",
        "met": "täyttynyt",
        "open": "ei vielä täyttynyt",
        "before": "on täytyttävä, ennen kuin viranomainen aloittaa valmistelun",
        "later": "voi täyttyä myöhemmin",
        "review": "Verkosto käsittelee puumerkin peruuttamista."
        " Ellei sitä peruuteta, se on voimassa viimeiseen voimassaolopäivään asti.",
        "checking": "Tarkistaminen",
        "how": "Tämä todistus kertoo, mitä rekisterissä oli tulostuspäivänä. Puumerkin voi tarkistaa alla olevassa"
        " osoitteessa. Siellä näkyy, onko se yhä voimassa, ja sieltä voi ladata allekirjoitetun todisteen.",
        "printed": "Tulostettu",
        "code": "QR-koodi, joka avaa puumerkin sivun",
    },
    "sv": {
        "valid": "Nätverket står bakom denna version av ansökan.",
        "conditional": "Nätverket står bakom denna version av ansökan när villkoren nedan är uppfyllda.",
        "revoked": "Bomärket har återkallats och gäller inte längre.",
        "superseded": "Bomärket har ersatts: ansökan har en nyare version, som har ett eget bomärke eller inget alls.",
        "expired": "Bomärket har gått ut.",
        "facts": "Bomärke",
        "application": "Ansökan",
        "version": "Version",
        "applicants": "Sökande",
        "network": "Nätverk",
        "authorities": "Myndighet som ombads bli partner",
        "given": "Givet",
        "until": "Sista giltighetsdag",
        "ended_revoked": "Återkallat",
        "ended_superseded": "Ersatt",
        "voted": "Medlemmar som röstade",
        "aside": "jäviga",
        "digest": "Versionens offentliga kontrollsumma",
        "conditions": "Villkor",
        "met": "uppfyllt",
        "open": "ännu inte uppfyllt",
        "before": "ska uppfyllas innan myndigheten börjar bereda",
        "later": "kan uppfyllas senare",
        "review": "Nätverket bedömer om bomärket ska återkallas."
        " Om det inte återkallas gäller det till sista giltighetsdagen.",
        "checking": "Kontroll",
        "how": "Intyget visar vad som stod i registret den dag då det skrevs ut. På adressen nedan kan vem som helst se"
        " om bomärket fortfarande gäller och ladda ner det undertecknade beviset.",
        "printed": "Utskrivet",
        "code": "QR-kod som öppnar bomärkets sida",
    },
    "en": {
        "valid": "The network stands behind this version of the application.",
        "conditional": "The network stands behind this version of the application once the conditions below are met.",
        "revoked": "This puumerkki has been revoked and is no longer valid.",
        "superseded": "This puumerkki has been superseded: the application has a newer version, with a puumerkki of its"
        " own or none.",
        "expired": "This puumerkki has expired.",
        "facts": "Puumerkki",
        "application": "Application",
        "version": "Version",
        "applicants": "Applicant",
        "network": "Network",
        "authorities": "Authority asked to be a partner",
        "given": "Given on",
        "until": "Last day of validity",
        "ended_revoked": "Revoked on",
        "ended_superseded": "Superseded on",
        "voted": "Members that voted",
        "aside": "disqualified",
        "digest": "Public digest of the version",
        "conditions": "Conditions",
        "met": "met",
        "open": "not met yet",
        "before": "must be met before the authority begins",
        "later": "can be met later",
        "review": "The network is considering revoking the puumerkki."
        " Unless it is revoked, it is valid until its last day of validity.",
        "checking": "How to check it",
        "how": "This certificate shows what was in the register on the day it was printed. At the address below anyone"
        " can see whether the puumerkki is still valid, and download the signed credential.",
        "printed": "Printed on",
        "code": "QR code that opens the page of the puumerkki",
    },
}


def certificate(endorsement: Mapping[str, Any], *, language: str, public_url: str, today: date) -> Document:
    """From an item of the register (`EndorsementPublic`). `today`: when it is printed."""
    words = WORDS[language]
    conditional = endorsement["status"] == "valid" and not all(one["met"] for one in endorsement["conditions"])
    review = [words["review"]] if endorsement["review"] else []
    facts = Section(words["facts"], facts=_facts(endorsement, words, language), paragraphs=review)
    conditions = [
        f"{one['text']} ({words['met'] if one['met'] else words['open'] + ', ' + words[one['when']]})"
        for one in sorted(endorsement["conditions"], key=lambda one: (one["met"], one["when"] != "before"))
    ]
    depends = [Section(words["conditions"], points=conditions)] if conditions else []
    url = f"{public_url.rstrip('/')}/{language}/endorsements/{endorsement['number']}"
    return Document(
        title=endorsement["number"],
        language=language,
        author=display_name(endorsement["network_names"], language),
        lead=words["conditional" if conditional else endorsement["status"]],
        foot=f"{endorsement['number']} · {words['printed']} {written_day(today, language)}",
        made_on=today,
        sections=[
            *([*depends, facts] if conditional else [facts, *depends]),
            Section(words["checking"], paragraphs=[words["how"]]),
        ],
        code=Code(url, words["code"]),
    )


def _facts(endorsement: Mapping[str, Any], words: Mapping[str, str], language: str) -> list[Fact]:
    def all_of(name: str) -> str:
        return ", ".join(display_name(one["names"], language) for one in endorsement[name])

    ended = f"ended_{endorsement['status']}"
    if ended in words:
        last = Fact(words[ended], written_day(day_of(datetime.fromisoformat(endorsement["ended_at"])), language))
    else:
        last = Fact(words["until"], written_day(date.fromisoformat(endorsement["valid_until"]), language))
    return [
        Fact(words["application"], endorsement["title"]),
        Fact(words["version"], str(endorsement["version_number"])),
        Fact(words["applicants"], all_of("applicants")),
        Fact(words["network"], display_name(endorsement["network_names"], language)),
        *([Fact(words["authorities"], all_of("authorities"))] if endorsement["authorities"] else []),
        Fact(words["given"], written_day(date.fromisoformat(endorsement["valid_from"]), language)),
        last,
        *([Fact(words["voted"], _turnout(endorsement["turnout"], words))] if endorsement["turnout"] else []),
        Fact(words["digest"], endorsement["digest"], code=True),
    ]


def _turnout(turnout: Mapping[str, int], words: Mapping[str, str]) -> str:
    facts = [f"{turnout['voted']} / {turnout['electorate']}"]
    if turnout["stood_aside"]:
        facts.append(f"{words['aside']} {turnout['stood_aside']}")
    if turnout.get("version"):
        facts.append(f"{words['version'].lower()} {turnout['version']}")
    return "; ".join(facts)
