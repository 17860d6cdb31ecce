"""What a network decides about itself."""

from puumerkki.access.actor import Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.networks.models.decisions import DecisionKind, DecisionWay, NetworkDecision
from puumerkki.networks.schemas.decisions import DecisionPropose
from puumerkki.networks.service.decisions import propose
from tests.personas import Cast
from tests.valid_requests import Call, operation
from tests.valid_requests.networks import path_of


async def _proposed(cast: Cast, way: DecisionWay = DecisionWay.vote) -> NetworkDecision:
    lead = cast["coordinator"]
    actor = await load_actor(cast.world.session, Caller(id=lead.id, kind=PrincipalKind.user))
    by_vote = way is DecisionWay.vote
    given = DecisionPropose(
        kind=DecisionKind.chair if by_vote else DecisionKind.stop_deciding,
        way=way,
        subject_id=cast["observer"].id if by_vote else None,
        reason=None if by_vote else "Jäsenet antavat jatkossa lausuntoja.",
    )
    made = await propose(cast.world.session, actor=actor, network_id=cast.network.id, given=given)
    await cast.world.session.flush()
    return made


@operation("networks_list_decisions")
async def list_decisions(cast: Cast) -> Call:
    await _proposed(cast)
    return Call("GET", path_of(cast, "/decisions"), by="coordinator")


@operation("networks_propose_decision")
async def propose_decision(cast: Cast) -> Call:
    given = {"kind": "secretary", "subject_id": str(cast["observer"].id)}
    return Call("POST", path_of(cast, "/decisions"), by="coordinator", json=given)


@operation("networks_get_decision")
async def get_decision(cast: Cast) -> Call:
    made = await _proposed(cast)
    return Call("GET", path_of(cast, f"/decisions/{made.id}"), by="coordinator")


@operation("networks_vote_on_decision")
async def vote_on_decision(cast: Cast) -> Call:
    made = await _proposed(cast)
    path = path_of(cast, f"/decisions/{made.id}/votes/{cast.neighbour_member.id}")
    return Call("PUT", path, by="representative", json={"choice": "for"})


@operation("networks_confirm_decision")
async def confirm_decision(cast: Cast) -> Call:
    made = await _proposed(cast, DecisionWay.second_person)
    path = path_of(cast, f"/decisions/{made.id}/confirm")
    return Call("POST", path, by="representative", json={}, if_match=made.version)


@operation("networks_object_to_decision")
async def object_to_decision(cast: Cast) -> Call:
    made = await _proposed(cast, DecisionWay.second_person)
    path = path_of(cast, f"/decisions/{made.id}/object")
    return Call("POST", path, by="representative", json={"reason": "Emme halua tätä."}, if_match=made.version)


@operation("networks_drop_decision")
async def drop_decision(cast: Cast) -> Call:
    made = await _proposed(cast)
    return Call("POST", path_of(cast, f"/decisions/{made.id}/drop"), by="coordinator", json={}, if_match=made.version)
