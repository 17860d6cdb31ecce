"""Members: how they come, who speaks for them, how they go."""

from datetime import timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.roles import Role
from puumerkki.identity.models import MailedLink, RoleOffer, User, UserState
from puumerkki.kernel import clock
from puumerkki.kernel.csv_cells import plain_cell
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.networks import queries
from puumerkki.networks.models.networks import MemberState
from tests.factories import World
from tests.personas import make_cast


async def test_who_asks_decides_whether_it_is_an_invitation_or_a_request(world: World) -> None:
    network = await world.network()
    invited, asking, own = [await world.organisation(f"Yhdistys {number} ry") for number in range(3)]
    leader = await world.person((Role.coordinator, network.id), (Role.owner, own.id))
    owner = await world.person((Role.owner, asking.id))
    path = f"/networks/{network.id}/members"
    first = await leader.post(path, {"organisation_id": str(invited.id)})
    assert (first.status_code, first.json()["state"]) == (201, "invited")
    assert first.headers["location"].endswith(first.json()["id"])
    second = await owner.post(path, {"organisation_id": str(asking.id)})
    assert second.json()["state"] == "requested"
    third = await leader.post(path, {"organisation_id": str(own.id)})
    assert third.json()["code"] == "nobody_confirms", "nobody takes in alone what is theirs"
    await world.member(network, own)
    assert (await owner.post(path, {"organisation_id": str(invited.id)})).status_code == 403
    assert [one["state"] for one in (await world.nobody.get(path)).json()["items"]] == ["active"]
    assert len((await leader.get(path)).json()["items"]) == 3
    assert [one["state"] for one in (await owner.get(path)).json()["items"]] == ["requested", "active"]
    assert len((await leader.get(f"{path}?state=invited")).json()["items"]) == 1
    outsider = await world.person()
    assert (await outsider.get(f"{path}/{first.json()['id']}")).status_code == 404


async def test_a_removed_member_knows_why_and_may_come_again(world: World, session: AsyncSession) -> None:
    cast = await make_cast(world)
    path = f"/networks/{cast.network.id}/members"
    member = f"{path}/{cast.association_member.id}"
    reason = {"reason": "Toiminta on loppunut."}
    assert (await cast["coordinator"].post(f"{member}/remove", reason, if_match=1)).status_code == 200
    with clock.fixed(clock.now() + timedelta(days=8)):
        second = await world.again(cast["deputy"])
        removed = await second.post(f"{member}/proposal/confirm", if_match=2)
    assert removed.json()["end_reason"] == "Toiminta on loppunut."
    assert (await cast["owner"].get(member)).json()["end_reason"] == "Toiminta on loppunut."
    assert (await world.nobody.get(member)).status_code == 404
    again = await cast["owner"].post(path, {"organisation_id": str(cast.association.id)})
    assert (again.json()["state"], again.json()["end_reason"]) == ("requested", None)
    back = await cast["coordinator"].post(f"{member}/approve", if_match=again.json()["version"])
    assert (back.json()["state"], back.json()["ended_at"]) == ("active", None)
    told = (
        await session.exec(
            select(EventRow.type, EventRow.data).where(EventRow.subject_id == cast.association_member.id)
        )
    ).all()
    before = ["member.proposed", "member.proposal_carried", "member.left"]
    assert {kind for kind, _ in told} == {*before, "member.requested", "member.joined"}
    assert [data["removed"] for kind, data in told if kind == "member.left"] == [True]
    assert "Toiminta" not in str([data for _, data in told])


async def test_a_member_that_left_has_no_voice(world: World, session: AsyncSession) -> None:
    cast = await make_cast(world)
    member = cast.association_member
    path = f"/networks/{cast.network.id}/members/{member.id}"
    speaker = await world.person((Role.viewer, cast.association.id))
    named = await cast["owner"].put(f"{path}/representative", {"principal_id": str(speaker.id)}, if_match=1)
    assert named.status_code == 200, named.text
    mailed = {"email": "uusi@example.org", "name": "Uusi Ihminen"}
    deputy = await cast["owner"].put(f"{path}/deputy", mailed, if_match=2)
    assert (deputy.status_code, deputy.json()["invited"]) == (200, True), deputy.text
    actor = await load_actor(session, Caller(id=speaker.id, kind=PrincipalKind.user))
    assert actor.represented_members(cast.network.id) == {cast.association.id}
    assert [one.id for one in await queries.electorate(session, cast.network.id)] == [
        member.id,
        cast.neighbour_member.id,
    ]
    left = await cast["owner"].post(f"{path}/leave", if_match=3)
    assert left.json()["state"] == "left"
    actor = await load_actor(session, Caller(id=speaker.id, kind=PrincipalKind.user))
    assert actor.represented_members(cast.network.id) == frozenset()
    assert [one.id for one in await queries.electorate(session, cast.network.id)] == [cast.neighbour_member.id]
    assert not await queries.takes_part_now(session, member)
    assert deputy.json()["principal_id"] is None, "whom an address belongs to is told to nobody"
    invited = select(User.id).where(col(User.email) == mailed["email"])
    links = await session.exec(select(MailedLink.used_at).where(col(MailedLink.user_id).in_(invited)))
    assert None not in links.all()
    assert (await session.exec(select(RoleOffer))).all() == []
    neighbour = await load_actor(session, Caller(id=cast["representative"].id, kind=PrincipalKind.user))
    assert neighbour.represented_members(cast.network.id) == {cast.neighbour.id}


