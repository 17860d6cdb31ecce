"""Applying together: asked, answered, reminded, released, left."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.applications.queries.application_tasks import TASKS
from puumerkki.applications.service.applicants import remind_asked
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.organisations.models.organisations import Contact, Organisation
from tests.applications.drafts import draft, submitted
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.personas import Cast, make_cast
from tests.tasks import tasks_of


async def answer(caller: Client, made: dict[str, Any], organisation: Organisation, what: str) -> Any:
    return await caller.put(f"/applications/{made['id']}/applicants/{organisation.id}", {"answer": what})


async def mails(world: World, recipient: str) -> list[str]:
    found = await world.session.exec(select(OutboxMessage).where(col(OutboxMessage.recipient) == recipient))
    return [one.subject for one in found.all()]


def address(caller: Client) -> str:
    assert caller.id is not None
    return f"{caller.id.hex}@example.org"


async def tasks(world: World, caller: Client) -> list[tuple[str, UUID]]:
    found = await tasks_of(world.session, caller.id, TASKS)
    return [(row.kind, row.organisation_id) for row in found if row.organisation_id is not None]


async def step(caller: Client, made: dict[str, Any], action: str) -> Any:
    path = f"/applications/{made['id']}"
    return await caller.post(f"{path}/{action}", if_match=(await caller.get(path)).json()["version"])


async def asked(world: World) -> tuple[Cast, Client, dict[str, Any]]:
    """The association asks its neighbour to apply together; the neighbour's owner."""
    cast = await make_cast(world)
    owner = await world.person((Role.owner, cast.neighbour.id))
    return cast, owner, await draft(cast, co_applicant_ids=[str(cast.neighbour.id)])


async def test_a_version_names_only_who_said_yes(world: World) -> None:
    cast, owner, made = await asked(world)
    assert await tasks(world, owner) == [("co_applicant_to_answer", cast.neighbour.id)]
    [subject] = await mails(world, address(owner))
    assert subject == "Pyyntö hakea yhdessä: Yhdessä kotona"
    seen = (await owner.get(f"/applications/{made['id']}")).json()
    assert (seen["working_copy"], seen["co_applicants"][0]["answer"], seen["co_applicants"][0]["may_answer"]) == (
        True,
        None,
        True,
    )
    refused = await step(cast["editor"], made, "submit")
    assert (refused.status_code, refused.json()["code"]) == (409, "co_applicants_unanswered")
    assert refused.json()["organisations"] == [{"id": str(cast.neighbour.id), "names": cast.neighbour.names}]
    viewer = await world.person((Role.viewer, cast.neighbour.id))
    assert (await answer(viewer, made, cast.neighbour, "accepted")).status_code == 403
    assert (await answer(cast["owner"], made, cast.neighbour, "accepted")).status_code == 403
    assert (await answer(owner, made, cast.neighbour, "left")).json()["code"] == "answer_not_open"
    for _ in range(2):
        assert (await answer(owner, made, cast.neighbour, "accepted")).status_code == 204
    assert (await answer(owner, made, cast.neighbour, "declined")).json()["code"] == "answer_not_open"
    assert await tasks(world, owner) == []
    editor = await world.person((Role.editor, cast.neighbour.id))
    assert (await step(cast["editor"], made, "submit")).status_code == 200
    assert await mails(world, address(editor)) == ["Hakemus on lähetetty käsittelyyn: Yhdessä kotona"]
    assert "Hakee mukana: Yhdessä kotona" in await mails(world, address(cast["editor"]))


async def test_who_declines_sees_no_more_of_it(world: World) -> None:
    cast, owner, made = await asked(world)
    assert (await answer(owner, made, cast.neighbour, "declined")).status_code == 204
    assert (await owner.get(f"/applications/{made['id']}")).status_code == 404
    assert (await answer(owner, made, cast.neighbour, "left")).status_code == 404
    assert (await step(cast["editor"], made, "submit")).json()["code"] == "co_applicants_unanswered"


async def test_a_no_by_mistake_is_taken_back_while_it_is_named(world: World) -> None:
    cast, owner, made = await asked(world)
    assert (await answer(owner, made, cast.neighbour, "declined")).status_code == 204
    viewer = await world.person((Role.viewer, cast.neighbour.id))
    for other in (viewer, cast["owner"], await world.service(Role.owner, cast.neighbour)):
        assert not (await answer(other, made, cast.neighbour, "accepted")).is_success
    late = clock.now() + timedelta(days=30)
    with clock.fixed(late):
        owner = await world.again(owner)
        assert (await answer(owner, made, cast.neighbour, "accepted")).status_code == 204
        assert (await owner.get(f"/applications/{made['id']}")).json()["working_copy"] is True
        assert (await answer(owner, made, cast.neighbour, "declined")).json()["code"] == "answer_not_open"
    assert (await step(cast["editor"], made, "submit")).status_code == 200
    assert "Hakee mukana: Yhdessä kotona" in await mails(world, address(cast["editor"]))


