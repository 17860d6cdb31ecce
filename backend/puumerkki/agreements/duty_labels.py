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
_OF_OTHERS: Mapping[str, Mapping[DutyKind, str]] = {
    "fi": {
        DutyKind.confirmation: "Sopimuksen vahvistaminen vuodelle {year}",
        DutyKind.evaluation: "Vuoden {year} yhteistyön arviointi",
        DutyKind.contact_check: "Yhteyshenkilöiden tarkistaminen",
        DutyKind.renewal: "Päätös sopimuksen jatkamisesta",
    },
    "sv": {
        DutyKind.confirmation: "Bekräftelse av avtalet för {year}",
        DutyKind.evaluation: "Utvärdering av samarbetet {year}",
        DutyKind.contact_check: "Kontroll av kontaktpersonerna",
        DutyKind.renewal: "Beslut om avtalet fortsätter",
    },
    "en": {
        DutyKind.confirmation: "Confirmation of the agreement for {year}",
        DutyKind.evaluation: "Evaluation of the cooperation in {year}",
        DutyKind.contact_check: "Check of the contact persons",
        DutyKind.renewal: "Decision on whether the agreement continues",
    },
}
"""What asks nothing of the reader, where that differs: another party is to do it."""


def duty_label(duty: AgreementDuty, language: str, *, of_others: bool = False) -> str:
    """A duty in a line: to whoever is to do it, or told to the other parties."""
    words = {**_WORDS[language], **(_OF_OTHERS[language] if of_others else {})}
    return words[duty.kind].format(year=duty.year, what=duty.report_name)
