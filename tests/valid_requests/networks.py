"""Networks, their members, people, seats and rulebooks."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from puumerkki.kernel import clock
from puumerkki.networks.models.networks import (
    MemberState,
    Network,
    NetworkKind,
    NetworkMember,
    NetworkState,
    RulebookAcceptance,
    Seat,
)
from tests.factories import OULU
from tests.personas import Cast
from tests.valid_requests import Call, operation


def path_of(cast: Cast, tail: str = "") -> str:
    return f"/networks/{cast.network.id}{tail}"


def _member_path(cast: Cast, tail: str = "") -> str:
    return path_of(cast, f"/members/{cast.association_member.id}{tail}")


async def _in(cast: Cast, state: NetworkState | MemberState) -> int:
    """Put the network or the association's membership into a state; its version."""
    row: Network | NetworkMember
    if isinstance(state, NetworkState):
        row = cast.network
        row.state = state
    else:
        row = cast.association_member
        row.state = state
    await cast.world.session.flush()
    return row.version


async def _act(cast: Cast, action: str, state: NetworkState, by: str = "coordinator") -> Call:
    version = await _in(cast, state)
    return Call("POST", path_of(cast, f"/{action}"), by=by, json={}, if_match=version)


async def alone(cast: Cast) -> NetworkState:
    """Nobody takes part in the network yet, so that whoever leads it may do what the members do later."""
    cast.network.state = NetworkState.forming
    await cast.world.session.exec(delete(RulebookAcceptance))
    await cast.world.session.flush()
    return NetworkState.forming


async def _member_act(cast: Cast, action: str, state: MemberState, by: str, json: Any = None) -> Call:
    version = await _in(cast, state)
    return Call("POST", _member_path(cast, f"/{action}"), by=by, json=json or {}, if_match=version)


async def _seat(cast: Cast) -> Seat:
    cast.network.kind = NetworkKind.advisory_board
    days = {"term_starts_on": "2027-01-01", "term_ends_on": "2028-12-31"}
    seat = Seat.model_validate(
        {
            "network_id": cast.network.id,
            "theme": {"fi": "Ikäihmiset"},
            "principal_id": cast["observer"].id,
            **days,
        }
    )
    cast.world.session.add(seat)
    await cast.world.session.flush()
    return seat


@operation("networks_list_networks")
async def list_networks(_: Cast) -> Call:
    return Call("GET", "/networks?q=elämänkaari&sort=-created_at", by="anonymous")


@operation("networks_export_networks")
async def export_networks(_: Cast) -> Call:
    return Call("GET", "/networks/export.csv?q=elämänkaari", by="anonymous")


@operation("networks_get_network")
async def get_network(cast: Cast) -> Call:
    return Call("GET", path_of(cast), by="anonymous")


@operation("networks_create_network")
async def create_network(cast: Cast) -> Call:
    given = {
        "names": {"fi": "Perheiden verkosto"},
        "kind": "family_centre",
        "municipality_codes": [OULU],
        "target_groups": ["KR1.1"],
        "authority_ids": [str(cast.city.id)],
        "coordinator_id": str(cast["coordinator"].id),
        "founding_organisation_id": str(cast.association.id),
    }
    return Call("POST", "/networks", by="operator", json=given)


@operation("networks_update_network")
async def update_network(cast: Cast) -> Call:
    given = {"goals": {"fi": "Kukaan ei jää yksin."}}
    return Call("PATCH", path_of(cast), by="coordinator", json=given, if_match=cast.network.version)


@operation("networks_activate_network")
async def activate_network(cast: Cast) -> Call:
    return await _act(cast, "activate", NetworkState.dormant)


@operation("networks_close_network")
async def close_network(cast: Cast) -> Call:
    return await _act(cast, "close", await alone(cast))


@operation("networks_reopen_network")
async def reopen_network(cast: Cast) -> Call:
    return await _act(cast, "reopen", NetworkState.closed, by="operator")


@operation("networks_list_events")
async def list_events(cast: Cast) -> Call:
    return Call("GET", path_of(cast, "/events"), by="anonymous")


@operation("networks_list_invitations")
async def list_invitations(cast: Cast) -> Call:
    return Call("GET", f"/organisations/{cast.association.id}/network-invitations", by="owner")


@operation("networks_list_members")
async def list_members(cast: Cast) -> Call:
    return Call("GET", path_of(cast, "/members"), by="anonymous")


@operation("networks_export_members")
async def export_members(cast: Cast) -> Call:
    return Call("GET", path_of(cast, "/members/export.csv"), by="anonymous")


@operation("networks_get_member")
async def get_member(cast: Cast) -> Call:
    return Call("GET", _member_path(cast), by="anonymous")


@operation("networks_add_member")
async def add_member(cast: Cast) -> Call:
    village = await cast.world.organisation("Kylätoimikunta ry")
    given = {"organisation_id": str(village.id)}
    return Call("POST", path_of(cast, "/members"), by="coordinator", json=given)


