"""Conditions count as met when nobody objects whose they are; otherwise a second person says."""

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.kernel.eventlog.events import EventRow
from tests.applications.test_co_applicants import address, mails
from tests.endorsements.conditional import ANOTHER_PROJECT, answer, conditional, later, over, seen, tasks
from tests.factories import World


async def test_changes_within_take_effect_when_nobody_objected(world: World) -> None:
    scene = await conditional(world)
    await scene.next_version(methods="Kuljetukset hoitaa naapuri.")
    shown = await scene.must("confirm_conditions", {"met": [0, 1]})
    assert (shown["version_number"], shown["conditions_claim"]["state"]) == (1, "open")
    assert [one["met"] for one in shown["conditions"]] == [False, False]
    assert (await scene.act("confirm_conditions", {"met": [0]})).json()["code"] == "claim_waits"
    assert "claim_to_answer" in await tasks(scene.representatives["a"])
    assert "claim_to_answer" not in await tasks(scene.representatives["c"]), "it is not its condition"
    assert await mails(world, address(scene.representatives["a"])) == ["Ehto on merkitty täyttyneeksi: Yhdessä kotona"]
    assert (await over(scene, 6))["version_number"] == 1
    done = await over(scene)
    assert (done["version_number"], done["conditions_claim"]["state"]) == (2, "effective")
    assert [one["met"] for one in done["conditions"]] == [True, True]
    assert "claim_to_answer" not in await tasks(scene.representatives["a"])


async def test_it_takes_effect_at_once_when_all_whose_conditions_they_are_agree(world: World) -> None:
    scene = await conditional(world)
    await scene.must("confirm_conditions", {"met": [0, 1]})
    assert (await answer(scene, "c", True)).json()["code"] == "not_asked"
    assert (await answer(scene, "a", True)).json()["conditions_claim"]["state"] == "open"
    done = (await answer(scene, "b", True)).json()
    assert (done["conditions_claim"]["state"], [one["met"] for one in done["conditions"]]) == (
        "effective",
        [True, True],
    )


async def test_whoever_called_it_met_does_not_answer_for_the_member(world: World) -> None:
    scene = await conditional(world)
    member = scene.members["a"].organisation_id
    await world.grant(scene.coordinator.person_id, Role.deputy, scene.network.id, member)
    scene.coordinator = await world.again(scene.coordinator)
    await scene.must("confirm_conditions", {"met": [0]})
    refused = await answer(scene, "a", True, by=scene.coordinator)
    assert refused.json()["code"] == "own_claim"


async def test_with_an_objection_a_second_person_says(world: World) -> None:
    scene = await conditional(world)
    await scene.must("confirm_conditions", {"met": [0]})
    shown = (await answer(scene, "a", False)).json()["conditions_claim"]
    assert shown["settle_by"] is not None
    assert shown["asked"][0]["reason"] == "Kuljetuksia ei ole sovittu."
    assert "claim_to_settle" in await tasks(scene.representatives["c"])
    assert "claim_to_settle" not in await tasks(scene.representatives["a"]), "nobody is a judge in their own matter"
    assert (await scene.act("conditions_claim/settle", {"met": True}, by=scene.representatives["a"])).json()[
        "code"
    ] == "not_settler"
    assert (await scene.act("conditions_claim/settle", {"met": True})).status_code == 403
    done = await scene.must("conditions_claim/settle", {"met": True}, by=scene.representatives["c"])
    assert (done["conditions"][0]["met"], done["conditions_claim"]["state"]) == (True, "effective")


async def test_a_second_person_may_say_that_it_is_not_met(world: World) -> None:
    scene = await conditional(world)
    await scene.must("confirm_conditions", {"met": [0]})
    assert (await scene.act("conditions_claim/settle", {"met": True}, by=scene.representatives["c"])).json()[
        "code"
    ] == "nothing_to_settle"
    await answer(scene, "a", False)
    done = await scene.must("conditions_claim/settle", {"met": False}, by=scene.representatives["c"])
    assert (done["conditions"][0]["met"], done["conditions_claim"]["end_reason"]) == (False, "refused")
    assert await mails(world, address(scene.coordinator)) == ["Ehto jää avoimeksi: Yhdessä kotona"]


async def test_where_nobody_settles_it_the_condition_stays_open(world: World) -> None:
    scene = await conditional(world)
    await scene.must("confirm_conditions", {"met": [0]})
    with later(5):
        await answer(scene, "a", False, by=await world.again(scene.representatives["a"]))
    assert (await over(scene, 11))["conditions_claim"]["state"] == "open"
    assert (await over(scene, 20))["conditions_claim"]["end_reason"] == "nobody_settles"


