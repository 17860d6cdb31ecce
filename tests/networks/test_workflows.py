"""Every state × action × role of networks and members, against the table that people were promised."""

import itertools

import pytest

from puumerkki.access.roles import Role
from puumerkki.kernel.errors import Forbidden
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember, NetworkState
from puumerkki.networks.workflow.members import MEMBER
from puumerkki.networks.workflow.networks import NETWORK, RULEBOOK
from tests.factories import World
from tests.networks.owners import three_owners
from tests.personas import CALLERS, Cast, make_cast

NETWORK_MAY = {
    "activate": {"coordinator"},
    "rest": set(),
    "close": {"coordinator"},
    "reopen": {"operator"},
}
BY_ROUTE = ("activate", "close", "reopen")
NETWORK_LEADS_TO = {
    ("forming", "activate"): "active",
    ("dormant", "activate"): "active",
    ("active", "rest"): "dormant",
    ("forming", "close"): "closed",
    ("active", "close"): "closed",
    ("dormant", "close"): "closed",
    ("closed", "reopen"): "forming",
}
MEMBER_LEADS_TO = {
    ("invited", "accept"): ("active", "owner"),
    ("requested", "approve"): ("active", "coordinator"),
    ("invited", "refuse"): ("refused", "owner"),
    ("requested", "refuse"): ("refused", "coordinator"),
    ("active", "leave"): ("left", "owner"),
    ("requested", "leave"): ("left", "owner"),
    ("active", "remove"): ("active", "coordinator"),
    ("active", "take_vote"): ("active", "coordinator"),
    ("leaving", "leave"): ("left", "owner"),
    ("invited", "remove"): ("removed", "coordinator"),
    ("refused", "invite"): ("invited", "coordinator"),
    ("left", "invite"): ("invited", "coordinator"),
    ("removed", "invite"): ("invited", "coordinator"),
    ("refused", "request"): ("requested", "owner"),
    ("left", "request"): ("requested", "owner"),
    ("removed", "request"): ("requested", "owner"),
}
SETTLING = {
    ("active", "state_view"),
    *((state, action) for state in ("active", "requested") for action in ("confirm_proposal", "drop_proposal")),
}
"""What is done about a proposal, in `test_proposals` and `test_admissions`."""
OBJECTING = {("active", "object")}
"""In `test_brought_in`."""
BY_ITSELF = {
    ("leaving", "end_removal"),
    *((one, "give_way") for one in ("active", "leaving", "invited", "requested")),
    *((one, "take_over") for one in ("invited", "requested", "refused", "left")),
}
ROUTES = ("accept", "approve", "refuse", "leave", "remove", "take_vote")
IN_THE_NETWORK = {"coordinator", "chair", "secretary", "observer", "representative", "deputy"}
OF_THE_ORGANISATION = {"viewer", "editor", "owner", "signatory"}


def test_the_tables_name_every_action() -> None:
    assert set(NETWORK.actions()) == set(NETWORK_MAY)
    assert {(state.value, t.action) for t in NETWORK.transitions for state in t.sources} == set(NETWORK_LEADS_TO)
    named = {(state.value, t.action) for t in MEMBER.transitions for state in t.sources}
    assert named == set(MEMBER_LEADS_TO) | SETTLING | OBJECTING | BY_ITSELF


def test_only_the_system_replaces_a_rulebook() -> None:
    class Everybody:
        def may(self, *_: object) -> bool:
            return True

    with pytest.raises(Forbidden):
        RULEBOOK.require_may("replace", object(), actor=Everybody())


@pytest.mark.parametrize(("state", "action"), list(itertools.product(NetworkState, BY_ROUTE)))
async def test_networks(world: World, state: NetworkState, action: str) -> None:
    cast = await make_cast(world)
    await three_owners(world, cast.network)
    path = f"/networks/{cast.network.id}"
    for role in CALLERS:
        network = await _reset(cast, cast.network, state)
        answer = await cast[role].post(f"{path}/{action}", if_match=network.version)
        target = NETWORK_LEADS_TO.get((state.value, action))
        if role not in NETWORK_MAY[action]:
            assert answer.status_code == (401 if role == "anonymous" else 403), (role, answer.text)
        elif target is None:
            assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state"), (role, answer.text)
        elif action == "close":
            assert (answer.status_code, answer.json()["code"]) == (409, "members_decide"), (role, answer.text)
        else:
            assert (answer.status_code, answer.json()["state"]) == (200, target), (role, answer.text)


async def _reset(cast: Cast, row: Network, state: NetworkState) -> Network:
    await cast.world.session.refresh(row)
    row.state = state
    await cast.world.session.flush()
    return row


@pytest.mark.parametrize(("state", "action"), list(itertools.product(MemberState, ROUTES)))
async def test_members(world: World, state: MemberState, action: str) -> None:
    cast = await make_cast(world)
    member = cast.association_member
    path = f"/networks/{cast.network.id}/members/{member.id}"
    may = {role for (_, one), (_, role) in MEMBER_LEADS_TO.items() if one == action}
    known = {"anonymous"} | IN_THE_NETWORK | OF_THE_ORGANISATION
    for role in CALLERS:
        version = await _set(cast, member, state)
        body = {"reason": "Toiminta on loppunut."} if action in ("remove", "take_vote") else None
        answer = await cast[role].post(f"{path}/{action}", body, if_match=version)
        target, whose = MEMBER_LEADS_TO.get((state.value, action), (None, None))
        if role == "anonymous":
            assert answer.status_code == 401
        elif state != MemberState.active and role not in known:
            assert answer.status_code == 404, (role, answer.text)
        elif role not in may or (target is not None and role != whose):
            assert answer.status_code == 403, (role, answer.text)
        elif target is None:
            assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state"), (role, answer.text)
        else:
            assert (answer.status_code, answer.json()["state"]) == (200, target), (role, answer.text)


async def _set(cast: Cast, row: NetworkMember, state: MemberState) -> int:
    await cast.world.session.refresh(row)
    row.state = state
    await cast.world.session.flush()
    return row.version


@pytest.mark.parametrize("state", list(MemberState))
@pytest.mark.parametrize("role", [str(Role.coordinator), str(Role.owner), str(Role.editor), str(Role.chair)])
async def test_asking_in_every_state(world: World, state: MemberState, role: str) -> None:
    cast = await make_cast(world)
    await _set(cast, cast.association_member, state)
    given = {"organisation_id": str(cast.association.id)}
    answer = await cast[role].post(f"/networks/{cast.network.id}/members", given)
    if role not in ("coordinator", "owner"):
        assert answer.status_code == 403
    elif state in (MemberState.active, MemberState.leaving, MemberState.invited, MemberState.requested):
        assert (answer.status_code, answer.json()["code"]) == (409, "already_member")
    else:
        target = "invited" if role == "coordinator" else "requested"
        assert (answer.status_code, answer.json()["state"]) == (201, target)
        assert answer.json()["id"] == str(cast.association_member.id)