@operation("networks_invite_newcomer")
async def invite_newcomer(cast: Cast) -> Call:
    given = {
        "names": {"fi": "Uudenkylän kyläyhdistys ry"},
        "sector": "association",
        "legal_form": "registered_association",
        "home_municipality_code": "564",
        "administrator": {"name": "Aino", "email": "aino@example.org"},
    }
    return Call("POST", path_of(cast, "/newcomers"), by="coordinator", json=given)


@operation("networks_update_member")
async def update_member(cast: Cast) -> Call:
    version = cast.association_member.version
    return Call("PATCH", _member_path(cast), by="coordinator", json={"votes": True}, if_match=version)


@operation("networks_accept_invitation")
async def accept_invitation(cast: Cast) -> Call:
    return await _member_act(cast, "accept", MemberState.invited, "owner")


@operation("networks_approve_member")
async def approve_member(cast: Cast) -> Call:
    return await _member_act(cast, "approve", MemberState.requested, "coordinator")


@operation("networks_refuse_member")
async def refuse_member(cast: Cast) -> Call:
    return await _member_act(cast, "refuse", MemberState.invited, "owner")


@operation("networks_object_to_membership")
async def object_to_membership(cast: Cast) -> Call:
    cast.association_member.source = "Perustavan kokouksen luettelo"
    cast.association_member.objection_until = clock.now() + timedelta(days=14)
    return await _member_act(cast, "object", MemberState.active, "owner")


@operation("networks_leave_network")
async def leave_network(cast: Cast) -> Call:
    return await _member_act(cast, "leave", MemberState.active, "owner")


@operation("networks_list_member_people")
async def list_member_people(cast: Cast) -> Call:
    path = path_of(cast, f"/members/{cast.neighbour_member.id}/people")
    return Call("GET", path, by="coordinator")


@operation("networks_name_representative")
async def name_representative(cast: Cast) -> Call:
    given = {"principal_id": str(cast["editor"].id)}
    version = cast.association_member.version
    return Call("PUT", _member_path(cast, "/representative"), by="owner", json=given, if_match=version)


@operation("networks_name_deputy")
async def name_deputy(cast: Cast) -> Call:
    given = {"email": "uusi.varaedustaja@example.org", "name": "Uusi Varaedustaja", "language": "fi"}
    version = cast.association_member.version
    return Call("PUT", _member_path(cast, "/deputy"), by="owner", json=given, if_match=version)


@operation("networks_remove_representative")
async def remove_representative(cast: Cast) -> Call:
    version = cast.association_member.version
    return Call("DELETE", _member_path(cast, "/representative"), by="owner", if_match=version)


@operation("networks_remove_deputy")
async def remove_deputy(cast: Cast) -> Call:
    version = cast.association_member.version
    return Call("DELETE", _member_path(cast, "/deputy"), by="owner", if_match=version)


@operation("networks_list_officers")
async def list_officers(cast: Cast) -> Call:
    return Call("GET", path_of(cast, "/officers"), by="coordinator")


@operation("networks_name_officer")
async def name_officer(cast: Cast) -> Call:
    path = path_of(cast, f"/officers/secretary/{cast['observer'].id}")
    return Call("PUT", path, by="coordinator", if_match=cast.network.version)


@operation("networks_remove_officer")
async def remove_officer(cast: Cast) -> Call:
    path = path_of(cast, f"/officers/chair/{cast['chair'].id}")
    return Call("DELETE", path, by="coordinator", if_match=cast.network.version)


@operation("networks_list_seats")
async def list_seats(cast: Cast) -> Call:
    await _seat(cast)
    return Call("GET", path_of(cast, "/seats"), by="coordinator")


@operation("networks_create_seat")
async def create_seat(cast: Cast) -> Call:
    await _seat(cast)
    given = {
        "theme": {"fi": "Omaishoito"},
        "principal_id": str(cast["chair"].id),
        "organisation_id": str(cast.neighbour.id),
        "term_starts_on": "2027-01-01",
        "term_ends_on": "2028-12-31",
    }
    return Call("POST", path_of(cast, "/seats"), by="coordinator", json=given)


@operation("networks_update_seat")
async def update_seat(cast: Cast) -> Call:
    seat = await _seat(cast)
    given = {"term_ends_on": "2027-12-31"}
    return Call("PATCH", path_of(cast, f"/seats/{seat.id}"), by="coordinator", json=given, if_match=seat.version)


@operation("networks_delete_seat")
async def delete_seat(cast: Cast) -> Call:
    seat = await _seat(cast)
    return Call("DELETE", path_of(cast, f"/seats/{seat.id}"), by="coordinator", if_match=seat.version)


@operation("networks_list_acceptances")
async def list_acceptances(cast: Cast) -> Call:
    return Call("GET", path_of(cast, "/rulebooks/1/acceptances"), by="coordinator")
