"""Whom this room's events are told: whoever raised a need hears what became of it, and so do the members."""

from sqlmodel import col

from puumerkki.access.audiences import coordinators, followers, representatives, writers
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import ASKED, SEEN_THERE, Pace, Sides, Silent, side
from puumerkki.needs import events
from puumerkki.needs.models import Need

_RAISER = writers(side="raiser")
_HEARS = writers(side="raiser", pace=Pace.digest)
_MEMBERS = representatives(pace=Pace.digest)
_LEADERS = coordinators(pace=Pace.digest)
_FOLLOWERS = followers()
TELLS: Tells = {
    events.NeedRaised: ASKED,
    events.NeedChanged: SEEN_THERE,
    events.NeedDeleted: Silent("nobody else had to do with it"),
    events.NeedAgreed: (_RAISER, _LEADERS, _MEMBERS, _FOLLOWERS),
    events.NeedBegun: SEEN_THERE,
    events.NeedAnswered: (_HEARS, _FOLLOWERS),
    events.NeedMet: (_HEARS, _LEADERS, _MEMBERS, _FOLLOWERS),
    events.NeedDropped: (_RAISER, _LEADERS, _FOLLOWERS),
    events.NeedReopened: (_HEARS, _LEADERS, _MEMBERS, _FOLLOWERS),
}

SIDES: Sides = {
    "need": {
        "network": side(col(Need.id), col(Need.network_id)),
        "raiser": side(col(Need.id), col(Need.raised_for_organisation_id)),
    }
}
