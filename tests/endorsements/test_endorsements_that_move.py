"""An endorsement moves to a newer version only within what its conditions and the decision's rulebook let change."""

from typing import Any

import pytest
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.networks.models.networks import Rulebook
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from tests.applications.test_co_applicants import step, with_version
from tests.endorsements.conditional import ALL_MINOR, ANOTHER_PROJECT, answer, conditional, over
from tests.factories import World
from tests.handlings.scene import make_scene
from tests.network_decisions import new_rulebook
from tests.partnerships.gate import policy, receive, request_of


async def test_another_project_does_not_get_the_endorsement_of_one_with_conditions(world: World) -> None:
    scene = await conditional(world)
    await scene.next_version(**ANOTHER_PROJECT)
    refused = await scene.act("confirm_conditions", {"met": [0, 1]})
    assert (refused.status_code, refused.json()["code"]) == (409, "changes_beyond")
    assert refused.json()["parts"] == sorted(ANOTHER_PROJECT)
    assert (await over(scene))["version_number"] == 1
    assert (await scene.must("take_new_version"))["state"] == "received", "the way on"


async def test_no_rulebook_makes_another_application_of_it(world: World) -> None:
    """The rulebook is older than the rule: everything is minor in it."""
    scene = await make_scene(world, minor_fields=ALL_MINOR)
    [book] = (await world.session.exec(select(Rulebook).where(col(Rulebook.network_id) == scene.network.id))).all()
    book.rule = book.rule | {"minor_fields": ALL_MINOR}
    await world.session.flush()
    number = await scene.to_endorsed()
    await scene.next_version(**{name: ANOTHER_PROJECT[name] for name in ("title", "purpose", "target_groups")})
    assert (await scene.row()).state == "received"
    assert (await world.nobody.get(f"/endorsements/{number}")).json()["status"] == "superseded"


@pytest.mark.parametrize("part", ["purpose", "target_groups", "amount_cents", "area_ids", "budget", "call_id"])
async def test_what_is_never_minor(world: World, part: str) -> None:
    scene = await make_scene(world, minor_fields=ALL_MINOR)
    await scene.to_endorsed()
    await scene.next_version(title="Toinen nimi", goals="Toiset tavoitteet.")
    assert (await scene.row()).state == "endorsed"
    changed: dict[str, Any] = {"target_groups": ["KR2"], "amount_cents": 1, "area_ids": ["x"], "budget": {"items": []}}
    await scene.next_version(**{part: changed.get(part, "Muuta.")})
    assert (await scene.row()).state == "received"


async def test_the_editor_refuses_what_is_never_minor(world: World) -> None:
    network = await world.network()
    lead = await world.person((Role.coordinator, network.id))
    draft = {"texts": {"fi": "Säännöt."}, "rule": {"method": "consensus", "minor_fields": ["goals", "budget"]}}
    refused = await lead.post(f"/networks/{network.id}/rulebooks", draft)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "never_minor")
    assert refused.json()["errors"][0]["pointer"] == "/rule/minor_fields"
    draft["rule"] = {"method": "consensus", "minor_fields": ["goals"]}
    assert (await lead.post(f"/networks/{network.id}/rulebooks", draft)).status_code == 201


