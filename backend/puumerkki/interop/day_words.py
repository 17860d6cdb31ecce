"""What days are called in a calendar that are not of a task: as the app calls them; a test holds both equal."""

from collections.abc import Mapping

DAY_WORDS: Mapping[str, Mapping[str, str]] = {
    "ballot_closes": {"fi": "Äänestys päättyy", "sv": "Omröstningen slutar", "en": "Ballot closes"},
    "call_closes": {
        "fi": "Avustushaku sulkeutuu",
        "sv": "Ansökningsomgången stängs",
        "en": "The funding call closes",
    },
    "handling_due": {
        "fi": "Verkoston käsittelyn määräpäivä",
        "sv": "Nätverkets behandling ska vara klar",
        "en": "The network's review is due",
    },
    "meeting": {"fi": "Kokous", "sv": "Möte", "en": "Meeting"},
}
