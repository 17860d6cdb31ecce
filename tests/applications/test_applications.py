"""Applications through the API: the working copy is the applicants', others see frozen versions."""

from uuid import UUID, uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import Application
from puumerkki.filings.models import Filing
from puumerkki.networks.decision_rule import SHORT_FORM
from tests.application_content import CONTENT
from tests.applications.drafts import CONTACT, PARTS, draft, given, ids, submitted
from tests.factories import World
from tests.personas import make_cast


async def test_a_draft_is_the_applicants_own(world: World) -> None:
    cast = await make_cast(world)
    made = await draft(cast)
    assert made["working_copy"] is True
    assert made["content"]["purpose"] == CONTENT["purpose"]
    assert made["authorities"][0]["partner_request"] is None
    assert made["networks"][0]["handling"] is None
    assert made["networks"][0]["asks_for"] == list(SHORT_FORM)
    path = f"/applications/{made['id']}"
    for role in ("viewer", "editor", "owner", "signatory"):
        assert (await cast[role].get(path)).status_code == 200, role
        assert await ids(cast[role]) == [made["id"]], role
    for role in ("outsider", "officer", "decider", "registry", "coordinator", "representative", "operator"):
        assert (await cast[role].get(path)).status_code == 404, role
        assert await ids(cast[role]) == [], role
    assert (await world.nobody.get(path)).status_code == 401
    assert (await world.nobody.get("/applications")).status_code == 401
    assert (await cast["viewer"].patch(path, {"title": "X"}, if_match=1)).status_code == 403
    assert (await cast["outsider"].patch(path, {"title": "X"}, if_match=1)).status_code == 404
    assert (await cast["viewer"].post("/applications", given(cast))).status_code == 403


async def test_others_see_the_frozen_version_and_never_the_working_copy(world: World) -> None:
    cast = await make_cast(world)
    made = await submitted(cast)
    path = f"/applications/{made['id']}"
    changed = await cast["editor"].patch(
        path,
        {
            "title": "Salainen nimi",
            "amount_cents": 1,
            "content": {"goals": "Salainen tavoite"},
            "private": {"contact_persons": []},
            "authorities": [],
        },
        if_match=made["version"],
    )
    assert changed.status_code == 200, changed.text
    for role in ("coordinator", "secretary", "representative", "observer", "officer", "registry"):
        seen = await cast[role].get(path)
        assert seen.status_code == 200, role
        body = seen.json()
        assert "Salainen" not in seen.text, role
        assert (body["working_copy"], body["title"]) == (False, "Yhdessä kotona"), role
        assert body["amount_cents"] == 4_500_000
        assert body["available_actions"] == []
        knows = role in ("coordinator", "secretary", "officer", "registry")
        assert (body["private"] is not None) == knows, role
        assert ("Aino" in seen.text) == knows, role
        listed = await cast[role].get("/applications?sort=title")
        assert [one["title"] for one in listed.json()["items"]] == ["Yhdessä kotona"], role
        assert [one["amount_cents"] for one in listed.json()["items"]] == [4_500_000], role
        assert await ids(cast[role], "q=Salainen") == [], role
        assert await ids(cast[role], "q=yhdessä") == [made["id"]], role
        assert await ids(cast[role], f"authority={cast.city.id}") == [made["id"]], role
        hidden = await cast[role].get(f"{path}/versions/compare?old=1&new=working")
        assert hidden.status_code == 404, role
        told = (await cast[role].get(f"{path}/timeline")).json()["items"]
        kinds = {one["type"] for one in told}
        assert "application.submitted" in kinds, role
        assert "application.changed" not in kinds, role
        version = await cast[role].get(f"{path}/versions/1")
        assert ("Aino" in version.text) == knows, role
    assert (await cast["outsider"].get(path)).status_code == 404
    assert (await cast["outsider"].get(f"{path}/versions")).status_code == 404
    assert (await cast["outsider"].get(f"{path}/timeline")).status_code == 404
    own = (await cast["viewer"].get(f"{path}/timeline")).json()["items"]
    assert "application.changed" in {one["type"] for one in own}
    assert (await cast["viewer"].get("/applications?sort=title")).json()["items"][0]["title"] == "Salainen nimi"


