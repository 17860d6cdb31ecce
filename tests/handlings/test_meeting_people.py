"""A meeting's decision: those in its attendance decide; two offices of two organisations record and confirm it."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col

from puumerkki.access.roles import Role
from puumerkki.meetings.models import MeetingAttendance
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene


async def _in_review(world: World, **rule: Any) -> Scene:
    scene = await make_scene(world, members=5, one_is_enough=False, **rule)
    await scene.must("begin_review")
    return scene


async def _given(scene: Scene, present: str, *, there: str | None = None) -> dict[str, Any]:
    return {
        "meeting_id": str((await scene.meeting(there=there)).id),
        "endorses": True,
        "wording": "Puollettiin.",
        "present_member_ids": [str(scene.members[name].id) for name in present],
    }


async def _recorded(scene: Scene, given: dict[str, Any]) -> str:
    shown = await scene.must("record_decision", given, by=scene.secretary)
    return str(shown["decisions"][0]["id"])


def _person(caller: Client) -> UUID:
    assert caller.id is not None
    return caller.id


async def test_a_friend_made_secretary_records_no_meeting_without_attendance(world: World) -> None:
    """The coordinator names a secretary after the version came; they name members present, and confirm it."""
    scene = await _in_review(world)
    friend = await world.person((Role.secretary, scene.network.id))
    given = await _given(scene, "abc", there="")
    assert (await scene.act("record_decision", given, by=friend)).json()["code"] == "not_in_office"
    unattended = await scene.act("record_decision", given, by=scene.secretary)
    assert unattended.json()["errors"][0]["code"] == "not_in_attendance"
    assert (await scene.row()).state == "in_review"


async def test_whoever_records_was_there(world: World) -> None:
    scene = await _in_review(world)
    given = await _given(scene, "bcde")
    assert (await scene.act("record_decision", given, by=scene.secretary)).json()["code"] == "not_present"
    given["present_member_ids"].append(str(scene.members["a"].id))
    assert await _recorded(scene, given)


async def test_recorder_and_confirmer_are_of_different_organisations_and_both_there(world: World) -> None:
    scene = await _in_review(world)
    path = f"decisions/{await _recorded(scene, await _given(scene, 'abcd'))}/confirm"
    late = await world.person((Role.chair, scene.network.id))
    await world.grant(_person(late), Role.viewer, scene.members["d"].organisation_id)
    assert (await scene.act(path, by=late)).json()["code"] == "not_in_office"
    assert (await scene.act(path)).json()["code"] == "not_present", "the coordinator was not in the meeting"
    await world.grant(_person(scene.coordinator), Role.viewer, scene.members["a"].organisation_id)
    scene.coordinator = await world.again(scene.coordinator)
    assert (await scene.act(path)).json()["code"] == "one_side"
    shown = (await scene.coordinator.get(scene.path)).json()
    blocked = {one["action"]: one["blocked_by"] for one in shown["available_actions"]}
    assert blocked["confirm_decision"] == "one_side"
    assert (await scene.must(path, by=scene.chair))["decisions"][0]["confirmed_by"] == str(scene.chair.id)


async def test_who_is_taken_out_of_the_attendance_does_not_count_when_it_is_confirmed(world: World) -> None:
    scene = await _in_review(world)
    recorded = await _recorded(scene, await _given(scene, "abc"))
    for name in "ac":
        gone = col(MeetingAttendance.member_id) == scene.members[name].id
        await world.session.exec(delete(MeetingAttendance).where(gone))
    assert (await scene.act(f"decisions/{recorded}/confirm", by=scene.chair)).json()["code"] == "no_quorum"
    assert (await scene.row()).state == "in_review"


async def test_a_revocation_by_a_meeting_counts_its_attendance(world: World) -> None:
    scene = await make_scene(world, members=4)
    await scene.to_endorsed()
    given = await _given(scene, "abcd", there="ab")
    meeting = {"way": "meeting", "reason": "Päätettiin peruuttaa."} | {
        name: given[name] for name in ("meeting_id", "present_member_ids")
    }
    refused = await scene.act("revocations", meeting, by=scene.secretary)
    assert refused.json()["errors"][0]["code"] == "not_in_attendance"


async def test_who_was_named_at_a_meeting_that_revokes_ends_it(world: World) -> None:
    """They are asked from the first day on, while the applicant is heard, and nothing is revoked before."""
    scene = await make_scene(world, members=4)
    await scene.to_endorsed()
    given = await _given(scene, "abc")
    meeting = {"way": "meeting", "reason": "Päätettiin peruuttaa."} | {
        name: given[name] for name in ("meeting_id", "present_member_ids")
    }
    await scene.must("revocations", meeting, by=scene.secretary)
    kinds = [one["kind"] for one in (await scene.representatives["c"].get("/tasks")).json()["items"]]
    assert "revocation_to_confirm" in kinds
    early = await scene.act("revocation/confirm", by=scene.representatives["b"])
    assert early.json()["code"] == "applicant_not_heard"
    done = await scene.must("revocation/drop", {"reason": "Kokousta ei ollut."}, by=scene.representatives["c"])
    assert (done["state"], done["revocation"]["state"]) == ("endorsed", "dropped")


async def test_who_is_tied_leaves_the_room_and_it_is_noted(world: World) -> None:
    scene = await _in_review(world)
    await scene.representatives["d"].put(f"/affiliations/{scene.applicant.id}", {"kinds": ["board_member"]})
    given = await _given(scene, "abcd")
    given["present_member_ids"].append(str(scene.members["own"].id))
    shown = await scene.must("record_decision", given, by=scene.secretary)
    aside = {str(scene.members[name].id) for name in ("own", "d")}
    assert set(shown["decisions"][0]["stood_aside_member_ids"]) == aside
