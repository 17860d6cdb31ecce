"""Who led a network a moment ago, or made the account that leads or asks, takes nothing of theirs in alone."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from puumerkki.access.roles import Role
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.networks.models.decisions import DecisionKind, DecisionState, DecisionWay, NetworkDecision
from puumerkki.organisations.models.organisations import ConfirmationSource, Organisation
from tests.factories import OULU, Client, World
from tests.personas import Cast, make_cast


def _members(cast: Cast, tail: str = "") -> str:
    return f"/networks/{cast.network.id}/members{tail}"


async def _names(cast: Cast, by: Client, whom: Client) -> None:
    path = f"/networks/{cast.network.id}/officers/coordinator/{whom.id}"
    done = await by.put(path, if_match=await _version(cast))
    assert done.status_code == 204, done.text


async def _steps_down(cast: Cast, who: Client) -> None:
    path = f"/networks/{cast.network.id}/officers/coordinator/{who.id}"
    done = await who.delete(path, if_match=await _version(cast))
    assert done.status_code == 204, done.text


async def _version(cast: Cast) -> int:
    await cast.world.session.refresh(cast.network)
    return cast.network.version


async def _asks(cast: Cast, owner: Client, organisation: Organisation) -> dict[str, Any]:
    asked = await owner.post(_members(cast), {"organisation_id": str(organisation.id)})
    assert asked.status_code == 201, asked.text
    found: dict[str, Any] = asked.json()
    return found


async def _approve(cast: Cast, lead: Client, member: dict[str, Any]) -> httpx.Response:
    return await lead.post(_members(cast, f"/{member['id']}/approve"), if_match=member["version"])


async def _handed_over(world: World) -> tuple[Cast, Client, Organisation]:
    """The coordinator names a friend and steps down; the friend names another, and steps down, too."""
    cast = await make_cast(world)
    friend, other = await world.person(), await world.person()
    await _names(cast, cast["coordinator"], friend)
    await _steps_down(cast, cast["coordinator"])
    await _names(cast, friend, other)
    await _steps_down(cast, friend)
    own = await world.organisation("Koordinaattorin oma ry")
    assert cast["coordinator"].id is not None
    await world.grant(cast["coordinator"].id, Role.owner, own.id)
    return cast, other, own


async def _decided(cast: Cast) -> None:
    """The members have decided something: who led before it is no more of those who lead."""
    now = clock.now()
    cast.world.session.add(
        NetworkDecision(
            network_id=cast.network.id,
            kind=DecisionKind.begin_deciding,
            way=DecisionWay.vote,
            state=DecisionState.done,
            rule={},
            reason="Yhdessä",
            opened_at=now,
            closes_at=now,
            proposed_by=cast["chair"].id,
            result={"outcome": "passed"},
            decided_at=now,
            done_at=now,
        )
    )
    await cast.world.session.flush()


async def test_two_hand_overs_take_in_nobodys_own_organisation(world: World) -> None:
    """Attack G8: names one, steps down, who names another; `approve` took the first one's organisation in at once."""
    cast, lead, own = await _handed_over(world)
    asked = await _asks(cast, cast["coordinator"], own)
    answer = await _approve(cast, lead, asked)
    assert (answer.json()["state"], answer.json()["proposal"]["kind"]) == ("requested", "admit"), answer.text
    confirm = _members(cast, f"/{asked['id']}/proposal/confirm")
    done = await cast["deputy"].post(confirm, if_match=answer.json()["version"])
    assert done.json()["state"] == "active", done.text


async def test_who_led_beside_another_before_the_last_decision_leads_no_more(world: World) -> None:
    cast = await make_cast(world)
    beside = await world.person((Role.coordinator, cast.network.id))
    await _steps_down(cast, beside)
    for decided, state in ((False, "requested"), (True, "active")):
        if decided:
            await _decided(cast)
        own = await world.organisation(f"Entisen oma {decided} ry")
        assert beside.id is not None
        await world.grant(beside.id, Role.owner, own.id)
        answer = await _approve(cast, cast["coordinator"], await _asks(cast, beside, own))
        assert answer.json()["state"] == state, answer.text


