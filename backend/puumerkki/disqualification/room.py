"""What the room brings to the house."""

from puumerkki.disqualification import routes
from puumerkki.disqualification.models.ties import TieQuestion
from puumerkki.disqualification.service.tie_effects import lapse_unsettled
from puumerkki.disqualification.tells import TELLS
from puumerkki.kernel.links import Kept, stays
from puumerkki.kernel.room import Periodic, Room

ROOM = Room(
    name="disqualification",
    tells=TELLS,
    tables=(TieQuestion,),
    routers=routes.ROUTERS,
    # a ballot that is over is counted before what is said of its voters lapses
    periodic=(Periodic((lapse_unsettled,), after="handlings.close_due_ballots"),),
    links=(*stays("tie_question.authority_id", "tie_question.organisation_id", since=Kept.history),),
)
