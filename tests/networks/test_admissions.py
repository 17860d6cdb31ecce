"""Who has a role in an organisation, or added it, does not take it into a network alone."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from puumerkki.access.roles import Role
from puumerkki.access.service import revoke_role
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.networks import queries
from puumerkki.networks.models.networks import NetworkState
from puumerkki.networks.models.proposals import MemberProposal, ProposalState
from puumerkki.networks.service.proposals import drop_stale
from puumerkki.organisations.models.organisations import ConfirmationSource, Organisation
from tests.factories import OULU, Client, World
from tests.personas import Cast, make_cast


def _path(cast: Cast, member: dict[str, Any] | None = None, tail: str = "") -> str:
    return f"/networks/{cast.network.id}/members" + (f"/{member['id']}{tail}" if member else "")


async def _add(cast: Cast, by: Client, organisation_id: object) -> httpx.Response:
    return await by.post(_path(cast), {"organisation_id": str(organisation_id)})


async def _founds(lead: Client, number: int) -> str:
    given = {
        "names": {"fi": f"Koordinaattorin kerho {number} ry"},
        "association_register_number": f"200.00{number}",
        "sector": "association",
        "legal_form": "registered_association",
        "home_municipality_code": OULU,
    }
    made = await lead.post("/organisations", given)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def _confirmed(cast: Cast, organisation_id: str) -> None:
    """The city's officer says that the group is what it says, and no more than that."""
    made = await cast.world.session.get_one(Organisation, UUID(organisation_id))
    made.confirmed_at, made.source = clock.now(), ConfirmationSource.operator
    await cast.world.session.flush()


async def _electorate(cast: Cast) -> set[UUID]:
    return {one.organisation_id for one in await queries.electorate(cast.world.session, cast.network.id)}


async def _friends_group(cast: Cast) -> tuple[Organisation, Client]:
    """The coordinator ran the group, and gave it to a friend."""
    session = cast.world.session
    group = await cast.world.organisation("Ystävän ryhmä ry")
    lead, friend = cast["coordinator"].id, await cast.world.person((Role.owner, group.id))
    assert lead is not None
    await cast.world.grant(lead, Role.owner, group.id)
    await revoke_role(session, principal_id=lead, scope_id=group.id)
    return group, friend


async def test_a_coordinator_founds_groups_and_takes_none_of_them_in_alone(world: World) -> None:
    """Issue 13: founds three groups, takes them in, speaks for all, outvotes the real members."""
    cast = await make_cast(world)
    lead, real = cast["coordinator"], {cast.association.id, cast.neighbour.id}
    for number in range(3):
        group = await _founds(lead, number)
        assert (await _add(cast, lead, group)).json()["code"] == "organisation_unconfirmed"
        await _confirmed(cast, group)
        taken = await _add(cast, lead, group)
        assert (taken.status_code, taken.json()["state"]) == (201, "requested"), taken.text
        assert taken.json()["proposal"]["kind"] == "admit"
        member = taken.json()
        again = await lead.post(_path(cast, member, "/approve"), if_match=member["version"])
        assert (again.status_code, again.json()["code"]) == (409, "member_proposal_open")
        own = await lead.post(_path(cast, member, "/proposal/confirm"), if_match=member["version"])
        assert own.status_code == 403
        speaks = {"principal_id": str(lead.id)}
        named = await lead.put(_path(cast, member, "/representative"), speaks, if_match=member["version"])
        assert named.json()["code"] == "member_not_active"
    assert await _electorate(cast) == real
    done = await cast["representative"].post(_path(cast, member, "/proposal/confirm"), if_match=member["version"])
    assert (done.status_code, done.json()["state"], done.json()["proposal"]) == (200, "active", None), done.text
    told = await world.session.exec(
        select(EventRow.type).where(EventRow.subject_id == UUID(member["id"])).order_by(col(EventRow.occurred_at))
    )
    assert set(told.all()) == {"member.proposed", "member.proposal_carried", "member.joined"}
    for change in ("confirmed_by = proposed_by", "kind = 'remove'"):
        with pytest.raises(DBAPIError):
            async with world.session.begin_nested():
                await (await world.session.connection()).execute(
                    text(f"update member_proposal set {change} where state = 'carried'")
                )


