"""What duties are called in mails and calendars."""

from collections.abc import Mapping

from puumerkki.agreements.models import AgreementDuty, DutyKind

_WORDS: Mapping[str, Mapping[DutyKind, str]] = {
    "fi": {
        DutyKind.confirmation: "Vahvistakaa sopimus vuodelle {year}",
        DutyKind.report: "Selvitys vuodelta {year}: {what}",
        DutyKind.evaluation: "Arvioikaa vuoden {year} yhteistyö",
        DutyKind.contact_check: "Tarkistakaa yhteyshenkilöt",
        DutyKind.renewal: "Päättäkää, jatkuuko sopimus",
    },
    "sv": {
        DutyKind.confirmation: "Bekräfta avtalet för {year}",
        DutyKind.report: "Redogörelse för {year}: {what}",
        DutyKind.evaluation: "Utvärdera samarbetet {year}",
        DutyKind.contact_check: "Kontrollera kontaktpersonerna",
        DutyKind.renewal: "Besluta om avtalet fortsätter",
    },
    "en": {
        DutyKind.confirmation: "Confirm the agreement for {year}",
        DutyKind.report: "Report for {year}: {what}",
        DutyKind.evaluation: "Evaluate the cooperation in {year}",
        DutyKind.contact_check: "Check the contact persons",
        DutyKind.renewal: "Decide whether the agreement continues",
    },
}


def said(duty: AgreementDuty, language: str) -> str:
    """A duty in a line."""
    return _WORDS[language][duty.kind].format(year=duty.year, what=duty.what)
