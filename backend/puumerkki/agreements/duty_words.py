"""What duties are called in mails and calendars."""

from collections.abc import Mapping

from puumerkki.agreements.models import AgreementDuty, DutyKind

_WORDS: Mapping[str, Mapping[DutyKind, str]] = {
    "fi": {
        DutyKind.confirmation: "Vahvistakaa vuosi {year}",
        DutyKind.report: "Selvitys vuodelta {year}: {what}",
        DutyKind.evaluation: "Arvioikaa vuosi {year}",
        DutyKind.contact_check: "Tarkistakaa yhteyshenkilöt",
        DutyKind.renewal: "Päättäkää, jatkuuko sopimus",
    },
    "sv": {
        DutyKind.confirmation: "Bekräfta året {year}",
        DutyKind.report: "Redogörelse för {year}: {what}",
        DutyKind.evaluation: "Utvärdera året {year}",
        DutyKind.contact_check: "Kontrollera kontaktpersonerna",
        DutyKind.renewal: "Besluta om avtalet fortsätter",
    },
    "en": {
        DutyKind.confirmation: "Confirm the year {year}",
        DutyKind.report: "Report for {year}: {what}",
        DutyKind.evaluation: "Evaluate the year {year}",
        DutyKind.contact_check: "Check the contact persons",
        DutyKind.renewal: "Decide whether the agreement goes on",
    },
}


def said(duty: AgreementDuty, language: str) -> str:
    """A duty in a line."""
    return _WORDS[language][duty.kind].format(year=duty.year, what=duty.what)