async def test_a_no_of_who_was_taken_out_is_taken_back_for_fourteen_days(world: World) -> None:
    """It joins nobody's application by itself: the leading applicant names it again, and it stands as accepted."""
    cast, owner, made = await asked(world)
    assert (await answer(owner, made, cast.neighbour, "declined")).status_code == 204
    assert (await step(cast["editor"], made, "release_co_applicants")).status_code == 200
    with clock.fixed(clock.now() + timedelta(days=15)):
        late = await world.again(owner)
        assert (await answer(late, made, cast.neighbour, "accepted")).status_code == 404
    assert (await answer(owner, made, cast.neighbour, "accepted")).status_code == 204
    assert (await owner.get(f"/applications/{made['id']}")).status_code == 404
    path = f"/applications/{made['id']}"
    seen = (await cast["editor"].get(path)).json()
    assert seen["co_applicants"] == []
    again = {"co_applicant_ids": [str(cast.neighbour.id)]}
    named = await cast["editor"].patch(path, again, if_match=seen["version"])
    assert [one["answer"] for one in named.json()["co_applicants"]] == ["accepted"]
    assert len(await mails(world, address(owner))) == 1, "it is not asked once more"
    assert (await step(cast["editor"], made, "submit")).status_code == 200


async def test_one_click_takes_out_whoever_has_not_answered(world: World) -> None:
    cast, owner, made = await asked(world)
    released = await step(cast["editor"], made, "release_co_applicants")
    assert released.status_code == 200, released.text
    assert released.json()["co_applicants"] == []
    assert released.json()["content"]["partners"] == made["content"]["partners"] + "\nNaapuriapu ry"
    assert (await step(cast["editor"], made, "release_co_applicants")).json()["code"] == "nothing_to_release"
    assert (await step(cast["editor"], made, "submit")).status_code == 200
    assert (await owner.get(f"/applications/{made['id']}")).status_code == 404


async def test_an_organisation_without_people_is_written_to_by_its_contact(world: World) -> None:
    cast = await make_cast(world)
    quiet = await world.organisation("Hiljaiset ry")
    world.session.add(Contact(organisation_id=quiet.id, name="Hilja", email="hilja@example.org"))
    await world.session.flush()
    await draft(cast, co_applicant_ids=[str(quiet.id)])
    assert await mails(world, "hilja@example.org") == ["Pyyntö hakea yhdessä: Yhdessä kotona"]


async def test_reminders_come_after_two_and_five_days(world: World) -> None:
    begin = clock.now().replace(hour=10)
    with clock.fixed(begin):
        _, owner, made = await asked(world)
    for days, expected in ((1, 1), (2, 2), (3, 2), (5, 3), (9, 3)):
        with clock.fixed(begin + timedelta(days=days)):
            await remind_asked(world.session)
        assert len(await mails(world, address(owner))) == expected, (days, made)
    with clock.fixed(begin):
        _, late, _ = await asked(world)
    with clock.fixed(begin + timedelta(days=6)):
        await remind_asked(world.session)
        await remind_asked(world.session)
    assert len(await mails(world, address(late))) == 2, "one reminder, however late the clock is"


async def test_next_years_application_asks_them_anew(world: World) -> None:
    cast, owner, made = await asked(world)
    assert (await answer(owner, made, cast.neighbour, "accepted")).status_code == 204
    assert (await step(cast["editor"], made, "submit")).status_code == 200
    continued = (await step(cast["editor"], made, "continue")).json()
    assert [(one["id"], one["answer"]) for one in continued["co_applicants"]] == [(str(cast.neighbour.id), None)]


async def with_version(scene: Scene) -> tuple[Organisation, Client]:
    """A version that a co-applicant accepted is before the network."""
    other = await scene.world.organisation("Kanssahakija ry")
    owner = await scene.world.person((Role.owner, other.id))
    made = {"id": str(scene.application.id)}
    path = f"/applications/{scene.application.id}"
    version = (await scene.editor.get(path)).json()["version"]
    await scene.editor.patch(path, {"co_applicant_ids": [str(other.id)]}, if_match=version)
    assert (await answer(owner, made, other, "accepted")).status_code == 204
    assert (await step(scene.editor, made, "submit")).status_code == 200
    return other, owner


