"""Who is told of a merge is told of its undoing; what a merge says beforehand is counted as people count."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.organisations.models.organisations import ExternalId
from tests.archiving import act
from tests.factories import World
from tests.organisations.test_hosts import address, mails
from tests.organisations.test_merging import merge, twins
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import in_force

STANDS, PARTED = "Arkistoidun organisaation paikalla jatkaa: Sama ry", "Organisaatioiden yhdistäminen on purettu"


async def sent(world: World) -> None:
    """What waits has gone out."""
    for row in (await world.session.exec(select(OutboxMessage).where(col(OutboxMessage.sent_at).is_(None)))).all():
        row.sent_at = clock.now()
    await world.session.flush()


async def scene(world: World) -> tuple[Cast, Any]:
    cast = await make_cast(world)
    await in_force(cast)
    await sent(world)
    return cast, await world.organisation("Sama ry")


async def test_others_hear_of_the_undoing_of_what_they_heard(world: World) -> None:
    cast, into = await scene(world)
    assert (await merge(cast["operator"], cast.association, into)).status_code == 200
    others = ("coordinator", "officer")
    for one in others:
        assert STANDS in await mails(world, address(cast[one]))
    await sent(world)
    assert (await act(cast["operator"], cast.association.id, "merge/undo")).status_code == 200
    for one in (*others, "owner"):
        told = [title for title in await mails(world, address(cast[one])) if title.startswith(PARTED)]
        assert told == [f"{PARTED}: Vanhusten Ystävät ry"], one


async def test_what_has_not_left_leaves_no_more(world: World) -> None:
    cast, into = await scene(world)
    before = {one: await mails(world, address(cast[one])) for one in ("coordinator", "officer", "owner")}
    assert (await merge(cast["operator"], cast.association, into)).status_code == 200
    assert (await act(cast["operator"], cast.association.id, "merge/undo")).status_code == 200
    assert {one: await mails(world, address(cast[one])) for one in before} == before


async def test_things_are_counted_and_not_rows(world: World) -> None:
    cast, into = await scene(world)
    seen = (await cast["operator"].get(f"/organisations/{cast.association.id}/merge?into={into.id}")).json()
    counts = {one["what"]: one["count"] for one in seen["moves"]}
    assert (counts["agreements"], counts["memberships"], seen["seats"]) == (1, 1, 0)


async def test_of_two_members_those_who_speak_for_the_one_that_goes_do_so_no_more(world: World) -> None:
    cast, _ = await scene(world)
    path = f"/organisations/{cast.neighbour.id}/merge?into={cast.association.id}"
    seen = (await cast["operator"].get(path)).json()
    assert seen["seats"] == 2
    assert "roles" not in {one["what"] for one in seen["moves"]}, "they end"
    assert (await merge(cast["operator"], cast.neighbour, cast.association)).status_code == 200
    written = select(OutboxMessage.body).where(col(OutboxMessage.recipient) == address(cast["owner"]))
    bodies = (await world.session.exec(written)).all()
    assert any("Päättyneitä edustajien ja varaedustajien rooleja: 2." in one for one in bodies)


async def test_the_earlier_day_of_two_memberships_stays(world: World) -> None:
    twin, into = await twins(world)
    operator, network = await world.operator(), await world.network()
    early, late = clock.now() - timedelta(days=400), clock.now() - timedelta(days=20)
    former = await world.member(network, twin, joined_at=early)
    member = await world.member(network, into, joined_at=late)
    assert (await merge(operator, twin, into)).status_code == 200
    for one, day in ((former, early), (member, early)):
        await world.session.refresh(one)
        assert one.joined_at == day
    assert (await act(operator, twin.id, "merge/undo")).status_code == 200
    await world.session.refresh(member)
    assert member.joined_at == late


async def test_what_stands_against_it_is_named(world: World) -> None:
    twin, into = await twins(world, association_register_number="111.301")
    into.association_register_number = "111.302"
    blocked = await merge(await world.operator(), twin, into)
    [one] = blocked.json()["obstacles"]
    assert one["identifiers"] == ["111.301", "111.302"]
    assert one["things"] == [{"kind": "organisation", "id": str(into.id), "names": into.names}]


async def test_of_a_chain_the_undoing_says_what_is_undone_first(world: World) -> None:
    twin, into = await twins(world)
    last, operator = await world.organisation("Viimeinen ry"), await world.operator()
    world.session.add(ExternalId(organisation_id=twin.id, scheme="ptv", value="7"))
    owner = await world.person((Role.owner, twin.id))
    assert (await merge(operator, twin, into)).status_code == 200
    assert (await merge(operator, into, last)).status_code == 200
    seen = await operator.get(f"/organisations/{twin.id}/merge/undo")
    assert seen.json()["first"] == {"id": str(into.id), "names": into.names}
    assert (await (await world.again(owner)).get(f"/organisations/{twin.id}/merge/undo")).status_code == 403
