"""Silence decides nothing: counted ballots take effect, asked ballots open, and a refusal stays on record."""

from datetime import timedelta
from typing import Any

import pytest

from puumerkki.applications.errors.applications import CountWaits
from puumerkki.handlings.service.effects import open_asked, take_effect_due
from puumerkki.kernel import clock
from tests.applications.test_co_applicants import address, answer, mails, with_version
from tests.factories import World
from tests.handlings.scene import Scene, make_scene


async def _counted(world: World, *choices: str, **rule: Any) -> Scene:
    scene = await make_scene(world, members=len(choices), **rule)
    await scene.to_ballot()
    for name, choice in zip("abcdef", choices, strict=False):
        assert (await scene.vote(name, choice)).status_code == 200
    assert (await scene.on_ballot("close")).status_code == 200
    return scene


async def _submit(scene: Scene, **changes: Any) -> Any:
    path = f"/applications/{scene.application.id}"
    version = (await scene.editor.get(path)).json()["version"]
    changed = await scene.editor.patch(path, changes, if_match=version)
    assert changed.status_code == 200, changed.text
    return await scene.editor.post(f"{path}/submit", if_match=changed.json()["version"])


async def test_a_refusal_that_was_counted_stays_on_record(world: World) -> None:
    scene = await _counted(world, "against", "against")
    refused = await _submit(scene, content={"purpose": "Toinen tarkoitus."})
    assert (refused.status_code, refused.json()["code"]) == (409, "count_waits")
    with clock.fixed(clock.now() + timedelta(days=12)):
        await take_effect_due(world.session)
        await take_effect_due(world.session)
    row = await scene.row()
    assert (row.state, row.version_number, row.reason) == ("declined", 1, "Ei täydennä nykyisiä palveluja.")
    again = await _submit(scene, content={"purpose": "Toinen tarkoitus."})
    assert again.status_code == 200, again.text
    assert (await scene.row()).state == "received"


async def test_no_version_comes_in_beside_the_guard(world: World) -> None:
    scene = await _counted(world, "against", "against")
    with pytest.raises(CountWaits):
        await scene.next_version(purpose="Toinen tarkoitus.")


async def test_a_pass_takes_effect_by_itself(world: World) -> None:
    scene = await _counted(world, "for", "for")
    shown = (await scene.coordinator.get(f"{scene.path}/ballot")).json()
    assert shown["takes_effect_at"] is not None
    with clock.fixed(clock.now() + timedelta(days=6)):
        await take_effect_due(world.session)
    assert (await scene.row()).state == "in_ballot"
    with clock.fixed(clock.now() + timedelta(days=12)):
        await take_effect_due(world.session)
    assert (await scene.row()).state == "endorsed"


async def test_what_settles_nothing_goes_back_to_review(world: World) -> None:
    scene = await _counted(world, "for", "against", method="no_objection")
    with clock.fixed(clock.now() + timedelta(days=12)):
        await take_effect_due(world.session)
    assert (await scene.row()).state == "in_review"


async def test_a_pass_whose_applicant_left_keeps_nobody_from_a_new_version(world: World) -> None:
    scene = await make_scene(world, members=2)
    other, owner = await with_version(scene)
    await scene.to_ballot()
    for name in "ab":
        await scene.vote(name, "for")
    await scene.on_ballot("close")
    assert (await _submit(scene, content={"purpose": "Toinen."})).json()["code"] == "count_waits"
    assert (await answer(owner, {"id": str(scene.application.id)}, other, "left")).status_code == 204
    assert (await _submit(scene, co_applicant_ids=[])).status_code == 200
    assert (await scene.row()).state == "in_review"


async def test_a_pass_whose_applicant_left_is_reopened_by_the_clock(world: World) -> None:
    scene = await make_scene(world, members=2)
    other, owner = await with_version(scene)
    await scene.to_ballot()
    for name in "ab":
        await scene.vote(name, "for")
    await scene.on_ballot("close")
    assert (await answer(owner, {"id": str(scene.application.id)}, other, "left")).status_code == 204
    with clock.fixed(clock.now() + timedelta(days=12)):
        await take_effect_due(world.session)
    assert (await scene.row()).state == "in_review"


async def test_after_a_refusal_only_more_than_minor_changes_come_back(world: World) -> None:
    scene = await _counted(world, "against", "against", minor_fields=["goals"])
    await scene.must("decline", {"reason": "Ei."})
    assert (await _submit(scene, content={"goals": "Kolmesataa ihmistä."})).status_code == 200
    row = await scene.row()
    assert (row.state, row.version_number) == ("declined", 1)
    events = (await scene.editor.get(f"{scene.path}/timeline")).json()["items"]
    assert events[0]["type"] == "handling.version_left_out"
    assert (await _submit(scene, content={"purpose": "Aivan toinen tarkoitus."})).status_code == 200
    row = await scene.row()
    assert (row.state, row.version_number) == ("received", 3)


