"""What agreements are called in files for people: the same as on the screens."""

from collections.abc import Mapping
from datetime import date

from puumerkki.agreements.models import AgreementState as S
from puumerkki.kernel.formatting import written_day

KINDS: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "cooperation": "Yhteistyösopimus",
        "partnership": "Kumppanuussopimus",
        "service_purchase": "Ostopalvelusopimus",
    },
    "sv": {
        "cooperation": "Samarbetsavtal",
        "partnership": "Partnerskapsavtal",
        "service_purchase": "Köptjänstavtal",
    },
    "en": {
        "cooperation": "Cooperation agreement",
        "partnership": "Partnership agreement",
        "service_purchase": "Service purchase agreement",
    },
}
CONTRIBUTIONS: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "money": "Raha",
        "working_time": "Työaika",
        "premises": "Tilat",
        "volunteers": "Vapaaehtoistyö",
    },
    "sv": {
        "money": "Pengar",
        "working_time": "Arbetstid",
        "premises": "Lokaler",
        "volunteers": "Frivilligarbete",
    },
    "en": {
        "money": "Money",
        "working_time": "Working time",
        "premises": "Premises",
        "volunteers": "Volunteers",
    },
}
STATES: Mapping[str, Mapping[S, str]] = {
    "fi": {
        S.draft: "Luonnos",
        S.recorded: "Yhden osapuolen kirjaama",
        S.disputed: "Kirjattu, kiistetty",
        S.proposed: "Odottaa allekirjoituksia",
        S.signed: "Allekirjoitettu, ei vielä alkanut",
        S.in_force: "Voimassa",
        S.expiring: "Voimassa, päättymässä",
        S.renewed: "Päättynyt ja uusittu",
        S.ended: "Päättynyt",
        S.terminated: "Irtisanottu",
        S.cancelled: "Peruttu",
    },
    "sv": {
        S.draft: "Utkast",
        S.recorded: "Antecknat av en part",
        S.disputed: "Antecknat, bestritt",
        S.proposed: "Väntar på underskrifter",
        S.signed: "Undertecknat, har inte börjat",
        S.in_force: "Gällande",
        S.expiring: "Gällande, löper ut",
        S.renewed: "Avslutat och förnyat",
        S.ended: "Upphört",
        S.terminated: "Uppsagt",
        S.cancelled: "Tillbakadraget",
    },
    "en": {
        S.draft: "Draft",
        S.recorded: "Recorded by one party",
        S.disputed: "Recorded, disputed",
        S.proposed: "Awaiting signatures",
        S.signed: "Signed, not yet begun",
        S.in_force: "In force",
        S.expiring: "In force, expiring",
        S.renewed: "Ended and renewed",
        S.ended: "Ended",
        S.terminated: "Notice given",
        S.cancelled: "Cancelled",
    },
}
_BEGINS: Mapping[str, str] = {
    "fi": "Allekirjoitettu, alkaa {day}",
    "sv": "Undertecknat, börjar {day}",
    "en": "Signed, begins {day}",
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "fi": (
        "Tunniste",
        "Laji",
        "Tila",
        "Nimi",
        "Osapuolet",
        "Alkaa",
        "Päättyy",
        "Rahaa yhteensä (€)",
        "Rahaa {year} (€)",
        "Tunteja yhteensä",
        "Tunteja {year}",
        "Irtisanomisaika (kk)",
        "Kohderyhmät",
    ),
    "sv": (
        "Beteckning",
        "Slag",
        "Status",
        "Namn",
        "Parter",
        "Börjar",
        "Upphör",
        "Pengar totalt (€)",
        "Pengar {year} (€)",
        "Timmar totalt",
        "Timmar {year}",
        "Uppsägningstid (mån)",
        "Målgrupper",
    ),
    "en": (
        "Identifier",
        "Kind",
        "Status",
        "Title",
        "Parties",
        "Starts on",
        "Ends on",
        "Money in all (€)",
        "Money {year} (€)",
        "Hours in all",
        "Hours {year}",
        "Notice period (months)",
        "Target groups",
    ),
}
"""The headings of the list as a table."""


def state_name(state: S, language: str, *, starts_on: date | None, today: date) -> str:
    """Where an agreement is: what all have signed is called in force from its first day on, not before."""
    if state == S.signed and starts_on is not None and starts_on > today:
        return _BEGINS[language].format(day=written_day(starts_on, language))
    return STATES[language][state]
