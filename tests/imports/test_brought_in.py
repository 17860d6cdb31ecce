"""Membership begins with the yes of who runs the organisation; an operator's list is told, and can be objected to."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.kernel.formatting import written_day
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.networks.models.networks import Network, NetworkMember, NetworkState
from puumerkki.organisations.models.organisations import Contact, Organisation
from tests.factories import Client, World
from tests.imports.helpers import bring, counts, faults, rows, told
from tests.personas import Cast, make_cast

LIST = "name\nTuotu ry\nHiljainen ry\n"
SOURCE = "Perustavan kokouksen luettelo 12.11.2026"


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


async def _two(cast: Cast) -> tuple[Organisation, Organisation, Client]:
    """One that somebody runs, and one that has only a contact."""
    world = cast.world
    first, second = await world.organisation("Tuotu ry"), await world.organisation("Hiljainen ry")
    world.session.add(Contact(organisation_id=second.id, name="Toimisto", email="toimisto@hiljainen.example"))
    return first, second, await world.person((Role.owner, first.id))


async def _forming(cast: Cast) -> Network:
    network = await cast.world.network("Alkava", state=NetworkState.forming)
    await cast.world.rulebook(network)
    return network


async def _brought(cast: Cast, network: Network) -> Any:
    return await bring(cast, "members", LIST, at=network.id, source=SOURCE)


async def test_a_list_makes_members_only_by_the_operator_and_while_the_network_is_forming(cast: Cast) -> None:
    first, _, _ = await _two(cast)
    assert counts(await bring(cast, "members", LIST)) == (2, 0, 0, 0)
    assert await told(cast, "member.") == [("member.invited", "network", [])] * 2, "the network works already"
    [one] = await rows(cast, NetworkMember, organisation_id=first.id)
    assert (one.state, one.source, one.invited_by) == ("invited", None, None)
    network = await _forming(cast)
    assert counts(await bring(cast, "members", LIST, at=network.id, by=cast["coordinator"].id)) == (2, 0, 0, 0)
    invited = await rows(cast, NetworkMember, network_id=network.id)
    assert [(one.state, one.invited_by) for one in invited] == [("invited", cast["coordinator"].id)] * 2
    assert (await cast.world.session.exec(select(OutboxMessage))).all() == []


async def test_whoever_was_brought_in_is_told_sees_the_source_and_objects(cast: Cast) -> None:
    first, second, owner = await _two(cast)
    network = await _forming(cast)
    assert counts(await _brought(cast, network)) == (2, 0, 0, 0)
    [one] = await rows(cast, NetworkMember, organisation_id=first.id)
    [other] = await rows(cast, NetworkMember, organisation_id=second.id)
    assert (one.state, one.source, other.state) == ("active", SOURCE, "active")
    last = clock.today() + timedelta(days=14)
    written = (await cast.world.session.exec(select(OutboxMessage))).all()
    assert {mail.recipient for mail in written} >= {"toimisto@hiljainen.example"}
    assert len(written) == 2
    assert all(SOURCE in mail.body and written_day(last, "fi") in mail.body for mail in written)
    path = f"/networks/{network.id}/members/{one.id}"
    seen = (await owner.get(path)).json()
    assert (seen["source"], seen["objection_until"] is not None) == (SOURCE, True)
    tasks = (await owner.get("/tasks")).json()["items"]
    assert [(task["kind"], task["due_on"]) for task in tasks if "membership" in task["kind"]] == [
        ("membership_brought_in", last.isoformat())
    ]
    stranger = await cast.world.person((Role.owner, second.id))
    assert (await stranger.post(f"{path}/object", if_match=one.version)).status_code == 403
    ended = await owner.post(f"{path}/object", if_match=one.version)
    assert (ended.status_code, ended.json()["state"]) == (200, "left"), ended.text
    types = [kind for kind, *_ in await told(cast, "member.")]
    assert types[-2:] == ["member.objected", "member.left"]
    assert counts(await bring(cast, "members", "name\nHiljainen ry\n", at=network.id)) == (0, 0, 1, 0)
    assert (await cast.world.session.exec(select(OutboxMessage))).all() == written, "nobody is told twice"


async def test_after_fourteen_days_it_is_a_member_like_any_other(cast: Cast) -> None:
    first, _, owner = await _two(cast)
    network = await _forming(cast)
    await _brought(cast, network)
    [one] = await rows(cast, NetworkMember, organisation_id=first.id)
    path = f"/networks/{network.id}/members/{one.id}/object"
    with clock.fixed(clock.now() + timedelta(days=15)):
        owner = await cast.world.again(owner)
        late = await owner.post(path, if_match=one.version)
        assert (late.status_code, late.json()["code"]) == (409, "objection_over")
        tasks = (await owner.get("/tasks")).json()["items"]
        assert "membership_brought_in" not in {task["kind"] for task in tasks}
    own = await cast["owner"].post(
        f"/networks/{cast.network.id}/members/{cast.association_member.id}/object",
        if_match=cast.association_member.version,
    )
    assert own.json()["code"] == "objection_over", "it asked or accepted itself"


async def test_accepting_the_rulebook_answers_too(cast: Cast) -> None:
    first, _, owner = await _two(cast)
    network = await _forming(cast)
    await _brought(cast, network)
    [one] = await rows(cast, NetworkMember, organisation_id=first.id)
    accepted = await owner.put(f"/networks/{network.id}/rulebooks/1/acceptances/{one.id}")
    assert accepted.is_success, accepted.text
    tasks = (await owner.get("/tasks")).json()["items"]
    assert "membership_brought_in" not in {task["kind"] for task in tasks}


async def test_no_list_takes_a_members_vote(cast: Cast) -> None:
    taking = "name,votes\nVanhusten Ystävät ry,no\nNaapuriapu ry,\n"
    for by in (cast["coordinator"].id, None):
        result = await bring(cast, "members", taking, by=by)
        assert [(row, column) for row, column, _ in faults(result)] == [(2, "votes")]
        assert result.errors[0].code == "vote_needs_proposal"
    cast.association_member.votes = False
    await cast.world.session.flush()
    given = "name,votes\nVanhusten Ystävät ry,yes\n"
    assert counts(await bring(cast, "members", given, by=cast["coordinator"].id)) == (0, 1, 0, 0)
