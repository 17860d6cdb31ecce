"""What agreements are called in files for people: the same as on the screens."""

from collections.abc import Mapping

from puumerkki.agreements.models import AgreementState as S

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
