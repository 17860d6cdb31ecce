"""An agreement's version on paper: its sections, and who signed it when."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from puumerkki.agreements.models import Agreement, AgreementSignature, AgreementVersion, AgreementWithdrawal
from puumerkki.funding.snapshot import digest
from puumerkki.kernel.clock import day_of
from puumerkki.kernel.documents import Document, Fact, Section, written_day, written_euros, written_year_day
from puumerkki.kernel.text import display_name

YEAR_DAYS = ("confirm_by", "evaluate_by", "check_contacts_by")
WORDS: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "cooperation": "Yhteistyösopimus",
        "partnership": "Kumppanuussopimus",
        "service_purchase": "Ostopalvelusopimus",
        "facts": "Sopimus",
        "parties": "Osapuolet",
        "period": "Voimassa",
        "version": "Versio",
        "standing": "Tila",
        "withdrawn": "Peruttu {day}, {who}. Versio ei tullut voimaan, eivätkä sen allekirjoitukset sido ketään.",
        "notice": "Irtisanomisaika, kuukautta",
        "public": "Julkisuus",
        "anybody": "Kuka tahansa saa nähdä osapuolet, tarkoituksen, kohderyhmät, voimassaoloajan ja summat.",
        "confirm_by": "Osapuolet vahvistavat vuoden viimeistään",
        "evaluate_by": "Osapuolet arvioivat viimeistään",
        "check_contacts_by": "Osapuolet tarkistavat yhteyshenkilönsä viimeistään",
        "by": "viimeistään",
        "target_groups": "Kohderyhmät",
        "purpose": "Mitä tehdään ja kenen hyväksi",
        "forms": "Yhteistyön muodot",
        "contributions": "Osapuolten panokset",
        "who": "Osapuoli",
        "what": "Mitä",
        "year": "Vuosi",
        "every": "joka vuosi",
        "how_much": "Määrä",
        "hours": "tuntia",
        "money": "Raha",
        "working_time": "Työaika",
        "premises": "Tilat",
        "volunteers": "Vapaaehtoiset",
        "reporting": "Raportointi",
        "when": "Milloin",
        "evaluation": "Arviointi",
        "personal_data": "Henkilötiedot",
        "termination": "Irtisanominen",
        "attachments": "Liitteet",
        "signatures": "Allekirjoitukset",
        "signed": "Allekirjoitettu",
        "unsigned": "Kukaan ei ole vielä allekirjoittanut tätä versiota.",
        "paper": "Kaikki osapuolet allekirjoittivat paperilla {day}. Tiedon kirjasi {who} {recorded}.",
        "how": "Allekirjoitukset ovat sähköisiä. Jokaisen voi tarkistaa palvelun julkisilla avaimilla ja version"
        " tiivisteellä.",
        "digest": "Version tiiviste",
    },
    "sv": {
        "cooperation": "Samarbetsavtal",
        "partnership": "Partnerskapsavtal",
        "service_purchase": "Köptjänstavtal",
        "facts": "Avtal",
        "parties": "Parter",
        "period": "I kraft",
        "version": "Version",
        "standing": "Status",
        "withdrawn": "Tillbakadragen {day}, {who}. Versionen trädde inte i kraft; underskrifterna på den binder ingen.",
        "notice": "Uppsägningstid, månader",
        "public": "Offentlighet",
        "anybody": "Vem som helst får se parterna, syftet, målgrupperna, avtalstiden och summorna.",
        "confirm_by": "Parterna bekräftar året senast",
        "evaluate_by": "Parterna utvärderar senast",
        "check_contacts_by": "Parterna kontrollerar sina kontaktpersoner senast",
        "by": "senast",
        "target_groups": "Målgrupper",
        "purpose": "Vad som görs och för vem",
        "forms": "Samarbetsformer",
        "contributions": "Parternas insatser",
        "who": "Part",
        "what": "Vad",
        "year": "År",
        "every": "varje år",
        "how_much": "Mängd",
        "hours": "timmar",
        "money": "Pengar",
        "working_time": "Arbetstid",
        "premises": "Lokaler",
        "volunteers": "Frivilliga",
        "reporting": "Rapportering",
        "when": "När",
        "evaluation": "Utvärdering",
        "personal_data": "Personuppgifter",
        "termination": "Uppsägning",
        "attachments": "Bilagor",
        "signatures": "Underskrifter",
        "signed": "Undertecknat",
        "unsigned": "Ingen har ännu undertecknat denna version.",
        "paper": "Alla parter undertecknade på papper {day}. Uppgiften antecknades av {who} {recorded}.",
        "how": "Underskrifterna är elektroniska. Var och en kan kontrolleras med tjänstens offentliga nycklar och"
        " versionens kontrollsumma.",
        "digest": "Versionens kontrollsumma",
    },
    "en": {
        "cooperation": "Cooperation agreement",
        "partnership": "Partnership agreement",
        "service_purchase": "Service purchase agreement",
        "facts": "Agreement",
        "parties": "Parties",
        "period": "In force",
        "version": "Version",
        "standing": "Status",
        "withdrawn": "Taken back on {day} by {who}. The version did not come into force; signatures on it bind nobody.",
        "notice": "Notice, months",
        "public": "Publicity",
        "anybody": "Anybody may see the parties, the purpose, the target groups, the period and the sums.",
        "confirm_by": "Each party confirms the year by",
        "evaluate_by": "Each party evaluates by",
        "check_contacts_by": "Each party checks its contact persons by",
        "by": "by",
        "target_groups": "Target groups",
        "purpose": "What is done and for whom",
        "forms": "Forms of cooperation",
        "contributions": "Contributions of the parties",
        "who": "Party",
        "what": "What",
        "year": "Year",
        "every": "every year",
        "how_much": "How much",
        "hours": "hours",
        "money": "Money",
        "working_time": "Working time",
        "premises": "Premises",
        "volunteers": "Volunteers",
        "reporting": "Reporting",
        "when": "When",
        "evaluation": "Evaluation",
        "personal_data": "Personal data",
        "termination": "Termination",
        "attachments": "Attachments",
        "signatures": "Signatures",
        "signed": "Signed on",
        "unsigned": "Nobody has signed this version yet.",
        "paper": "All parties signed on paper on {day}. Recorded by {who} on {recorded}.",
        "how": "The signatures are electronic. Each can be checked with the service's public keys and the digest of the"
        " version.",
        "digest": "Digest of the version",
    },
}


def document(
    agreement: Agreement,
    version: AgreementVersion,
    *,
    target_groups: Sequence[Mapping[str, str]],
    signatures: Sequence[AgreementSignature],
    language: str,
    withdrawal: AgreementWithdrawal | None = None,
) -> Document:
    """A version as it was proposed. `signatures`: those on it; `target_groups`: their names.

    `withdrawal`: where it was taken back.
    """
    words, content = WORDS[language], version.content
    # as they were called when it was proposed
    signed = json.loads(version.snapshot)
    names = {one["id"]: one["name"] for one in signed["parties"]}
    period = "–".join(written_day(day, language) for day in (version.starts_on, version.ends_on))
    facts = [
        Fact(words["parties"], ", ".join(names.values())),
        Fact(words["period"], period),
        Fact(words["version"], str(version.number)),
    ]
    if withdrawal is not None:
        who = names[str(withdrawal.withdrawn_for_organisation_id)]
        told = words["withdrawn"].format(day=written_day(day_of(withdrawal.created_at), language), who=who)
        facts.append(Fact(words["standing"], told))
    if "notice_months" in content:
        facts.append(Fact(words["notice"], str(content["notice_months"])))
    facts += [Fact(words[part], written_year_day(content[part], language)) for part in YEAR_DAYS if part in content]
    if content.get("public"):
        facts.append(Fact(words["public"], words["anybody"]))
    if target_groups:
        facts.append(Fact(words["target_groups"], ", ".join(display_name(one, language) for one in target_groups)))
    moments = [version.created_at, *(one.signed_at for one in signatures)]
    if withdrawal is not None:
        moments.append(withdrawal.created_at)
    return Document(
        title=version.title,
        language=language,
        author=", ".join(names.values()),
        lead=words[agreement.kind.value],
        foot=f"{version.title} · {words['version']} {version.number}",
        made_on=max(day_of(one) for one in moments),
        sections=[
            Section(words["facts"], facts=facts),
            *_told(words, content, ("purpose", "forms")),
            *_contributions(words, content, names),
            *_reporting(words, content, names, language),
            *_told(words, content, ("evaluation", "personal_data", "termination")),
            *_attachments(words, signed.get("attachments", [])),
            _signatures(words, version, signatures, names, language),
        ],
    )


def _told(words: Mapping[str, str], content: Mapping[str, Any], parts: Sequence[str]) -> list[Section]:
    return [Section(words[part], paragraphs=content[part].split("\n")) for part in parts if content.get(part)]


def _contributions(words: Mapping[str, str], content: Mapping[str, Any], names: Mapping[str, str]) -> list[Section]:
    def row(one: Mapping[str, Any]) -> list[str]:
        what = ": ".join(filter(None, (words[one["kind"]], one.get("description"), one.get("budget_line"))))
        cents, hours = one.get("cents"), one.get("hours")
        amount = written_euros(cents) if cents is not None else "" if hours is None else f"{hours} {words['hours']}"
        return [names.get(one["organisation_id"], ""), what, str(one.get("year") or words["every"]), amount]

    rows = [row(one) for one in content.get("contributions", [])]
    head = [words[name] for name in ("who", "what", "year", "how_much")]
    return [Section(words["contributions"], head=head, rows=rows)] if rows else []


def _reporting(
    words: Mapping[str, str], content: Mapping[str, Any], names: Mapping[str, str], language: str
) -> list[Section]:
    def when(one: Mapping[str, Any]) -> str:
        day = one.get("due_by")
        return one["due"] if day is None else f"{one['due']} ({words['by']} {written_year_day(day, language)})"

    rows = [[names.get(one["organisation_id"], ""), one["what"], when(one)] for one in content.get("reporting", [])]
    head = [words[name] for name in ("who", "what", "when")]
    return [Section(words["reporting"], head=head, rows=rows)] if rows else []


def _attachments(words: Mapping[str, str], files: Sequence[Mapping[str, Any]]) -> list[Section]:
    """The files that belong to the version; each can be told by its digest."""
    facts = [Fact(one["name"], one["digest"], code=True) for one in files]
    return [Section(words["attachments"], facts=facts)] if facts else []


def _signatures(
    words: Mapping[str, str],
    version: AgreementVersion,
    signatures: Sequence[AgreementSignature],
    names: Mapping[str, str],
    language: str,
) -> Section:
    rows = [[names[str(one.organisation_id)], written_day(day_of(one.signed_at), language)] for one in signatures]
    if version.signed_on_paper is not None:
        told = words["paper"].format(
            day=written_day(version.signed_on_paper, language),
            who=names[str(version.proposed_for_organisation_id)],
            recorded=written_day(day_of(version.created_at), language),
        )
    else:
        told = words["how"] if rows else words["unsigned"]
    return Section(
        words["signatures"],
        facts=[Fact(words["digest"], digest(version.snapshot), code=True)],
        paragraphs=[told],
        head=[words["who"], words["signed"]] if rows else (),
        rows=rows,
    )
