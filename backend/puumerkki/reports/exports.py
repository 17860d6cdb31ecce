"""Reports as a table."""

from puumerkki.kernel.reads.exports import LANGUAGES, Export, Item, day, in_three, name
from puumerkki.reports.queries.reports import REPORTS


def _organisation(item: Item) -> str | None:
    return name("names")(item["organisation"])


REPORTS_EXPORTED = Export(
    listing=REPORTS,
    file="reports",
    sort="-created_at",
    columns={
        "id": "id",
        "subject_kind": "subject_kind",
        "subject_title": name("subject_title"),
        "organisation": _organisation,
        "year": "year",
        "language": "language",
        "state": "state",
        "submitted_on": day("submitted_at"),
        "accepted_on": day("accepted_at"),
    },
    headings=in_three(
        id=("Tunniste", "Id", "Id"),
        subject_kind=("Mistä", "Om vad", "About"),
        subject_title=("Otsikko", "Rubrik", "Title"),
        organisation=("Organisaatio", "Organisation", "Organisation"),
        year=("Vuosi", "År", "Year"),
        language=("Kieli", "Språk", "Language"),
        state=("Tila", "Status", "State"),
        submitted_on=("Jätetty", "Inlämnad", "Submitted on"),
        accepted_on=("Hyväksytty", "Godkänd", "Accepted on"),
    ),
    words={
        "subject_kind": in_three(agreement=("sopimus", "avtal", "agreement"), filing=("avustus", "understöd", "grant")),
        "language": LANGUAGES,
        "state": in_three(
            draft=("luonnos", "utkast", "draft"),
            submitted=("jätetty", "inlämnad", "submitted"),
            accepted=("hyväksytty", "godkänd", "accepted"),
            returned=("palautettu täydennettäväksi", "återsänd för komplettering", "returned to be completed"),
        ),
    },
)
