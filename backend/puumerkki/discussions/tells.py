"""Whom this room's events are told: those on each side who write, as far as they read what was written."""

from puumerkki.access.audiences import coordinators, leaders, officers, representatives, writers
from puumerkki.discussions import events
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import ASKED, PEOPLE, NoticeRow, Pace, Silent, Tell

_ROW = NoticeRow.discussions
_CHANGED = Silent("who reads it sees it; what is taken back should not be spread")
_FILES = (
    writers(row=_ROW, pace=Pace.bell),
    leaders(row=_ROW, pace=Pace.bell),
    officers(row=_ROW, pace=Pace.bell),
)
TELLS: Tells = {
    events.CommentAdded: (
        writers(row=_ROW, pace=Pace.digest),
        leaders(row=_ROW, pace=Pace.digest),
        officers(row=_ROW, pace=Pace.digest),
        representatives(row=_ROW, pace=Pace.bell),
        writers(side="parties", row=_ROW, pace=Pace.digest),
        officers(side="parties", row=_ROW, pace=Pace.digest),
        writers(side="raiser", row=_ROW, pace=Pace.digest),
    ),
    events.CommentMentioned: (Tell(side=PEOPLE, row=_ROW, pace=Pace.at_once),),
    events.CommentChanged: _CHANGED,
    events.CommentRemoved: _CHANGED,
    events.PointRaised: ASKED,
    events.PointAnswered: (coordinators(row=_ROW), officers(row=_ROW)),
    events.PointSettled: (writers(row=_ROW, pace=Pace.bell),),
    events.AttachmentAdded: _FILES,
    events.AttachmentRemoved: Silent("it is gone"),
}
