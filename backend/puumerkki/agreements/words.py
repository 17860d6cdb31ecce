"""What agreements are called in files for people."""

from collections.abc import Mapping

from puumerkki.agreements.models import AgreementState as S

STATES: Mapping[str, Mapping[str, str]] = {
    "fi": {
        S.draft: "Luonnos",
        S.proposed: "Odottaa allekirjoituksia",
        S.in_force: "Voimassa",
        S.expiring: "Voimassa, päättymässä",
        S.renewed: "Päättynyt ja uusittu",
        S.ended: "Päättynyt",
        S.terminated: "Irtisanottu",
        S.cancelled: "Peruttu",
    },
    "sv": {
        S.draft: "Utkast",
        S.proposed: "Väntar på underskrifter",
        S.in_force: "Gällande",
        S.expiring: "I kraft, löper ut",
        S.renewed: "Avslutat och förnyat",
        S.ended: "Upphört",
        S.terminated: "Uppsagt",
        S.cancelled: "Återkallat",
    },
    "en": {
        S.draft: "Draft",
        S.proposed: "Waits for signatures",
        S.in_force: "In force",
        S.expiring: "In force, expiring",
        S.renewed: "Ended and renewed",
        S.ended: "Ended",
        S.terminated: "Terminated",
        S.cancelled: "Cancelled",
    },
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
        "Läge",
        "Namn",
        "Parter",
        "Börjar",
        "Slutar",
        "Pengar totalt (€)",
        "Pengar {year} (€)",
        "Timmar totalt",
        "Timmar {year}",
        "Uppsägningstid (mån)",
        "Målgrupper",
    ),
    "en": (
        "Id",
        "Kind",
        "State",
        "Title",
        "Parties",
        "Starts on",
        "Ends on",
        "Money in all (€)",
        "Money {year} (€)",
        "Hours in all",
        "Hours {year}",
        "Notice (months)",
        "Target groups",
    ),
}
"""The headings of the list as a table."""