async def test_whoever_had_a_role_in_it_does_not_either_by_invitation_or_by_another_coordinator(world: World) -> None:
    cast = await make_cast(world)
    lead = cast["coordinator"]
    group, friend = await _friends_group(cast)
    invited = (await _add(cast, lead, group.id)).json()
    assert invited["state"] == "invited"
    accepted = await friend.post(_path(cast, invited, "/accept"), if_match=invited["version"])
    assert (accepted.status_code, accepted.json()["state"]) == (200, "requested"), accepted.text
    [proposal] = (await world.session.exec(select(MemberProposal))).all()
    assert proposal.proposed_by == lead.id, "whose invitation it was"
    left = await friend.post(_path(cast, invited, "/leave"), if_match=accepted.json()["version"])
    assert (left.json()["state"], left.json()["proposal"]) == ("left", None)
    union, crony = await world.organisation("Liitto ry"), await world.person()
    assert lead.id is not None
    await world.grant(lead.id, Role.viewer, union.id)
    colleague = await world.person((Role.viewer, union.id), (Role.deputy, cast.network.id, cast.association.id))
    officers = f"/networks/{cast.network.id}/officers/coordinator"
    assert (await lead.put(f"{officers}/{crony.id}", if_match=cast.network.version)).status_code == 204
    await world.session.refresh(cast.network)
    assert (await crony.delete(f"{officers}/{lead.id}", if_match=cast.network.version)).status_code == 204
    asked = (await _add(cast, friend, group.id)).json()
    answer = await crony.post(_path(cast, asked, "/approve"), if_match=asked["version"])
    assert (answer.json()["state"], answer.json()["proposal"]["kind"]) == ("requested", "admit"), answer.text
    confirm, version = _path(cast, asked, "/proposal/confirm"), answer.json()["version"]
    assert (await colleague.post(confirm, if_match=version)).json()["code"] == "not_second_person"
    assert (await cast["deputy"].post(confirm, if_match=version)).json()["state"] == "active"


async def test_whoever_only_added_it_to_the_register_does_not_either(world: World) -> None:
    cast = await make_cast(world)
    lead = cast["coordinator"]
    group = await world.organisation("Lisätty ry")
    owner = await world.person((Role.owner, group.id))
    group.added_by = lead.id
    await world.session.flush()
    asked = (await _add(cast, owner, group.id)).json()
    answer = await lead.post(_path(cast, asked, "/approve"), if_match=asked["version"])
    assert answer.json()["state"] == "requested", answer.text


async def test_the_members_are_told_and_one_click_of_a_second_person_admits(world: World) -> None:
    cast = await make_cast(world)
    far = await world.organisation("Kaukainen ry")
    await world.member(cast.network, far)
    await world.person((Role.owner, far.id))
    group, friend = await _friends_group(cast)
    tied = await world.person((Role.representative, cast.network.id, far.id), (Role.viewer, group.id))
    asked = (await _add(cast, friend, group.id)).json()
    proposed = await cast["coordinator"].post(_path(cast, asked, "/approve"), if_match=asked["version"])
    version = proposed.json()["version"]
    written = (await world.session.exec(select(OutboxMessage))).all()
    asks = [one for one in written if "toiseksi vahvistajaksi" in one.subject]
    assert (len(asks), len(written)) == (2, 4), "the neighbour's two are asked; who runs another member is told"
    assert all("Ystävän ryhmä ry" in one.body for one in written)
    tasks = (await cast["deputy"].get("/tasks")).json()["items"]
    assert "member_proposal_to_confirm" in {one["kind"] for one in tasks}
    waiting = (await cast["coordinator"].get("/tasks")).json()["items"]
    assert "membership_request" not in {one["kind"] for one in waiting}, "it does not wait for the coordinator"
    for other in (tied, friend, cast["chair"]):
        answer = await other.post(_path(cast, asked, "/proposal/confirm"), if_match=version)
        assert answer.status_code in (403, 409), answer.text
    seen = (await cast["deputy"].get(_path(cast, asked))).json()
    assert {"action": "confirm_proposal", "allowed": True, "blocked_by": None} in seen["available_actions"]
    done = await cast["deputy"].post(_path(cast, asked, "/proposal/confirm"), if_match=version)
    assert done.json()["state"] == "active", done.text


