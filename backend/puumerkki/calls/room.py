"""What the room brings to the house."""

from puumerkki.calls import queries, routes
from puumerkki.calls.models import FundingCall
from puumerkki.calls.workflow import CALL
from puumerkki.kernel.links import moves
from puumerkki.kernel.room import Room

ROOM = Room(
    name="calls",
    tables=(FundingCall,),
    routers=routes.ROUTERS,
    subjects=(queries.SUBJECT,),
    workflows=(CALL,),
    links=(*moves("funding_call.funder_id"),),
)