async def test_in_a_network_of_two_an_objection_leaves_it_open_and_the_way_on_is_a_ballot(world: World) -> None:
    scene = await conditional(world, members=1, asks="a", parts={"a": ["methods"]})
    await scene.next_version(methods="Toisin.")
    await scene.must("confirm_conditions", {"met": [0]})
    shown = (await answer(scene, "a", False)).json()
    assert shown["conditions_claim"]["end_reason"] == "nobody_settles"
    assert (await scene.must("take_new_version"))["state"] == "received"


async def test_an_objection_can_be_withdrawn(world: World) -> None:
    scene = await conditional(world)
    await scene.must("confirm_conditions", {"met": [0, 1]})
    await answer(scene, "a", False)
    shown = (await answer(scene, "a", True)).json()["conditions_claim"]
    assert (shown["state"], shown["settle_by"]) == ("open", None)
    assert (await over(scene))["conditions_claim"]["state"] == "effective"


async def test_a_new_version_takes_back_what_was_called_met(world: World) -> None:
    scene = await conditional(world)
    await scene.must("confirm_conditions", {"met": [0, 1]})
    await scene.next_version(**ANOTHER_PROJECT)
    shown = await seen(scene)
    assert (shown["conditions_claim"]["state"], shown["conditions_claim"]["end_reason"]) == ("fell", "new_version")
    assert (await over(scene))["version_number"] == 1


async def test_where_more_than_how_it_is_done_changed_all_who_decided_can_object(world: World) -> None:
    """A friend's condition that names the sum does not bind the others unheard."""
    scene = await conditional(world, parts={"a": ["budget", "amount_cents"], "b": []})
    await scene.next_version(amount_cents=99_000_000)
    shown = await scene.must("confirm_conditions", {"met": [0, 1]})
    asked = {one["member_id"] for one in shown["conditions_claim"]["asked"]}
    assert asked == {str(scene.members[name].id) for name in "abcd"}
    assert (await answer(scene, "c", False)).json()["conditions_claim"]["settle_by"] is not None


async def test_whose_condition_was_met_before_hears_of_the_version_that_it_moves_to(world: World) -> None:
    scene = await conditional(world, parts={"a": ["methods"], "b": ["goals"]})
    await scene.next_version(methods="Kuten pyydettiin.")
    await scene.must("confirm_conditions", {"met": [0]})
    assert (await answer(scene, "a", True)).json()["version_number"] == 1
    await scene.next_version(methods="Taas toisin.", goals="Kuten pyydettiin.")
    shown = await scene.must("confirm_conditions", {"met": [1]})
    asked = {one["member_id"] for one in shown["conditions_claim"]["asked"]}
    assert asked == {str(scene.members[name].id) for name in "ab"}


async def test_nobody_of_a_member_that_objects_settles_it(world: World) -> None:
    scene = await conditional(world)
    other = scene.representatives["c"]
    await world.grant(other.person_id, Role.viewer, scene.members["a"].organisation_id)
    await scene.must("confirm_conditions", {"met": [0]})
    await answer(scene, "a", False)
    assert "claim_to_settle" not in await tasks(other)
    refused = await scene.act("conditions_claim/settle", {"met": True}, by=other)
    assert refused.json()["code"] == "not_settler"
    assert "claim_to_settle" in await tasks(scene.representatives["d"])


async def test_a_deputy_does_not_take_the_representatives_objection_back(world: World) -> None:
    scene = await conditional(world)
    await scene.must("confirm_conditions", {"met": [0, 1]})
    deputy = await scene.fresh("a")
    assert (await answer(scene, "a", True, by=deputy)).status_code == 200
    assert (await answer(scene, "a", False)).status_code == 200, "the representative's word comes before"
    refused = await answer(scene, "a", True, by=deputy)
    assert (refused.status_code, refused.json()["code"]) == (409, "representative_voted"), refused.text


async def test_an_endorsement_that_ends_takes_the_claim_with_it_under_its_sealed_name(world: World) -> None:
    """The answer says it by today's name, the event, which is sealed, by that which it has always had."""
    scene = await conditional(world)
    await scene.must("confirm_conditions", {"met": [0, 1]})
    await scene.revoked()
    claim = (await seen(scene))["conditions_claim"]
    assert (claim["state"], claim["end_reason"]) == ("fell", "endorsement_ended")
    [told] = await world.session.exec(select(EventRow.data).where(col(EventRow.type) == "handling.claim_fell"))
    assert told == {"reason": "mark_ended"}
