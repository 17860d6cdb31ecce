"""What a decision about the network is called in mails."""

from collections.abc import Mapping

from puumerkki.networks.models.decisions import DecisionKind

KINDS: Mapping[str, Mapping[DecisionKind, str]] = {
    "fi": {
        DecisionKind.rulebook: "Uudet pelisäännöt",
        DecisionKind.chair: "Puheenjohtajan valinta",
        DecisionKind.secretary: "Sihteerin valinta",
        DecisionKind.rest: "Verkosto jää tauolle",
        DecisionKind.close: "Verkosto lakkautetaan",
        DecisionKind.stop_deciding: "Verkosto lopettaa puumerkkien antamisen",
        DecisionKind.begin_deciding: "Verkosto alkaa antaa puumerkkejä",
    },
    "sv": {
        DecisionKind.rulebook: "Nya spelregler",
        DecisionKind.chair: "Val av ordförande",
        DecisionKind.secretary: "Val av sekreterare",
        DecisionKind.rest: "Nätverket tar paus",
        DecisionKind.close: "Nätverket läggs ned",
        DecisionKind.stop_deciding: "Nätverket slutar ge bomärken",
        DecisionKind.begin_deciding: "Nätverket börjar ge bomärken",
    },
    "en": {
        DecisionKind.rulebook: "A new rulebook",
        DecisionKind.chair: "Choosing a chair",
        DecisionKind.secretary: "Choosing a secretary",
        DecisionKind.rest: "The network takes a break",
        DecisionKind.close: "The network closes",
        DecisionKind.stop_deciding: "The network stops giving puumerkki endorsements",
        DecisionKind.begin_deciding: "The network begins to give puumerkki endorsements",
    },
}