async def test_only_given_parts_change_and_null_removes_one(world: World) -> None:
    cast = await make_cast(world)
    made = await draft(cast)
    path = f"/applications/{made['id']}"
    items = [
        {"key": "pay", "name": "Palkat", "cents": 3_000_000},
        {"key": "rooms", "name": "Tilat", "cents": 250_000, "source": "kaupunki"},
    ]
    answer = await cast["editor"].patch(
        path, {"content": {"budget": {"items": items}, "goals": None}}, if_match=made["version"]
    )
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["content"]["budget"]["total_cents"] == 3_250_000
    assert body["content"]["goals"] is None
    assert body["content"]["purpose"] == CONTENT["purpose"]
    assert body["private"]["contact_persons"] == [CONTACT]
    assert body["version"] == made["version"] + 1
    lists = await cast["editor"].patch(path, {"network_ids": [], "co_applicant_ids": []}, if_match=body["version"])
    assert lists.json()["networks"] == []
    assert lists.json()["version"] == body["version"] + 1
    assert lists.json()["authorities"] == body["authorities"]


async def test_two_editors_lose_nothing(world: World) -> None:
    cast = await make_cast(world)
    made = await draft(cast)
    path = f"/applications/{made['id']}"
    other = await world.person((Role.editor, cast.association.id))
    first = await cast["editor"].patch(path, {"content": {"goals": "Ensin"}}, if_match=made["version"])
    assert first.status_code == 200
    stale = await other.patch(path, {"content": {"methods": "Toinen"}}, if_match=made["version"])
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert stale.json()["current_version"] == first.json()["version"]
    again = await other.patch(path, {"content": {"methods": "Toinen"}}, if_match=first.json()["version"])
    content = again.json()["content"]
    assert (content["goals"], content["methods"]) == ("Ensin", "Toinen")
    assert (await other.patch(path, {"title": "X"})).status_code == 428


async def test_a_co_applicant_edits_too(world: World) -> None:
    cast = await make_cast(world)
    made = await draft(cast, co_applicant_ids=[str(cast.neighbour.id)])
    assert [one["id"] for one in made["co_applicants"]] == [str(cast.neighbour.id)]
    neighbour = await world.person((Role.editor, cast.neighbour.id))
    path = f"/applications/{made['id']}"
    early = await neighbour.patch(path, {"content": {"goals": "Yhdessä"}}, if_match=made["version"])
    assert early.status_code == 403
    owner = await world.person((Role.owner, cast.neighbour.id))
    assert (await owner.put(f"{path}/applicants/{cast.neighbour.id}", {"answer": "accepted"})).status_code == 204
    seen = (await neighbour.get(path)).json()
    changed = await neighbour.patch(path, {"content": {"goals": "Yhdessä"}}, if_match=seen["version"])
    assert (changed.status_code, changed.json()["working_copy"]) == (200, True), changed.text
    assert await ids(neighbour, f"applicant={cast.neighbour.id}") == [made["id"]]
    refused = await neighbour.post(f"{path}/submit", if_match=changed.json()["version"])
    assert refused.status_code == 403
    sent = await cast["editor"].post(f"{path}/submit", if_match=changed.json()["version"])
    assert sent.status_code == 200, sent.text
    versions = (await neighbour.get(f"{path}/versions")).json()["items"]
    assert versions[0]["submitted_for_organisation_id"] == str(cast.association.id)


async def test_versions_and_what_differs(world: World) -> None:
    cast = await make_cast(world)
    made = await submitted(cast)
    path = f"/applications/{made['id']}"
    mended = await cast["editor"].patch(
        path, {"title": "Yhdessä kotona 2", "content": {"duration": None}}, if_match=made["version"]
    )
    working = await cast["editor"].get(f"{path}/versions/compare?old=1&new=working")
    assert working.status_code == 200, working.text
    changes = {one["pointer"]: one for one in working.json()["changes"]}
    assert changes.keys() == {"/duration", "/title"}
    assert changes["/title"]["label"]["fi"] == "Nimi"
    assert (changes["/title"]["old"], changes["/title"]["new"]) == ("Yhdessä kotona", "Yhdessä kotona 2")
    assert changes["/duration"]["kind"] == "removed"
    blocked = await cast["editor"].post(f"{path}/submit", if_match=mended.json()["version"])
    assert (blocked.status_code, blocked.json()["code"], blocked.json()["missing"]) == (409, "incomplete", ["duration"])
    back = await cast["editor"].patch(
        path, {"content": {"duration": PARTS["duration"]}}, if_match=mended.json()["version"]
    )
    again = await cast["editor"].post(f"{path}/submit", if_match=back.json()["version"])
    assert (again.status_code, again.json()["current_version"]) == (200, 2), again.text
    listed = (await cast["coordinator"].get(f"{path}/versions")).json()["items"]
    assert [one["number"] for one in listed] == [2, 1]
    seen = await cast["coordinator"].get(f"{path}/versions/compare?old=1&new=2")
    assert [one["part"] for one in seen.json()["changes"]] == ["title"]
    first = (await cast["coordinator"].get(f"{path}/versions/1")).json()
    assert (first["title"], first["content"]["authorities"][0]["id"]) == ("Yhdessä kotona", str(cast.city.id))
    assert (await cast["editor"].get(f"{path}/versions/3")).status_code == 404
    assert (await cast["editor"].get(f"{path}/versions/compare?old=1&new=x")).status_code == 422


