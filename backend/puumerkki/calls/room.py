"""What the room brings to the house."""

from puumerkki.access.permissions import P
from puumerkki.calls import queries, routes
from puumerkki.calls.exports import CALLS_TEMPLATE
from puumerkki.calls.importing.sheet import CALLS
from puumerkki.calls.models import FundingCall
from puumerkki.calls.tells import SIDES, TELLS
from puumerkki.calls.workflow import CALL
from puumerkki.imports import kinds
from puumerkki.kernel.links import MergedThing, Since, moves, wrote
from puumerkki.kernel.room import Room

ROOM = Room(
    name="calls",
    tells=TELLS,
    sides=SIDES,
    tables=(FundingCall,),
    routers=routes.ROUTERS,
    subjects=(queries.SUBJECT,),
    workflows=(CALL,),
    links=(
        *moves(
            "funding_call.funder_id",
            since=Since(MergedThing.calls, wrote("t.id"), alone="t.state = 'draft'", kind="funding_call"),
        ),
    ),
    connect=lambda: kinds.register(CALLS, P.calls_publish, "organisation_id", template=CALLS_TEMPLATE),
)
