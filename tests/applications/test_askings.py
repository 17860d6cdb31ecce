"""Asking others to apply together is no means of writing to them again and again."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, func, select

from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import TakenOutApplicant
from puumerkki.applications.service.applicants import remind_asked
from puumerkki.applications.service.askings import MOST_OF_ONE, MOST_OPEN, delete_expired_removals
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.organisations.models.organisations import Contact, Organisation
from tests.applications.drafts import draft
from tests.factories import Client, World
from tests.personas import Cast, make_cast

NOON = clock.now().replace(hour=10)


async def mails(world: World, organisation: Organisation) -> int:
    """How many mails an organisation got that has a contact only."""
    counted = select(func.count()).select_from(OutboxMessage)
    return (await world.session.exec(counted.where(col(OutboxMessage.recipient) == address(organisation)))).one()


def address(organisation: Organisation) -> str:
    return f"{organisation.id.hex}@example.org"


async def neighbour(world: World, cast: Cast) -> Organisation:
    world.session.add(Contact(organisation_id=cast.neighbour.id, name="Hilja", email=address(cast.neighbour)))
    await world.session.flush()
    return cast.neighbour


async def name(caller: Client, made: dict[str, Any], *organisations: Organisation) -> Any:
    path = f"/applications/{made['id']}"
    version = (await caller.get(path)).json()["version"]
    return await caller.patch(path, {"co_applicant_ids": [str(one.id) for one in organisations]}, if_match=version)


async def again_and_again(world: World, cast: Cast, made: dict[str, Any], organisation: Organisation) -> None:
    editor = await world.again(cast["editor"])
    for _ in range(5):
        assert (await name(editor, made)).status_code == 200
        assert (await name(editor, made, organisation)).status_code == 200


async def test_naming_anew_is_no_new_asking(world: World) -> None:
    with clock.fixed(NOON):
        cast = await make_cast(world)
        asked = await neighbour(world, cast)
        made = await draft(cast, co_applicant_ids=[str(asked.id)])
        await again_and_again(world, cast, made, asked)
    assert await mails(world, asked) == 1
    with clock.fixed(NOON + timedelta(days=1)):
        await again_and_again(world, cast, made, asked)
        released = await step(await world.again(cast["editor"]), made, "release_co_applicants")
        assert released.status_code == 200
        await remind_asked(world.session)
    assert await mails(world, asked) == 1
    with clock.fixed(NOON + timedelta(days=2, hours=1)):
        await again_and_again(world, cast, made, asked)
    assert await mails(world, asked) == 2


async def step(caller: Client, made: dict[str, Any], action: str) -> Any:
    path = f"/applications/{made['id']}"
    return await caller.post(f"{path}/{action}", if_match=(await caller.get(path)).json()["version"])


async def test_who_declined_is_left_alone_for_two_weeks(world: World) -> None:
    with clock.fixed(NOON):
        cast = await make_cast(world)
        asked = cast.neighbour
        owner = await world.person((Role.owner, asked.id))

    async def state() -> list[str | None]:
        path = f"/applications/{made['id']}"
        return [one["answer"] for one in (await (await world.again(cast["editor"])).get(path)).json()["co_applicants"]]

    async def letters() -> int:
        assert owner.id is not None
        counted = select(func.count()).select_from(OutboxMessage)
        to = col(OutboxMessage.recipient) == f"{owner.id.hex}@example.org"
        return (await world.session.exec(counted.where(to))).one()

    with clock.fixed(NOON):
        made = await draft(cast, co_applicant_ids=[str(asked.id)])
        path = f"/applications/{made['id']}"
        assert (await owner.put(f"{path}/applicants/{asked.id}", {"answer": "declined"})).status_code == 204
        await again_and_again(world, cast, made, asked)
        assert (await owner.get(path)).status_code == 404
        assert await state() == ["declined"]
    with clock.fixed(NOON + timedelta(days=13)):
        await again_and_again(world, cast, made, asked)
        await remind_asked(world.session)
        assert (await state(), await letters()) == (["declined"], 1)
    with clock.fixed(NOON + timedelta(days=15)):
        await again_and_again(world, cast, made, asked)
        assert (await state(), await letters()) == ([None], 2)


async def test_who_accepted_and_was_taken_out_agrees_anew(world: World) -> None:
    cast = await make_cast(world)
    owner = await world.person((Role.owner, cast.neighbour.id))
    made = await draft(cast, co_applicant_ids=[str(cast.neighbour.id)])
    path = f"/applications/{made['id']}"
    answer = f"{path}/applicants/{cast.neighbour.id}"
    assert (await owner.put(answer, {"answer": "accepted"})).status_code == 204
    assert (await name(cast["editor"], made)).status_code == 200
    assert (await owner.get(path)).status_code == 404
    shown = await name(cast["editor"], made, cast.neighbour)
    assert [one["answer"] for one in shown.json()["co_applicants"]] == [None]
    assert (await owner.put(answer, {"answer": "accepted"})).status_code == 204


async def test_one_organisation_asks_only_so_many_at_once(world: World) -> None:
    cast = await make_cast(world)
    asked = await neighbour(world, cast)
    for _ in range(MOST_OF_ONE):
        made = await draft(cast, co_applicant_ids=[str(asked.id)])
        deleted = await cast["editor"].delete(f"/applications/{made['id']}", if_match=made["version"])
        assert deleted.status_code == 204, "a draft that is thrown away counts as well"
    made = await draft(cast)
    refused = await name(cast["editor"], made, asked)
    assert (refused.status_code, refused.json()["code"], refused.json()["most"]) == (
        409,
        "too_many_askings",
        MOST_OF_ONE,
    )
    assert await mails(world, asked) == MOST_OF_ONE
    others = [await world.organisation(f"Yhdistys {number} ry") for number in range(MOST_OPEN - MOST_OF_ONE + 1)]
    assert (await name(cast["editor"], made, *others[1:])).status_code == 200
    refused = await name(cast["editor"], made, *others)
    assert (refused.json()["code"], refused.json()["most"]) == ("too_many_askings", MOST_OPEN)
    with clock.fixed(clock.now() + timedelta(days=3)):
        assert (await name(await world.again(cast["editor"]), made, asked)).status_code == 200


async def test_what_was_taken_out_is_forgotten_in_time(world: World) -> None:
    cast = await make_cast(world)
    made = await draft(cast, co_applicant_ids=[str(cast.neighbour.id)])
    assert (await name(cast["editor"], made)).status_code == 200
    for days, left in ((13, 1), (15, 0)):
        with clock.fixed(clock.now() + timedelta(days=days)):
            await delete_expired_removals(world.session)
        found = await world.session.exec(
            select(TakenOutApplicant).where(col(TakenOutApplicant.application_id) == made["id"])
        )
        assert len(found.all()) == left
