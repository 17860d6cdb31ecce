"""Removing a member and taking its vote, by two persons."""

from datetime import timedelta

from puumerkki.kernel import clock
from puumerkki.networks.models.proposals import MemberProposal, ProposalKind
from tests.personas import Cast
from tests.valid_requests import Call, operation


def _path(cast: Cast, tail: str) -> str:
    return f"/networks/{cast.network.id}/members/{cast.association_member.id}/{tail}"


async def _proposed(cast: Cast) -> int:
    """The coordinator proposed to remove the association, and it was heard; the member's version."""
    lead = cast["coordinator"].id
    assert lead is not None
    cast.world.session.add(
        MemberProposal(
            member_id=cast.association_member.id,
            kind=ProposalKind.remove,
            reason="Toiminta on loppunut.",
            proposed_by=lead,
            heard_until=clock.now() - timedelta(seconds=1),
        )
    )
    await cast.world.session.flush()
    return cast.association_member.version


@operation("networks_remove_member")
async def remove_member(cast: Cast) -> Call:
    given = {"reason": "Toiminta on loppunut."}
    path = _path(cast, "remove")
    return Call("POST", path, by="coordinator", json=given, if_match=cast.association_member.version)


@operation("networks_take_vote")
async def take_vote(cast: Cast) -> Call:
    given = {"reason": "Toiminta on tauolla."}
    path = _path(cast, "take_vote")
    return Call("POST", path, by="coordinator", json=given, if_match=cast.association_member.version)


@operation("networks_state_member_view")
async def state_member_view(cast: Cast) -> Call:
    await _proposed(cast)
    return Call("PUT", _path(cast, "proposal/view"), by="owner", json={"view": "Toiminta jatkuu."})


@operation("networks_confirm_member_proposal")
async def confirm_member_proposal(cast: Cast) -> Call:
    version = await _proposed(cast)
    return Call("POST", _path(cast, "proposal/confirm"), by="representative", json={}, if_match=version)


@operation("networks_drop_member_proposal")
async def drop_member_proposal(cast: Cast) -> Call:
    version = await _proposed(cast)
    return Call("POST", _path(cast, "proposal/drop"), by="coordinator", json={}, if_match=version)