async def test_an_untied_coordinator_needs_not_one_click_more(world: World) -> None:
    cast = await make_cast(world)
    group = await world.organisation("Kerho ry")
    owner = await world.person((Role.owner, group.id))
    asked = (await _add(cast, owner, group.id)).json()
    taken = await cast["coordinator"].post(_path(cast, asked, "/approve"), if_match=asked["version"])
    assert (taken.json()["state"], taken.json()["proposal"]) == ("active", None)
    other = await world.organisation("Toinen kerho ry")
    owner = await world.person((Role.owner, other.id))
    invited = (await _add(cast, cast["coordinator"], other.id)).json()
    accepted = await owner.post(_path(cast, invited, "/accept"), if_match=invited["version"])
    assert (accepted.json()["state"], accepted.json()["proposal"]) == ("active", None)


async def test_where_nobody_could_confirm_it_waits_for_one_who_can(world: World) -> None:
    cast = await make_cast(world)
    for role in (Role.representative, Role.deputy):
        await revoke_role(world.session, principal_id=cast[str(role)].id, scope_id=cast.network.id)
    group, friend = await _friends_group(cast)
    asked = (await _add(cast, friend, group.id)).json()
    path = _path(cast, asked, "/approve")
    answer = await cast["coordinator"].post(path, if_match=asked["version"])
    assert (answer.status_code, answer.json()["code"]) == (409, "nobody_confirms")
    seen = (await cast["coordinator"].get(_path(cast, asked))).json()["available_actions"]
    assert {"action": "approve", "allowed": False, "blocked_by": "nobody_confirms"} in seen
    await world.person((Role.representative, cast.network.id, cast.neighbour.id))
    answer = await cast["coordinator"].post(path, if_match=asked["version"])
    assert answer.json()["proposal"]["kind"] == "admit", answer.text


async def test_what_nobody_confirms_is_dropped_and_can_be_proposed_again_or_refused(world: World) -> None:
    cast = await make_cast(world)
    lead = cast["coordinator"]
    group, friend = await _friends_group(cast)
    asked = (await _add(cast, friend, group.id)).json()
    proposed = (await lead.post(_path(cast, asked, "/approve"), if_match=asked["version"])).json()
    with clock.fixed(clock.now() + timedelta(days=29)):
        await drop_stale(world.session)
        assert (await world.session.exec(_states())).all() == ["open"]
    with clock.fixed(clock.now() + timedelta(days=31)):
        await drop_stale(world.session)
        assert (await world.session.exec(_states())).all() == ["dropped"]
    seen = (await lead.get(_path(cast, asked))).json()
    assert (seen["state"], seen["proposal"]) == ("requested", None)
    proposed = (await lead.post(_path(cast, asked, "/approve"), if_match=seen["version"])).json()
    no = await cast["representative"].post(_path(cast, asked, "/proposal/drop"), if_match=proposed["version"])
    assert (no.json()["state"], no.json()["proposal"]) == ("requested", None)
    proposed = (await lead.post(_path(cast, asked, "/approve"), if_match=no.json()["version"])).json()
    refused = await lead.post(_path(cast, asked, "/refuse"), if_match=proposed["version"])
    assert (refused.json()["state"], refused.json()["proposal"]) == ("refused", None)
    assert (await world.session.exec(_states())).all() == ["dropped"] * 3


def _states() -> SelectOfScalar[ProposalState]:
    return select(MemberProposal.state).order_by(col(MemberProposal.created_at))


async def test_whoever_founds_a_network_brings_the_first_organisations_in_at_once(world: World) -> None:
    network = await world.network(state=NetworkState.forming)
    await world.rulebook(network)
    own, second = [await world.organisation(f"Perustaja {number} ry") for number in range(2)]
    lead = await world.person((Role.coordinator, network.id), (Role.owner, own.id), (Role.owner, second.id))
    path = f"/networks/{network.id}/members"
    first = (await lead.post(path, {"organisation_id": str(own.id)})).json()
    assert first["state"] == "active"
    await lead.put(f"/networks/{network.id}/rulebooks/1/acceptances/{first['id']}")
    answer = await lead.post(path, {"organisation_id": str(second.id)})
    assert (answer.status_code, answer.json()["code"]) == (409, "nobody_confirms"), "somebody takes part now"
