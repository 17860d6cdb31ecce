"""Whom this room's events are told."""

from sqlmodel import col

from puumerkki.access.audiences import leaders, representatives
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import ASKED, Pace, Sides, side
from puumerkki.meetings import events
from puumerkki.meetings.models import Meeting

_ALL = (leaders(pace=Pace.at_once), representatives(pace=Pace.at_once))
_LATER = (leaders(pace=Pace.bell), representatives(pace=Pace.digest))
TELLS: Tells = {
    events.MeetingPlanned: _ALL,
    events.MeetingChanged: (leaders(pace=Pace.bell), representatives(pace=Pace.bell)),
    events.MeetingMoved: _ALL,
    events.MeetingCancelled: _ALL,
    events.MeetingHeld: _LATER,
    events.RoleChoiceRecorded: ASKED,
    events.RoleChosen: _LATER,
}

SIDES: Sides = {"meeting": {"network": side(col(Meeting.id), col(Meeting.network_id))}}
