"""What the room brings to the house."""

from puumerkki.applications import followers
from puumerkki.endorsements import routes
from puumerkki.endorsements.events.endorsements import EndorsementIssued
from puumerkki.endorsements.events.network_powers import EndorsementProlonged
from puumerkki.endorsements.following import FOLLOWER
from puumerkki.endorsements.invariants import INVARIANTS
from puumerkki.endorsements.models.conditions import ClaimAnswer, ConditionsClaim
from puumerkki.endorsements.models.endorsements import Endorsement, EndorsementCounter
from puumerkki.endorsements.models.revocations import Prolongation, Revocation
from puumerkki.endorsements.queries.endorsements import SUBJECT
from puumerkki.endorsements.service.endorsements import tell_expired
from puumerkki.endorsements.tells import SIDES, TELLS
from puumerkki.endorsements.workflow.conditions import CLAIM
from puumerkki.endorsements.workflow.endorsements import ENDORSEMENT
from puumerkki.endorsements.workflow.revocations import REVOCATION
from puumerkki.kernel.links import MergeObstacleCode, Obstacle
from puumerkki.kernel.room import Periodic, Room

_ASKED = """
select c.handling_id from conditions_claim c join network_member m on m.id = any(c.asked_member_ids)
where c.state = 'open' and m.organisation_id = """

ROOM = Room(
    name="endorsements",
    tells=TELLS,
    sides=SIDES,
    tables=(ConditionsClaim, ClaimAnswer, Endorsement, EndorsementCounter, Revocation, Prolongation),
    routers=routes.ROUTERS,
    subjects=(SUBJECT,),
    workflows=(ENDORSEMENT, REVOCATION, CLAIM),
    periodic=(Periodic((tell_expired,), after="handlings.tell_expiring"),),
    invariants=INVARIANTS,
    remembered=(EndorsementIssued, EndorsementProlonged),
    obstacles=(Obstacle(MergeObstacleCode.conditions_claimed, "handling", f"{_ASKED}:merged", f"{_ASKED}:into"),),
    connect=lambda: followers.register(FOLLOWER),
)
