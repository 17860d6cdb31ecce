"""What an applicant's step does in the other rooms comes in one order, whoever takes part in it."""

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.networks.models.networks import Rulebook
from tests.factories import World
from tests.partnerships.ways_on import Walk, at_the_city, clocks


async def _told(walk: Walk) -> list[str]:
    return list((await walk.world.session.exec(select(EventRow.type).order_by(col(EventRow.id)))).all())


async def _step(walk: Walk, action: str) -> list[str]:
    """What is told of an applicant's step, in order."""
    owner = await walk.world.person((Role.owner, walk.scene.applicant.id), (Role.editor, walk.scene.applicant.id))
    before = len(await _told(walk))
    path = f"/applications/{walk.scene.application.id}"
    answer = await owner.post(f"{path}/{action}", if_match=(await owner.get(path)).json()["version"])
    assert answer.is_success, answer.text
    return (await _told(walk))[before:]


async def test_withdrawing_with_a_decided_case(world: World) -> None:
    """The case is to be looked at since nobody asks any more, before its decision's endorsement ends."""
    with clocks() as stack:
        walk = await at_the_city(world, stack)
        await walk.endorsed()
        await walk.decided()
        assert await _step(walk, "withdraw") == [
            "partner_request.to_look_at",
            "endorsement.revoked",
            "handling.withdrawn",
            "application.withdrawn",
        ]
        assert (await walk.seen())["to_look_at"] == "application_withdrawn"


async def test_a_minor_version_of_an_endorsed_one(world: World) -> None:
    """The new endorsement is there, and the case moves onto it, before the version arrives at the authority."""
    with clocks() as stack:
        walk = await at_the_city(world, stack)
        await walk.endorsed()
        await walk.step(walk.officer, "begin")
        [book] = (await world.session.exec(select(Rulebook))).all()
        book.rule = book.rule | {"minor_fields": ["title"]}
        await world.session.flush()
        path = f"/applications/{walk.scene.application.id}"
        version = (await walk.scene.editor.get(path)).json()["version"]
        assert (await walk.scene.editor.patch(path, {"title": "Toinen nimi"}, if_match=version)).is_success
        assert await _step(walk, "submit") == [
            "application.submitted",
            "endorsement.issued",
            "partner_request.moved",
            "endorsement.superseded",
            "handling.moved",
        ]
        assert (await walk.seen())["version_number"] == 2
