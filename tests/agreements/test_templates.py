"""Ready templates in three languages, and those that an organisation keeps for itself."""

import pytest
from sqlmodel import col, select

from puumerkki.agreements.models import AgreementKind
from puumerkki.agreements.queries.templates import FOLDER, ready
from puumerkki.agreements.schemas.templates import AgreementTemplateContent
from puumerkki.agreements.service import templates
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.field_types import UiLanguage
from tests.factories import World
from tests.personas import Cast, make_cast
from tests.valid_requests.agreement_templates import kept


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


async def names(cast: Cast, by: str, asked: str = "") -> list[str]:
    answer = await cast[by].get(f"/agreements/templates?{asked}")
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["items"]]


def test_there_is_a_whole_text_for_each_kind_and_language() -> None:
    assert len(list(FOLDER.iterdir())) == len(ready()) == len(AgreementKind) * len(UiLanguage)
    parts = {"purpose", "forms", "evaluation", "personal_data", "termination", "reporting", "notice_months"}
    for one in ready():
        content = AgreementTemplateContent.model_validate(one["content"])
        assert parts <= content.model_fields_set, one["name"]
        others = [other["content"] for other in ready() if other["kind"] == one["kind"]]
        assert {len(other["purpose"].split("\n")) for other in others} == {3}
        for said in ("notice_months", "confirm_by", "evaluate_by", "check_contacts_by"):
            assert len({other[said] for other in others}) == 1, "the languages say the same"
        assert len({other["reporting"][0]["due_by"] for other in others}) == 1


async def test_the_ready_ones_by_kind_and_language(cast: Cast) -> None:
    assert await names(cast, "outsider", "kind=partnership&language=sv") == ["Partnerskapsavtal"]
    assert len(await names(cast, "viewer")) == 9
    assert (await cast.world.nobody.get("/agreements/templates")).status_code == 401


async def test_a_draft_begins_with_a_ready_one(cast: Cast) -> None:
    asked = "/agreements/templates?kind=cooperation&language=fi"
    [one] = (await cast["editor"].get(asked)).json()["items"]
    content = {name: value for name, value in one["content"].items() if value is not None}
    content["reporting"] = [duty | {"organisation_id": str(cast.association.id)} for duty in content["reporting"]]
    given = {
        "kind": one["kind"],
        "title": "Yhteistyö",
        "organisation_id": str(cast.association.id),
        "party_ids": [str(cast.city.id)],
        "content": content,
    }
    made = await cast["editor"].post("/agreements", given)
    assert made.status_code == 201, made.text
    assert made.json()["content"]["personal_data"] == one["content"]["personal_data"]


async def test_own_ones_are_for_who_writes_for_the_organisation(cast: Cast) -> None:
    made = await kept(cast)
    mine = f"organisation={cast.association.id}&kind=cooperation&language=fi"
    assert await names(cast, "editor", mine) == ["Yhteistyösopimus", "Kerhojen sopimus"]
    assert await names(cast, "editor", "kind=partnership&language=fi") == ["Kumppanuussopimus"]
    assert await names(cast, "editor", f"organisation={cast.city.id}&language=fi&kind=cooperation") == [
        "Yhteistyösopimus"
    ]
    for other in ("viewer", "owner", "officer", "outsider"):
        assert await names(cast, other, mine) == ["Yhteistyösopimus"]
        assert (await cast[other].get(f"/agreements/templates/{made.id}")).status_code == 404
    given = {"organisation_id": str(cast.city.id), "kind": "cooperation", "name": "x", "content": {}}
    assert (await cast["editor"].post("/agreements/templates", given)).status_code == 403
    assert (await cast["officer"].post("/agreements/templates", given)).status_code == 201


async def test_a_name_stands_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = await kept(cast), await kept(cast, name="Toinen")
    taken = {"organisation_id": str(cast.association.id), "kind": "cooperation", "name": first.name, "content": {}}
    assert (await cast["editor"].post("/agreements/templates", taken)).json()["code"] == "template_name_taken"
    path = f"/agreements/templates/{second.id}"
    answer = await cast["editor"].patch(path, {"name": first.name}, if_match=second.version)
    assert answer.json()["code"] == "template_name_taken"
    again = await cast["editor"].patch(path, {"name": second.name, "content": {}}, if_match=second.version)
    assert (again.status_code, again.json()["content"]["purpose"]) == (200, None)
    stale = await cast["editor"].patch(path, {"name": "Kolmas"}, if_match=second.version + 5)
    assert stale.status_code == 412
    monkeypatch.setattr(templates, "MOST", 2)
    answer = await cast["editor"].post("/agreements/templates", taken | {"name": "Uusi"})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_templates")
    assert (await cast["editor"].request("DELETE", path, if_match=again.json()["version"])).status_code == 204
    assert (await cast["editor"].get(path)).status_code == 404


async def test_what_happens_to_them_is_told_to_the_organisations_own_people(cast: Cast) -> None:
    made = await kept(cast)
    path = f"/agreements/templates/{made.id}"
    changed = await cast["editor"].patch(path, {"name": "Uusi nimi"}, if_match=made.version)
    await cast["editor"].request("DELETE", path, if_match=changed.json()["version"])
    rows = await cast.world.session.exec(
        select(EventRow).where(col(EventRow.type).startswith("agreement_template.")).order_by(col(EventRow.occurred_at))
    )
    told = rows.all()
    assert [(one.type.split(".")[1], one.changed) for one in told] == [
        ("created", []), ("changed", ["name"]), ("removed", []),
    ]  # fmt: skip
    assert {(one.subject_id, one.actor_id, one.data["template_id"]) for one in told} >= {
        (cast.association.id, cast["editor"].id, str(made.id))
    }
    for role, heard in (("viewer", 3), ("owner", 3), ("officer", 0), ("outsider", 0)):
        line = (await cast[role].get(f"/organisations/{cast.association.id}/events")).json()["items"]
        assert len([one for one in line if one["type"].startswith("agreement_template.")]) == heard, role


async def test_target_groups_are_codes(cast: Cast) -> None:
    given = {
        "organisation_id": str(cast.association.id),
        "kind": "cooperation",
        "name": "x",
        "content": {"target_groups": ["KR999"]},
    }
    answer = await cast["editor"].post("/agreements/templates", given)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/content/target_groups")
