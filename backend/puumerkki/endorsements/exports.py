"""The register of endorsements as a table."""

from puumerkki.endorsements.queries.endorsements import ENDORSEMENTS
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.reads.exports import Export, Item, day, in_three, name


def _applicants(item: Item) -> list[str]:
    return [display_name(one["names"]) for one in item["applicants"]]


ENDORSEMENTS_EXPORTED = Export(
    listing=ENDORSEMENTS,
    file="endorsements",
    sort="-issued_at",
    columns={
        "number": "number",
        "status": "status",
        "network": name("network_names"),
        "title": "title",
        "applicants": _applicants,
        "version": "version_number",
        "issued_on": day("issued_at"),
        "valid_from": day("valid_from"),
        "valid_until": day("valid_until"),
        "digest": "digest",
        "superseded_by": "superseded_by",
    },
    headings=in_three(
        number=("Numero", "Nummer", "Number"),
        status=("Tila", "Status", "Status"),
        network=("Verkosto", "Nätverk", "Network"),
        title=("Otsikko", "Rubrik", "Title"),
        applicants=("Hakijat", "Sökande", "Applicants"),
        version=("Versio", "Version", "Version"),
        issued_on=("Annettu", "Givet", "Issued on"),
        valid_from=("Voimassa alkaen", "Giltigt från", "Valid from"),
        valid_until=("Voimassa asti", "Giltigt till", "Valid until"),
        digest=("Tiiviste", "Kondensat", "Digest"),
        superseded_by=("Korvaava puumerkki", "Ersatt av", "Superseded by"),
    ),
    words={
        "status": in_three(
            valid=("voimassa", "giltigt", "valid"),
            superseded=("korvattu", "ersatt", "superseded"),
            revoked=("peruutettu", "återkallat", "revoked"),
            expired=("vanhentunut", "utgånget", "expired"),
        )
    },
)
