"""Meetings as a table."""

from puumerkki.kernel.reads.exports import Export, in_three, moment
from puumerkki.meetings.queries import MEETINGS

MEETINGS_EXPORTED = Export(
    listing=MEETINGS,
    file="meetings",
    sort="-starts_at",
    columns={
        "id": "id",
        "title": "title",
        "kind": "kind",
        "state": "state",
        "starts_at": moment("starts_at"),
        "ends_at": moment("ends_at"),
        "place": "place",
    },
    headings=in_three(
        id=("Tunniste", "Id", "Id"),
        title=("Otsikko", "Rubrik", "Title"),
        kind=("Laji", "Slag", "Kind"),
        state=("Tila", "Status", "State"),
        starts_at=("Alkaa", "Börjar", "Starts at"),
        ends_at=("Päättyy", "Slutar", "Ends at"),
        place=("Paikka", "Plats", "Place"),
    ),
    words={
        "kind": in_three(
            meeting=("kokous", "möte", "meeting"),
            forum=("foorumi", "forum", "forum"),
            workshop=("työpaja", "verkstad", "workshop"),
        ),
        "state": in_three(
            planned=("suunniteltu", "planerat", "planned"),
            held=("pidetty", "hållet", "held"),
            cancelled=("peruttu", "inställt", "cancelled"),
        ),
    },
)