async def _puppet(world: World, maker: Client) -> Client:
    """Somebody's second mailbox: an account that came of their invitation."""
    assert maker.id is not None
    made = await world.person()
    account = await world.session.get_one(User, made.id)
    account.invited_by = maker.id
    await world.session.flush()
    return made


async def _founds(by: Client) -> dict[str, Any]:
    given = {
        "names": {"fi": "Toisen osoitteen kerho ry"},
        "association_register_number": "200.111",
        "sector": "association",
        "legal_form": "registered_association",
        "home_municipality_code": OULU,
    }
    made = await by.post("/organisations", given)
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


async def test_whoever_made_the_account_that_added_it_neither_confirms_nor_admits_alone(world: World) -> None:
    """Attack G25: a second mailbox adds, its maker confirms and takes in."""
    cast = await make_cast(world)
    lead = cast["coordinator"]
    puppet = await _puppet(world, lead)
    made = await _founds(puppet)
    asked = await puppet.post(_members(cast), {"organisation_id": made["id"]})
    assert asked.status_code == 201, asked.text
    standing = (await lead.get(f"/organisations/{made['id']}/confirmation")).json()
    assert not standing["may_confirm"]
    tasks = (await lead.get("/tasks?kind=organisation_to_confirm")).json()["items"]
    assert tasks == []
    version = made["version"]
    no = await lead.post(f"/organisations/{made['id']}/confirm", if_match=version)
    assert (no.status_code, no.json()["code"]) == (403, "confirms_own_organisation"), no.text
    organisation = await world.session.get_one(Organisation, UUID(made["id"]))
    organisation.confirmed_at, organisation.source = clock.now(), ConfirmationSource.operator
    await world.session.flush()
    answer = await _approve(cast, lead, asked.json())
    assert (answer.json()["state"], answer.json()["proposal"]["kind"]) == ("requested", "admit"), answer.text


async def test_one_coordinator_does_not_both_confirm_and_admit(world: World) -> None:
    cast = await make_cast(world)
    lead = cast["coordinator"]
    adder = await world.person()
    made = await _founds(adder)
    asked = (await adder.post(_members(cast), {"organisation_id": made["id"]})).json()
    yes = await lead.post(f"/organisations/{made['id']}/confirm", if_match=made["version"])
    assert yes.status_code == 200, yes.text
    answer = await _approve(cast, lead, asked)
    assert (answer.json()["state"], answer.json()["proposal"]["kind"]) == ("requested", "admit"), answer.text
    confirm = _members(cast, f"/{asked['id']}/proposal/confirm")
    done = await cast["deputy"].post(confirm, if_match=answer.json()["version"])
    assert done.json()["state"] == "active", done.text


@pytest.mark.parametrize(("made", "state"), [(True, "requested"), (False, "active")])
async def test_what_an_account_of_ones_making_confirmed_one_does_not_admit_alone(
    world: World, made: bool, state: str
) -> None:
    cast = await make_cast(world)
    lead, organisation = cast["coordinator"], await world.organisation("Kerho ry")
    officer = await _puppet(world, lead) if made else lead
    organisation.confirmed_by, organisation.source = officer.id, ConfirmationSource.officer
    await world.session.flush()
    owner = await world.person((Role.owner, organisation.id))
    answer = await _approve(cast, lead, await _asks(cast, owner, organisation))
    assert answer.json()["state"] == state, answer.text


async def test_an_operator_confirms_what_somebody_whom_they_invited_has_added(world: World) -> None:
    operator = await world.operator()
    adder = await _puppet(world, operator)
    made = await _founds(adder)
    yes = await operator.post(f"/organisations/{made['id']}/confirm", if_match=made["version"])
    assert yes.status_code == 200, yes.text