async def test_the_applicant_asks_and_the_ballot_opens(world: World) -> None:
    scene = await make_scene(world)
    refused = await scene.act("ask_for_ballot", by=scene.editor)
    assert (refused.status_code, refused.json()["code"]) == (409, "days_not_over")
    assert (await scene.act("ask_for_ballot")).status_code == 403
    start = clock.now()
    with clock.fixed(start + timedelta(days=15)):
        editor = await world.again(scene.editor)
        shown = await scene.must("ask_for_ballot", by=editor)
        assert shown["ballot_asked_at"] is not None
        assert (await scene.act("ask_for_ballot", by=editor)).json()["code"] == "ballot_asked"
        lead = await world.again(scene.coordinator)
        tasks = [one["kind"] for one in (await lead.get("/tasks")).json()["items"]]
        assert "ballot_to_open" in tasks
    with clock.fixed(start + timedelta(days=20)):
        await open_asked(world.session)
    assert (await scene.row()).state == "received"
    with clock.fixed(start + timedelta(days=28)):
        await open_asked(world.session)
        await open_asked(world.session)
        row = await scene.row()
        assert (row.state, row.ballot_opens_at) == ("in_ballot", None)
        assert (await scene.vote("a", "for", by=await scene.fresh("a"))).status_code == 200


async def test_one_version_is_returned_once(world: World) -> None:
    scene = await make_scene(world)
    points = {"points": [{"body": "Montako ihmistä?"}]}
    await scene.must("return", points)
    shown = await scene.must("ask_for_ballot", by=scene.editor)
    assert (shown["state"], shown["version_number"]) == ("in_review", 1), "the applicant lets it be handled as it is"
    assert (await scene.act("return", points)).json()["code"] == "returned_once"
    await scene.next_version(goals="Kolmesataa ihmistä.")
    assert (await scene.row()).ballot_asked_at is None
    assert (await scene.must("return", points))["state"] == "returned"


async def test_a_decision_that_waits_holds_an_asked_ballot_back_but_not_for_ever(world: World) -> None:
    scene = await make_scene(world)
    await scene.must("begin_review")
    start = clock.now()
    with clock.fixed(start + timedelta(days=15)):
        await scene.must("ask_for_ballot", by=await world.again(scene.editor))
        given = {
            "meeting_id": str((await scene.meeting()).id),
            "endorses": True,
            "wording": "Puollettiin.",
            "present_member_ids": [str(scene.members[name].id) for name in "abc"],
        }
        await scene.must("record_decision", given, by=await world.again(scene.secretary))
    with clock.fixed(start + timedelta(days=27)):
        await open_asked(world.session)
        assert (await scene.row()).state == "in_review"
    with clock.fixed(start + timedelta(days=36)):
        await open_asked(world.session)
        assert (await scene.row()).state == "in_ballot"


async def test_a_ballot_without_voters_does_not_open(world: World) -> None:
    scene = await make_scene(world, members=0, network={"decides": False})
    with clock.fixed(clock.now() + timedelta(days=15)):
        editor = await world.again(scene.editor)
        assert (await scene.act("ask_for_ballot", by=editor)).json()["code"] == "network_advises"


async def test_who_leads_hears_of_it(world: World) -> None:
    scene = await make_scene(world)
    with clock.fixed(clock.now() + timedelta(days=15)):
        await scene.must("ask_for_ballot", by=await world.again(scene.editor))
    assert await mails(world, address(scene.coordinator)) == ["Hakija pyytää äänestystä: Yhdessä kotona"]


async def test_a_returned_version_goes_to_the_meeting_as_it_is(world: World) -> None:
    scene = await make_scene(world, members=2, method="meeting_decides")
    await scene.must("begin_review")
    await scene.must("return", {"points": [{"body": "Montako ihmistä?"}]})
    shown = await scene.must("ask_for_ballot", by=scene.editor)
    assert (shown["state"], shown["ballot_asked_at"]) == ("in_review", None)
    assert await mails(world, address(scene.coordinator)) == ["Hakija pyytää ratkaisua: Yhdessä kotona"]
    assert (await scene.act("return", {"points": [{"body": "?"}]})).json()["code"] == "returned_once"
    given = {
        "meeting_id": str((await scene.meeting()).id),
        "endorses": True,
        "wording": "Puollettiin.",
        "present_member_ids": [str(scene.members[name].id) for name in "ab"],
    }
    await scene.must("record_decision", given, by=scene.secretary)
    assert (await scene.act("ask_for_ballot", by=scene.editor)).json()["code"] == "meeting_decides"


async def test_a_returned_version_gets_its_statement(world: World) -> None:
    scene = await make_scene(world, members=2, network={"decides": False})
    await scene.must("return", {"points": [{"body": "Montako ihmistä?"}]})
    assert (await scene.must("ask_for_ballot", by=scene.editor))["state"] == "in_review"
