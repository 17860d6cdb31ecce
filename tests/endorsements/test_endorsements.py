"""Endorsements: what they say, who can check them, how they move and end."""

import json
from datetime import timedelta
from typing import Any

import pytest

from puumerkki.endorsements.credential import verify_credential
from puumerkki.endorsements.service.endorsements import tell_expired
from puumerkki.handlings.service.handlings import withdraw_handlings
from puumerkki.kernel import clock
from puumerkki.kernel.crypto.credentials import key_lookup
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from tests.factories import World
from tests.handlings.scene import Scene, make_scene


async def _endorsement(world: World, number: str) -> dict[str, Any]:
    shown: dict[str, Any] = (await world.nobody.get(f"/endorsements/{number}")).json()
    return shown


async def _credential(world: World, number: str) -> str:
    return (await world.nobody.get(f"/endorsements/{number}/credential")).text


async def _verify(world: World, credential: str, snapshot: Any = None) -> dict[str, Any]:
    answer = await world.nobody.post("/endorsements/verify", {"credential": credential, "snapshot": snapshot})
    assert answer.status_code == 200, answer.text
    verdict: dict[str, Any] = answer.json()
    return verdict


async def test_a_changed_byte_is_found(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    credential = await _credential(world, number)
    snapshot = (await scene.editor.get(f"/endorsements/{number}/snapshot")).text
    good = await _verify(world, credential, snapshot)
    assert (good["valid"], good["digest_matches"], good["number"]) == (True, True, number)
    assert (await _verify(world, credential, json.loads(snapshot)))["digest_matches"] is True
    for place in range(0, len(snapshot), 97):
        changed = snapshot[:place] + chr(ord(snapshot[place]) ^ 1) + snapshot[place + 1 :]
        verdict = await _verify(world, credential, changed)
        assert (verdict["valid"], verdict["digest_matches"]) == (False, False)
    header = credential.index(".")
    for place in (0, header - 3, header + 5, len(credential) // 2, len(credential) - 4):
        other = "A" if credential[place] != "A" else "B"
        verdict = await _verify(world, credential[:place] + other + credential[place + 1 :])
        assert (verdict["valid"], verdict["signed"]) == (False, False), place


@pytest.mark.parametrize("nonsense", ["", "x", "a.b.c", "." * 2000, "eyJhbGciOiJub25lIn0.e30.", "ä.ö.å", " "])
async def test_nonsense_is_no_endorsement(world: World, nonsense: str) -> None:
    verdict = await _verify(world, nonsense, {"a": 1.5})
    assert (verdict["valid"], verdict["signed"], verdict["status"]) == (False, False, "unknown")
    assert verdict["problems"]


async def test_offline_with_the_keys_alone(world: World) -> None:
    scene = await make_scene(world)
    credential = await _credential(world, await scene.to_endorsed())
    keys = key_lookup((await world.nobody.get("/.well-known/jwks.json")).json()["keys"])
    listed = (await world.nobody.get("/status-lists/1")).text
    now = clock.now()
    alone = verify_credential(credential, keys, now=now)
    assert (alone.valid, alone.status) == (True, "unknown")
    assert verify_credential(credential, keys, now=now, listed=listed).status == "valid"
    late = verify_credential(credential, keys, now=now + timedelta(days=400))
    assert (late.valid, late.problems) == (False, ("expired",))
    await scene.revoked()
    newer = (await world.nobody.get("/status-lists/1")).text
    ended = verify_credential(credential, keys, now=now, listed=newer)
    assert (ended.valid, ended.status, ended.problems) == (False, "ended", ("ended",))
    assert verify_credential(credential, key_lookup([]), now=now).problems == ("token_key_unknown",)
    assert verify_credential(credential, keys, now=now, listed=credential).problems == ("status_list_other",)


async def test_revoked(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    credential = await _credential(world, number)
    assert (await scene.revoked())["state"] == "in_review"
    endorsement = await _endorsement(world, number)
    assert (endorsement["status"], endorsement["ended_reason"]) == ("revoked", "Väärät tiedot.")
    verdict = await _verify(world, credential)
    assert (verdict["valid"], verdict["signed"], verdict["problems"]) == (False, True, ["revoked"])


async def test_the_register_is_searched_by_applicant_and_names_the_authorities(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    for applicant, expected in ((scene.applicant.id, [number]), (scene.city.id, [])):
        found = (await world.nobody.get(f"/endorsements?applicant={applicant}")).json()["items"]
        assert [one["number"] for one in found] == expected
    assert (await _endorsement(world, number))["authorities"] == []
    reached = PartnerRequest(
        application_id=scene.application.id,
        authority_id=scene.city.id,
        version_number=1,
        case_number="PK/2026/000001",
        arrived_at=clock.now(),
    )
    world.session.add(reached)
    await world.session.flush()
    assert (await _endorsement(world, number))["authorities"] == [{"id": str(scene.city.id), "names": scene.city.names}]


async def test_expiry_follows_from_the_last_day_and_is_told_once(world: World) -> None:
    scene = await make_scene(world, validity_days=30)
    number = await scene.to_endorsed()
    credential = await _credential(world, number)
    with clock.fixed(clock.now() + timedelta(days=32)):
        assert (await _endorsement(world, number))["status"] == "expired"
        assert len((await world.nobody.get(f"/endorsements?state=expired&network={scene.network.id}")).json()["items"])
        assert (await _verify(world, credential))["problems"] == ["expired"]
        await tell_expired(world.session)
        await tell_expired(world.session)
        path = f"/endorsements?state=valid&network={scene.network.id}"
        assert (await world.nobody.get(path)).json()["items"] == []


async def test_a_new_version_supersedes_the_endorsement(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    await scene.next_version(purpose="Aivan toinen tarkoitus.")
    assert (await _endorsement(world, number))["status"] == "superseded"
    row = await scene.row()
    assert (row.state, row.version_number) == ("received", 2)
    second = await scene.to_endorsed()
    assert second.endswith("-0002")


async def test_a_minor_change_moves_the_endorsement(world: World) -> None:
    scene = await make_scene(world, minor_fields=["title"])
    number = await scene.to_endorsed()
    old = await _endorsement(world, number)
    await scene.next_version(title="Yhdessä yhä kotona")
    superseded = await _endorsement(world, number)
    new = await _endorsement(world, superseded["superseded_by"])
    assert (superseded["status"], new["status"], new["version_number"]) == ("superseded", "valid", 2)
    assert new["valid_until"] == old["valid_until"]
    row = await scene.row()
    assert (row.state, row.version_number) == ("endorsed", 2)


async def _conditional(world: World) -> tuple[Scene, str]:
    scene = await make_scene(world, members=2)
    await scene.to_ballot()
    await scene.vote("a", "for_with_conditions", condition="Kuljetukset sovitaan.")
    await scene.vote("b", "for_with_conditions", condition="Tilat sovitaan.")
    await scene.on_ballot("close")
    for name in "ab":
        assert (
            await scene.on_ballot(f"conditions/{scene.members[name].id}", {"taken": True, "when": "before"})
        ).status_code == 200
    number = (await scene.must("endorse"))["endorsement_number"]
    return scene, number


async def _agreed(scene: Scene, name: str) -> dict[str, Any]:
    """A member agrees that its condition is met; the handling after it."""
    path = f"{scene.path}/conditions_claim/answers/{scene.members[name].id}"
    answer = await scene.representatives[name].put(path, {"agrees": True})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_met_conditions_move_the_endorsement_to_the_mended_version(world: World) -> None:
    scene, number = await _conditional(world)
    await scene.next_version(methods="Kuljetukset hoitaa naapuri.")
    assert (await _endorsement(world, number))["status"] == "valid"
    assert (await scene.act("confirm_conditions", {"met": [2]})).json()["errors"][0]["code"] == "condition_unknown"
    await scene.must("confirm_conditions", {"met": [1]})
    partly = await _agreed(scene, "b")
    assert (partly["endorsement_number"], partly["version_number"]) == (number, 1)
    await scene.must("confirm_conditions", {"met": [0]})
    await _agreed(scene, "a")
    moved = await _agreed(scene, "b")
    assert moved["version_number"] == 2
    new = await _endorsement(world, moved["endorsement_number"])
    assert (new["version_number"], [one["met"] for one in new["conditions"]]) == (2, [True, True])
    assert (await _endorsement(world, number))["superseded_by"] == new["number"]
    assert (await scene.act("confirm_conditions", {"met": [0]})).json()["code"] == "no_conditions"


async def test_a_version_that_changes_more_is_handled_anew(world: World) -> None:
    scene, number = await _conditional(world)
    assert (await scene.act("take_new_version")).json()["code"] == "no_newer_version"
    await scene.next_version(purpose="Aivan toinen hanke.")
    shown = await scene.must("take_new_version")
    assert (shown["state"], shown["version_number"], shown["endorsement_number"]) == ("received", 2, None)
    assert (await _endorsement(world, number))["status"] == "superseded"


async def test_a_withdrawn_application_ends_its_endorsement(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    editor = await scene.actor(scene.editor)
    await withdraw_handlings(world.session, application=scene.application, actor=editor)
    await world.session.flush()
    assert (await scene.row()).state == "withdrawn"
    found = (await world.nobody.get(f"/endorsements?application={scene.application.id}")).json()["items"]
    assert [(one["status"], one["ended_reason"]) for one in found] == [("revoked", "application_withdrawn")]


async def test_the_register_is_public_and_the_snapshot_is_not(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    for query in ("q=ystävät", f"q={number.lower()}", f"year={clock.today().year}", f"network={scene.network.id}"):
        found = (await world.nobody.get(f"/endorsements?{query}")).json()["items"]
        assert number in [one["number"] for one in found], query
    assert (await world.nobody.get("/endorsements?year=2001")).json()["items"] == []
    assert (await world.nobody.get(f"/endorsements/{number}/snapshot")).status_code == 404
    assert (await (await world.person()).get(f"/endorsements/{number}/snapshot")).status_code == 404
    for reader in (scene.editor, scene.coordinator):
        assert (await reader.get(f"/endorsements/{number}/snapshot")).status_code == 200
    assert (await world.nobody.get("/endorsements/EI-OLE-2026-0001")).status_code == 422
    assert (await world.nobody.get("/endorsements/EIOLE-2026-0001")).status_code == 404
