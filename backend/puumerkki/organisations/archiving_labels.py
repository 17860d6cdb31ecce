"""Why an organisation is archived, as mails call it."""

from collections.abc import Mapping

from puumerkki.organisations.models.archivings import ArchivingReason

REASONS: Mapping[str, Mapping[ArchivingReason, str]] = {
    "fi": {
        ArchivingReason.merged: "Yhdistynyt toiseen organisaatioon",
        ArchivingReason.dissolved: "Purettu",
        ArchivingReason.ceased: "Toiminta loppunut",
        ArchivingReason.duplicate: "Sama organisaatio on luettelossa kahdesti",
        ArchivingReason.other: "Muu syy",
    },
    "sv": {
        ArchivingReason.merged: "Har gått samman med en annan organisation",
        ArchivingReason.dissolved: "Upplöst",
        ArchivingReason.ceased: "Verksamheten har upphört",
        ArchivingReason.duplicate: "Samma organisation finns två gånger i förteckningen",
        ArchivingReason.other: "Annan orsak",
    },
    "en": {
        ArchivingReason.merged: "Merged with another organisation",
        ArchivingReason.dissolved: "Dissolved",
        ArchivingReason.ceased: "No longer active",
        ArchivingReason.duplicate: "The same organisation is listed twice",
        ArchivingReason.other: "Another reason",
    },
}
