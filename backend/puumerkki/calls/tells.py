"""Whom this room's events are told."""

from sqlmodel import col

from puumerkki.access.audiences import followers, owners, writers
from puumerkki.calls import events
from puumerkki.calls.models import FundingCall
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import SEEN_THERE, Pace, Sides, Silent, side

_DRAFT = Silent("a draft is its funder's own")
_FUNDERS_FOLLOWERS = followers(side="funder")
# whoever names the call is written to by partnerships.service.call_mails, so they are not told of it as followers, too
_DAYS = (writers(side="planners", by_room=True), followers(), _FUNDERS_FOLLOWERS)
TELLS: Tells = {
    events.CallCreated: _DRAFT,
    events.CallDeleted: _DRAFT,
    events.CallChanged: SEEN_THERE,
    events.CallPublished: (
        writers(side="funder", pace=Pace.bell),
        owners(side="funder", pace=Pace.bell),
        _FUNDERS_FOLLOWERS,
    ),
    events.CallClosingMoved: _DAYS,
    events.CallCancelled: _DAYS,
}

SIDES: Sides = {"funding_call": {"funder": side(col(FundingCall.id), col(FundingCall.funder_id))}}
