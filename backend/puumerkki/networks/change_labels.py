"""What a network's change is called in mails."""

from collections.abc import Mapping

from puumerkki.networks.models.networks import NetworkChange

CHANGES: Mapping[str, Mapping[NetworkChange, str]] = {
    "fi": {
        NetworkChange.stop_deciding: "Verkosto lopettaa puumerkkien antamisen",
        NetworkChange.rest: "Verkosto jää tauolle",
        NetworkChange.close: "Verkosto lakkautetaan",
    },
    "sv": {
        NetworkChange.stop_deciding: "Nätverket slutar ge bomärken",
        NetworkChange.rest: "Nätverket tar paus",
        NetworkChange.close: "Nätverket läggs ned",
    },
    "en": {
        NetworkChange.stop_deciding: "The network stops giving puumerkki endorsements",
        NetworkChange.rest: "The network takes a break",
        NetworkChange.close: "The network closes",
    },
}