async def test_what_is_named_must_exist(world: World) -> None:
    cast = await make_cast(world)
    nothing = str(uuid4())
    bad = {
        "/call_id": {"call_id": nothing},
        "/network_ids/0": {"network_ids": [nothing]},
        "/authorities/0/authority_id": {"authorities": [{"authority_id": str(cast.neighbour.id)}]},
        "/co_applicant_ids/0": {"co_applicant_ids": [nothing]},
        "/co_applicant_ids": {"co_applicant_ids": [str(cast.association.id)]},
        "/content/target_groups": {"content": {"target_groups": ["KR99"]}},
        "/content/duration": {"content": {"duration": {"starts_on": "2027-02-01", "ends_on": "2027-01-01"}}},
        "/content/budget/items": {"content": {"budget": {"items": [{"key": "a", "name": "A", "cents": 1}] * 2}}},
        "/content/surprise": {"content": {"surprise": "?"}},
        "/private/contact_persons/0/email": {"private": {"contact_persons": [{"name": "A", "email": "no"}]}},
    }
    for pointer, more in bad.items():
        answer = await cast["editor"].post("/applications", given(cast, **more))
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), answer.text
    need = await cast["editor"].post("/applications", given(cast, need_ids=[nothing]))
    assert need.status_code == 422
    made = await draft(cast)
    null = await cast["editor"].patch(f"/applications/{made['id']}", {"title": None}, if_match=made["version"])
    assert null.status_code == 422


async def test_only_a_draft_that_nobody_saw_is_deleted(world: World, session: AsyncSession) -> None:
    cast = await make_cast(world)
    made = await draft(cast)
    session.add(Filing(application_id=UUID(made["id"]), funder_id=cast.city.id))
    await session.flush()
    path = f"/applications/{made['id']}"
    assert (await cast["viewer"].delete(path, if_match=made["version"])).status_code == 403
    gone = await cast["editor"].delete(path, if_match=made["version"])
    assert gone.status_code == 204, gone.text
    assert (await cast["editor"].get(path)).status_code == 404
    sent = await submitted(cast)
    refused = await cast["editor"].delete(f"/applications/{sent['id']}", if_match=sent["version"])
    assert (refused.status_code, refused.json()["code"]) == (409, "application_submitted")


async def test_next_years_application_shows_what_differs(world: World) -> None:
    cast = await make_cast(world)
    made = await submitted(cast)
    answer = await cast["editor"].post(f"/applications/{made['id']}/continue", if_match=made["version"])
    assert answer.status_code == 201, answer.text
    new = answer.json()
    assert (new["state"], new["continues_id"], new["current_version"]) == ("draft", made["id"], None)
    assert new["content"] == made["content"]
    assert [one["network_id"] for one in new["networks"]] == [str(cast.network.id)]
    assert [one["asks"] for one in new["authorities"]] == ["Tiloja kerran viikossa."]
    await cast["editor"].patch(f"/applications/{new['id']}", {"content": {"goals": "Enemmän"}}, if_match=new["version"])
    differences = await cast["editor"].get(f"/applications/{new['id']}/differences")
    assert differences.status_code == 200, differences.text
    body = differences.json()
    assert body["old"] == {"application_id": made["id"], "number": 1}
    assert body["new"] == {"application_id": new["id"], "number": None}
    assert [one["pointer"] for one in body["changes"]] == ["/goals"]
    assert (await cast["coordinator"].get(f"/applications/{new['id']}/differences")).status_code == 404
    assert (await cast["editor"].get(f"/applications/{made['id']}/differences")).status_code == 404


async def test_each_version_has_a_salt_of_its_own(world: World, session: AsyncSession) -> None:
    cast = await make_cast(world)
    made = await submitted(cast)
    found = await session.get_one(Application, UUID(made["id"]))
    assert found.current_version == 1
    second = await cast["editor"].patch(
        f"/applications/{made['id']}", {"private": {"contact_persons": []}}, if_match=made["version"]
    )
    again = await cast["editor"].post(f"/applications/{made['id']}/submit", if_match=second.json()["version"])
    assert again.json()["current_version"] == 2
    versions = (await cast["viewer"].get(f"/applications/{made['id']}/versions/1")).json()
    assert versions["private"]["contact_persons"] == [CONTACT]
