"""Comments, points and attachments on a case: who hears of them, and on whose timeline they stand."""

from puumerkki.access.roles import Role
from puumerkki.partnerships.service.partner_requests import receive_requests
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene

FILE = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


async def timeline(caller: Client, scene: Scene) -> list[str]:
    answer = await caller.get(f"/applications/{scene.application.id}/timeline?limit=200")
    assert answer.status_code == 200, answer.text
    return [item["type"] for item in answer.json()["items"]]


async def comments(caller: Client, kind: str, subject_id: object) -> list[str]:
    answer = await caller.get(f"/comments?subject_kind={kind}&subject_id={subject_id}")
    return [item["body"] for item in answer.json()["items"]] if answer.status_code == 200 else []


async def say(caller: Client, kind: str, subject_id: object, audience: str, body: str) -> int:
    given = {"subject_kind": kind, "subject_id": str(subject_id), "audience": audience, "body": body}
    return (await caller.post("/comments", given)).status_code


async def test_a_comment_on_a_handling_stands_on_the_applications_timeline(world: World) -> None:
    scene = await make_scene(world)
    assert await say(scene.coordinator, "handling", scene.handling_id, "applicants", "Hyvä hakemus.") == 201
    assert await say(scene.coordinator, "handling", scene.handling_id, "network", "Vain meille.") == 201
    assert (await timeline(scene.editor, scene)).count("comment.added") == 1
    assert (await timeline(scene.representatives["a"], scene)).count("comment.added") == 2
    assert await comments(scene.editor, "handling", scene.handling_id) == ["Hyvä hakemus."]
    assert await comments(scene.representatives["a"], "handling", scene.handling_id) == [
        "Hyvä hakemus.",
        "Vain meille.",
    ]


async def test_what_the_authority_says_among_itself_stays_there(world: World) -> None:
    scene = await make_scene(world)
    actor = await scene.actor(scene.editor)
    await receive_requests(world.session, application=scene.application, version=scene.version, actor=actor)
    await world.session.flush()
    officer = await world.person((Role.officer, scene.city.id))
    [request] = (await officer.get("/partner-requests")).json()["items"]
    assert await say(officer, "partner_request", request["id"], "authority", "Kysyn tilapalvelusta.") == 201
    assert await say(officer, "partner_request", request["id"], "applicants", "Milloin alkaisi?") == 201
    assert await say(scene.editor, "partner_request", request["id"], "authority", "Kurkistan.") in (403, 404, 422)
    assert await comments(officer, "partner_request", request["id"]) == ["Kysyn tilapalvelusta.", "Milloin alkaisi?"]
    assert await comments(scene.editor, "partner_request", request["id"]) == ["Milloin alkaisi?"]
    assert (await timeline(scene.editor, scene)).count("comment.added") == 1
    assert await comments(scene.coordinator, "partner_request", request["id"]) == []


async def test_points_are_answered_by_the_applicant_and_settled_by_the_coordinator(world: World) -> None:
    scene = await make_scene(world)
    await scene.must("return", {"points": [{"part": "methods", "body": "Kuka kouluttaa?"}]})
    [point] = (await scene.editor.get(f"/points?subject_kind=handling&subject_id={scene.handling_id}")).json()["items"]
    path = f"/points/{point['id']}"
    assert (await scene.representatives["a"].post(f"{path}/answer", {"answer": "Me."}, if_match=1)).status_code == 403
    answered = await scene.editor.post(f"{path}/answer", {"answer": "Oma kouluttaja."}, if_match=1)
    assert (answered.status_code, answered.json()["state"]) == (200, "answered")
    assert (await scene.editor.post(f"{path}/settle", {}, if_match=2)).status_code == 403
    assert (await scene.coordinator.post(f"{path}/settle", {}, if_match=2)).json()["state"] == "settled"


async def test_an_attachment_is_for_those_of_its_audience(world: World) -> None:
    scene = await make_scene(world)
    path = f"/attachments?subject_kind=handling&subject_id={scene.handling_id}&audience=network&name=muistio.pdf"
    made = await scene.coordinator.request("POST", path, content=FILE, headers={"Content-Type": "application/pdf"})
    assert made.status_code == 201, made.text
    content = f"/attachments/{made.json()['id']}/content"
    assert (await scene.representatives["a"].get(content)).content == FILE
    for other in (scene.editor, world.nobody, await world.person()):
        assert (await other.get(content)).status_code == 404


async def test_who_only_reads_does_not_write(world: World) -> None:
    scene = await make_scene(world)
    observer = await world.person((Role.observer, scene.network.id))
    viewer = await world.person((Role.viewer, scene.applicant.id))
    for reader, audience in ((observer, "network"), (observer, "applicants"), (viewer, "applicants")):
        assert (await reader.get(scene.path)).status_code == 200
        assert await say(reader, "handling", scene.handling_id, audience, "Saanko sanoa?") == 403
    assert await say(scene.editor, "handling", scene.handling_id, "applicants", "Kiitos.") == 201