async def test_leaving_lets_the_ballot_be_counted_but_no_endorsement_is_given(world: World) -> None:
    scene = await make_scene(world, members=2)
    other, owner = await with_version(scene)
    made = {"id": str(scene.application.id)}
    await scene.to_ballot()
    for name in ("a", "b"):
        assert (await scene.vote(name, "for")).status_code == 200
    assert (await answer(owner, made, other, "left")).status_code == 204
    # taking it out of the working copy afterwards changes nothing of the version that was voted on
    path = f"/applications/{scene.application.id}"
    seen = (await scene.editor.get(path)).json()
    assert [one["answer"] for one in seen["co_applicants"]] == ["left"]
    await scene.editor.patch(path, {"co_applicant_ids": []}, if_match=seen["version"])
    assert (await scene.on_ballot("close")).status_code == 200
    assert (await scene.act("endorse")).json()["code"] == "applicant_left"
    shown = (await owner.get(path)).json()
    assert (shown["working_copy"], shown["co_applicants"][0]["answer"]) == (False, "left"), "it reads what it was in"
    assert (await answer(owner, made, other, "accepted")).status_code == 409
    assert (await step(scene.editor, made, "submit")).status_code == 200
    assert (await scene.row()).state == "in_review"


async def test_leaving_and_coming_back_asks_for_a_new_version(world: World) -> None:
    scene = await make_scene(world, members=2)
    other, owner = await with_version(scene)
    made = {"id": str(scene.application.id)}
    assert (await answer(owner, made, other, "left")).status_code == 204
    path = f"/applications/{scene.application.id}"
    for ids in ([], [str(other.id)]):
        version = (await scene.editor.get(path)).json()["version"]
        await scene.editor.patch(path, {"co_applicant_ids": ids}, if_match=version)
    assert (await answer(owner, made, other, "accepted")).status_code == 204
    assert (await step(scene.editor, made, "submit")).status_code == 200, "nothing else has changed"
    await scene.to_endorsed()


async def test_an_endorsement_moves_to_no_version_of_other_applicants(world: World) -> None:
    scene = await make_scene(world, members=2)
    await scene.to_ballot()
    assert (await scene.vote("a", "for_with_conditions", condition="Kuljetukset sovitaan.")).status_code == 200
    assert (await scene.vote("b", "for")).status_code == 200
    assert (await scene.on_ballot("close")).status_code == 200
    answered = await scene.on_ballot(f"conditions/{scene.members['a'].id}", {"taken": True, "when": "later"})
    assert answered.status_code == 200, answered.text
    await scene.must("endorse")
    await with_version(scene)
    assert (await scene.act("confirm_conditions", {"met": [0]})).json()["code"] == "applicants_changed"
    assert (await scene.must("take_new_version"))["state"] == "received"


async def test_the_register_names_applicants_as_they_were_called(world: World) -> None:
    scene = await make_scene(world, members=2)
    number = await scene.to_endorsed()
    scene.applicant.names = {"fi": "Uusi nimi ry"}
    await world.session.flush()
    shown = (await world.nobody.get(f"/endorsements/{number}")).json()
    assert [one["names"]["fi"] for one in shown["applicants"]] == ["Vanhusten Ystävät ry"]


async def test_only_the_leading_applicant_closes_and_recalls(world: World) -> None:
    cast, owner, made = await asked(world)
    await answer(owner, made, cast.neighbour, "accepted")
    assert (await step(cast["editor"], made, "submit")).status_code == 200
    other = await world.person((Role.editor, cast.neighbour.id))
    assert (await step(other, made, "close")).status_code == 403
    found = (await other.get(f"/partner-requests?application={made['id']}")).json()["items"][0]
    path = f"/partner-requests/{found['id']}"
    assert (await cast["officer"].post(f"{path}/begin", if_match=found["version"])).status_code == 200
    version = (await other.get(path)).json()["version"]
    assert (await other.post(f"{path}/recall", if_match=version)).status_code == 403
    assert (await cast["editor"].post(f"{path}/recall", if_match=version)).status_code == 200


async def test_an_application_alone_has_nothing_to_answer(world: World) -> None:
    cast = await make_cast(world)
    made = await submitted(cast)
    assert (await answer(cast["owner"], made, cast.association, "left")).json()["code"] == "answer_not_open"