async def test_a_representative_is_of_the_organisation_and_one(world: World, session: AsyncSession) -> None:
    cast = await make_cast(world)
    path = f"/networks/{cast.network.id}/members/{cast.association_member.id}"
    stranger = await world.person()
    answer = await cast["owner"].put(f"{path}/representative", {"principal_id": str(stranger.id)}, if_match=1)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "not_in_organisation")
    both = {"principal_id": str(stranger.id), "email": "a@example.org", "name": "A"}
    for bad in ({}, both, {"email": "a@example.org"}):
        assert (await cast["owner"].put(f"{path}/deputy", bad, if_match=1)).status_code == 422
    for version, role in enumerate(("viewer", "editor"), start=1):
        given = {"principal_id": str(cast[role].id)}
        assert (await cast["owner"].put(f"{path}/representative", given, if_match=version)).status_code == 200
    people = (await cast["chair"].get(f"{path}/people")).json()["items"]
    assert [(one["principal_id"], one["name"], one["role"]) for one in people] == [
        (str(cast["editor"].id), "editor", "representative")
    ]
    assert (await world.nobody.get(f"{path}/people")).json()["items"] == []
    assert (await cast["coordinator"].delete(f"{path}/representative", if_match=3)).status_code == 403
    assert (await cast["owner"].delete(f"{path}/representative", if_match=2)).status_code == 412
    assert (await cast["owner"].delete(f"{path}/representative", if_match=3)).status_code == 204
    assert (await cast["chair"].get(f"{path}/people")).json()["items"] == []
    user = await session.get_one(User, stranger.id)
    assert user.state == UserState.active


async def test_a_member_without_a_vote_is_no_voter(world: World, session: AsyncSession) -> None:
    cast = await make_cast(world)
    path = f"/networks/{cast.network.id}/members/{cast.association_member.id}"
    cast.association_member.votes = False
    await session.flush()
    shown = (await world.nobody.get(path)).json()
    assert (shown["votes"], shown["takes_part"]) == (False, True)
    voters = await queries.electorate(session, cast.network.id)
    assert [one.id for one in voters] == [cast.neighbour_member.id]
    assert (await cast["owner"].patch(path, {"votes": True}, if_match=2)).status_code == 403
    assert (await cast["coordinator"].patch(path, {"votes": 1}, if_match=2)).status_code == 422


async def test_the_last_coordinator_of_an_active_network_stays(world: World) -> None:
    cast = await make_cast(world)
    path = f"/networks/{cast.network.id}/officers"
    first, heir = cast["coordinator"], await world.person()
    alone = await first.delete(f"{path}/coordinator/{first.id}", if_match=1)
    assert (alone.status_code, alone.json()["code"]) == (409, "last_coordinator")
    assert (await cast["operator"].put(f"{path}/coordinator/{heir.id}", if_match=1)).status_code == 403
    assert (await first.put(f"{path}/coordinator/{heir.id}", if_match=1)).status_code == 204
    assert (await first.delete(f"{path}/coordinator/{first.id}", if_match=2)).status_code == 204
    assert (await first.get(path)).json()["items"] == []
    officers = (await heir.get(path)).json()["items"]
    assert [one["role"] for one in officers] == ["chair", "coordinator", "observer", "secretary"]
    assert (await heir.put(f"{path}/owner/{first.id}", if_match=3)).status_code == 422
    unknown = await heir.put(f"{path}/chair/{cast.network.id}", if_match=3)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "person_unknown")


async def test_an_operator_names_the_first_coordinator_only(world: World) -> None:
    network = await world.network()
    operator, person = await world.operator(), await world.person()
    path = f"/networks/{network.id}/officers"
    assert (await operator.put(f"{path}/chair/{person.id}", if_match=1)).status_code == 403
    assert (await person.put(f"{path}/coordinator/{person.id}", if_match=1)).status_code == 403
    assert (await operator.put(f"{path}/coordinator/{person.id}", if_match=1)).status_code == 204
    assert (await operator.put(f"{path}/coordinator/{operator.id}", if_match=2)).status_code == 403
    assert [one["role"] for one in (await operator.get(path)).json()["items"]] == ["coordinator"]


async def test_the_sheet_of_members_is_text_only(world: World) -> None:
    network = await world.network()
    names = (("'=cmd()", MemberState.active), ("=cmd()", MemberState.active), ("Muistiyhdistys ry", MemberState.left))
    for name, state in names:
        await world.member(network, await world.organisation(name), state=state)
    sheet = await world.nobody.get(f"/networks/{network.id}/members/export.csv?state=active")
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
    lines = sheet.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    written = {line.split(";")[3] for line in lines[1:]}
    assert written == {"'=cmd()", "''=cmd()"}
    assert {plain_cell(cell) for cell in written} == {"=cmd()", "'=cmd()"}, "each name comes back as it was"
