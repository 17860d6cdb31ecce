"""Whom this room's events are told."""

from sqlmodel import col

from puumerkki.access.audiences import owners, writers
from puumerkki.calls import events
from puumerkki.calls.models import FundingCall
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import BY_LETTER, SEEN_THERE, Pace, Sides, Silent, side

_DRAFT = Silent("a draft is its funder's own")
TELLS: Tells = {
    events.CallCreated: _DRAFT,
    events.CallDeleted: _DRAFT,
    # what becomes of its days is written to those who name it (partnerships.service.call_mails)
    events.CallChanged: SEEN_THERE,
    events.CallPublished: (writers(side="funder", pace=Pace.bell), owners(side="funder", pace=Pace.bell)),
    events.CallCancelled: BY_LETTER,
}

SIDES: Sides = {"funding_call": {"funder": side(col(FundingCall.id), col(FundingCall.funder_id))}}