async def test_a_rulebook_adopted_after_the_decision_changes_nothing(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    new = {
        "texts": {"fi": "Kaikki on vähäistä."},
        "rule": {"method": "consensus", "minor_fields": ["title", "goals", "methods", "measures"]},
    }
    await new_rulebook(world, scene.network, scene.coordinator, new)
    await scene.next_version(title="Aivan toinen hanke", goals="Toiset tavoitteet.")
    assert (await scene.row()).state == "received"
    assert (await world.nobody.get(f"/endorsements/{number}")).json()["status"] == "superseded"


async def test_applicants_authorities_and_the_call_are_in_no_condition(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    for part in ("co_applicant_ids", "authorities", "call_id"):
        refused = await scene.vote("a", "for_with_conditions", condition="Ehto.", condition_parts=[part])
        assert refused.status_code == 422
    assert (await scene.vote("a", "for", condition_parts=["goals"])).status_code == 422


async def test_what_was_met_earlier_counts_only_for_its_own_changes(world: World) -> None:
    """A condition that was met on the endorsed version lets nothing change in a later one."""
    scene = await conditional(world, parts={"a": ["methods"], "b": ["goals"]})
    await scene.must("confirm_conditions", {"met": [0]})
    await answer(scene, "a", True)
    await scene.next_version(methods="Muutos, jota kukaan ei pyytänyt.")
    refused = await scene.act("confirm_conditions", {"met": [1]})
    assert (refused.json()["code"], refused.json()["parts"]) == ("changes_beyond", ["methods"])


async def test_what_changed_is_said_part_by_part(world: World) -> None:
    scene = await conditional(world, minor_fields=["title"])
    assert (await (await world.person()).get(f"{scene.path}/changes")).status_code == 404
    await scene.next_version(methods="Toisin.", title="Toinen", purpose="Muu.")
    assert (await scene.coordinator.get(f"{scene.path}/changes")).json() == {
        "old": 1,
        "new": 2,
        "parts": [
            {"part": "methods", "within": "condition"},
            {"part": "purpose", "within": None},
            {"part": "title", "within": "minor"},
        ],
    }


async def test_a_file_that_was_attached_later_is_a_change(world: World) -> None:
    scene = await conditional(world)
    path = f"/attachments?subject_kind=application&subject_id={scene.application.id}&audience=applicants&name=liite.pdf"
    attached = await scene.editor.post(path, content=b"%PDF-1.7 Vuokrasopimus.")
    assert attached.status_code == 201, attached.text
    await scene.next_version()
    parts = (await scene.coordinator.get(f"{scene.path}/changes")).json()["parts"]
    assert parts == [{"part": "attachments", "within": None}]


async def test_an_endorsement_stays_behind_where_a_file_was_attached_since(world: World) -> None:
    """The content is the same, and all of it is minor in the rulebook."""
    scene = await make_scene(world, minor_fields=ALL_MINOR)
    await scene.to_endorsed()
    path = f"/attachments?subject_kind=application&subject_id={scene.application.id}&audience=applicants&name=liite.pdf"
    assert (await scene.editor.post(path, content=b"%PDF-1.7 Vuokrasopimus.")).status_code == 201
    await scene.next_version()
    assert (await scene.row()).state == "received"


async def test_an_endorsement_stays_behind_where_there_is_another_applicant(world: World) -> None:
    scene = await make_scene(world, minor_fields=ALL_MINOR)
    path, made = f"/applications/{scene.application.id}", {"id": str(scene.application.id)}
    draft = (await scene.editor.get(path)).json()
    assert (await scene.editor.patch(path, {"title": "Uusi nimi"}, if_match=draft["version"])).status_code == 200
    assert (await step(scene.editor, made, "submit")).status_code == 200
    number = await scene.to_endorsed()
    await with_version(scene)
    assert (await scene.row()).state == "received"
    assert (await world.nobody.get(f"/endorsements/{number}")).json()["status"] == "superseded"


async def test_the_citys_case_goes_along_only_when_the_endorsement_does(world: World) -> None:
    scene = await make_scene(world, members=1)
    await policy(world, scene.city, scene.network)
    await receive(world.session, scene.application, scene.version)
    await scene.to_ballot()
    await scene.vote("a", "for_with_conditions", condition="Ehto.", condition_parts=["methods"])
    await scene.on_ballot("close")
    await scene.on_ballot(f"conditions/{scene.members['a'].id}", {"taken": True, "when": "later"})
    await scene.must("endorse")
    await scene.next_version(methods="Kuten pyydettiin.")
    await receive(world.session, scene.application, scene.version)
    request = await request_of(world.session, scene.application.id)
    officer = await world.person((Role.officer, scene.city.id))

    async def standing() -> tuple[int, str]:
        case = await world.session.get_one(PartnerRequest, request.id, populate_existing=True)
        shown = (await (await world.again(officer)).get(f"/partner-requests/{request.id}")).json()
        return case.version_number, shown["requirements"][0]["standing"]

    before = await standing()
    assert before[1] != "met"
    await scene.must("confirm_conditions", {"met": [0]})
    assert await standing() == before, "called met is not met"
    await answer(scene, "a", True)
    assert await standing() == (2, "met")
