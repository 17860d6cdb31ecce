"""Agreements through the API: drafted by one, proposed to all, signed by each, in force until they end."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.agreements.models import Agreement, AgreementSignature, AgreementState
from puumerkki.agreements.service import renewal
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from tests.factories import Client, World
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import drafted, in_force, proposed

PURPOSE = {"purpose": "Kerho kahdesti viikossa."}


async def draft(cast: Cast, **more: Any) -> dict[str, Any]:
    given = {
        "kind": "partnership",
        "title": "Yhteinen talo",
        "organisation_id": str(cast.association.id),
        "party_ids": [str(cast.city.id)],
        "starts_on": "2026-01-01",
        "ends_on": "2031-12-31",
        "content": PURPOSE,
    }
    answer = await cast["editor"].post("/agreements", given | more)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def act(by: Client, agreement: dict[str, Any], action: str, json: Any = None) -> dict[str, Any]:
    answer = await by.post(f"/agreements/{agreement['id']}/{action}", json, if_match=agreement["version"])
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def sign(by: Client, agreement: dict[str, Any], organisation: UUID, version: int = 1) -> dict[str, Any]:
    given = {"organisation_id": str(organisation), "version_number": version}
    answer = await by.post(f"/agreements/{agreement['id']}/sign", given)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def seen(by: Client, agreement: dict[str, Any]) -> dict[str, Any]:
    answer = await by.get(f"/agreements/{agreement['id']}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def refused(by: Client, agreement: dict[str, Any], action: str, json: Any = None) -> str:
    answer = await by.post(f"/agreements/{agreement['id']}/{action}", json, if_match=agreement["version"])
    assert answer.status_code in (403, 409, 422), answer.text
    body = answer.json()
    return str(body["errors"][0]["code"] if "errors" in body else body["code"])


async def test_from_a_draft_to_in_force(world: World) -> None:
    cast = await make_cast(world)
    made = await draft(cast)
    assert (made["state"], made["current_version"], made["changed"], made["editable"]) == ("draft", None, True, True)
    assert [one["id"] for one in made["parties"]] == [str(cast.association.id), str(cast.city.id)]
    assert (await cast["officer"].get(f"/agreements/{made['id']}")).status_code == 404
    assert (await cast["officer"].get("/agreements")).json()["items"] == []

    open_ = await act(cast["editor"], made, "propose")
    assert (open_["state"], open_["current_version"], open_["changed"]) == ("proposed", 1, False)
    assert (await seen(cast["officer"], made))["editable"] is True
    for_signatory = await seen(cast["signatory"], made)
    assert for_signatory["sign_for"] == [str(cast.association.id)]
    half = await sign(cast["signatory"], made, cast.association.id)
    assert (half["state"], half["sign_for"], half["version_in_force"]) == ("proposed", [], None)
    whole = await sign(cast["decider"], made, cast.city.id)
    assert (whole["state"], whole["version_in_force"]) == ("in_force", 1)
    assert {one["organisation_id"] for one in whole["signatures"]} == {str(cast.association.id), str(cast.city.id)}
    assert (await cast["outsider"].get(f"/agreements/{made['id']}")).status_code == 404


async def test_what_is_incomplete_or_unchanged_is_not_proposed(world: World) -> None:
    cast = await make_cast(world)
    for lacking in ({"content": {}}, {"starts_on": None}, {"party_ids": []}):
        assert await refused(cast["editor"], await draft(cast, **lacking), "propose") == "agreement_incomplete"
    made = await act(cast["editor"], await draft(cast), "propose")
    assert await refused(cast["editor"], made, "propose") == "nothing_changed"


async def test_a_newer_version_is_signed_anew(world: World) -> None:
    cast = await make_cast(world)
    made = await act(cast["editor"], await draft(cast), "propose")
    await sign(cast["signatory"], made, cast.association.id)
    given = {"content": {"evaluation": "Kysely vuosittain."}}
    changed = await cast["officer"].patch(f"/agreements/{made['id']}", given, if_match=made["version"])
    assert changed.json()["changed"] is True
    assert changed.json()["content"] == PURPOSE | {"evaluation": "Kysely vuosittain."} | changed.json()["content"]
    second = await act(cast["officer"], changed.json(), "propose")
    assert (second["current_version"], second["state"]) == (2, "proposed")
    old = {"organisation_id": str(cast.city.id), "version_number": 1}
    assert await refused(cast["decider"], second, "sign", old) == "newer_version"
    await sign(cast["decider"], made, cast.city.id, version=2)
    assert (await sign(cast["signatory"], made, cast.association.id, version=2))["version_in_force"] == 2
    versions = (await cast["viewer"].get(f"/agreements/{made['id']}/versions")).json()["items"]
    assert [one["number"] for one in versions] == [2, 1]
    assert versions[0]["digest"] != versions[1]["digest"]


async def test_an_amendment_leaves_it_in_force_until_all_have_signed(world: World) -> None:
    cast = await make_cast(world)
    found = await in_force(cast)
    agreement = await seen(cast["officer"], {"id": found.id})
    assert await refused(cast["decider"], agreement, "sign", {
        "organisation_id": str(cast.city.id), "version_number": 1,
    }) == "nothing_to_sign"  # fmt: skip
    changed = await cast["officer"].patch(
        f"/agreements/{found.id}", {"ends_on": str(clock.today() + timedelta(days=2000))}, if_match=agreement["version"]
    )
    amended = await act(cast["officer"], changed.json(), "propose")
    assert (amended["state"], amended["current_version"], amended["version_in_force"]) == ("in_force", 2, 1)
    half = await sign(cast["decider"], amended, cast.city.id, version=2)
    assert (half["state"], half["version_in_force"]) == ("in_force", 1)
    assert (await sign(cast["signatory"], amended, cast.association.id, version=2))["version_in_force"] == 2


async def test_nobody_signs_without_the_right_on_that_day(world: World) -> None:
    cast = await make_cast(world)
    made = await act(cast["editor"], await draft(cast), "propose")
    for role, organisation in (
        ("editor", cast.association), ("owner", cast.association), ("officer", cast.city), ("signatory", cast.city),
        ("signatory", cast.neighbour),
    ):  # fmt: skip
        given = {"organisation_id": str(organisation.id), "version_number": 1}
        assert await refused(cast[role], made, "sign", given) == "forbidden"
    for grant in (await world.session.exec(select(RoleGrant))).all():
        if grant.principal_id == cast["signatory"].id and grant.role == Role.signatory:
            grant.expires_at = clock.now() - timedelta(seconds=1)
    await world.session.flush()
    given = {"organisation_id": str(cast.association.id), "version_number": 1}
    answer = await cast["signatory"].post(f"/agreements/{made['id']}/sign", given)
    assert answer.status_code == 404
    assert (await seen(cast["editor"], made))["signatures"] == []


async def test_a_party_signs_once(world: World) -> None:
    cast = await make_cast(world)
    made = await act(cast["editor"], await draft(cast), "propose")
    await sign(cast["signatory"], made, cast.association.id)
    given = {"organisation_id": str(cast.association.id), "version_number": 1}
    assert await refused(cast["signatory"], made, "sign", given) == "already_signed"
    assert len((await seen(cast["viewer"], made))["signatures"]) == 1


async def test_what_waits_for_a_signature_is_a_task(world: World) -> None:
    cast = await make_cast(world)
    made = await proposed(cast)

    async def waits(role: str) -> list[str]:
        items = (await cast[role].get("/tasks")).json()["items"]
        return [one["subject"]["id"] for one in items if one["kind"] == "agreement_to_sign"]

    assert await waits("signatory") == await waits("decider") == [str(made.id)]
    assert await waits("editor") == await waits("officer") == []
    await sign(cast["signatory"], {"id": made.id}, cast.association.id)
    assert (await waits("signatory"), await waits("decider")) == ([], [str(made.id)])


async def test_given_up_and_terminated(world: World) -> None:
    cast = await make_cast(world)
    made = await act(cast["editor"], await draft(cast), "propose")
    assert (await act(cast["officer"], made, "cancel", {"reason": "Ei tarvita."}))["state"] == "cancelled"
    found = await in_force(cast)
    agreement = await seen(cast["decider"], {"id": found.id})
    early = {"reason": "Loppuu.", "ended_on": str(clock.today() - timedelta(days=1))}
    assert await refused(cast["decider"], agreement, "terminate", early) == "day_outside"
    assert await refused(cast["officer"], agreement, "terminate", early) == "forbidden"
    given = {"reason": "Loppuu.", "ended_on": str(clock.today() + timedelta(days=30))}
    over = await act(cast["decider"], agreement, "terminate", given)
    assert (over["state"], over["ended_on"], over["editable"]) == ("terminated", given["ended_on"], False)
    closed = await cast["officer"].patch(f"/agreements/{found.id}", {"title": "Uusi"}, if_match=over["version"])
    assert closed.json()["code"] == "agreement_closed"


async def test_what_nobody_signed_changes_nothing_in_force(world: World) -> None:
    cast = await make_cast(world)
    found = await in_force(cast, ends_on=clock.today() + timedelta(days=1))
    agreement = await seen(cast["officer"], {"id": found.id})
    given = {"title": "Aivan muuta", "ends_on": str(clock.today())}
    await cast["officer"].patch(f"/agreements/{found.id}", given, if_match=agreement["version"])
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert await renewal.end_due(world.session) == 0
    [listed] = (await cast["viewer"].get("/agreements")).json()["items"]
    assert (listed["title"], listed["ends_on"]) == (agreement["title"], agreement["ends_on"])
    last = {"reason": "Loppuu.", "ended_on": agreement["ends_on"]}
    over = await act(cast["decider"], await seen(cast["decider"], {"id": found.id}), "terminate", last)
    assert over["ended_on"] == last["ended_on"]


async def test_it_ends_after_its_last_day(world: World) -> None:
    cast = await make_cast(world)
    found = await in_force(cast, ends_on=clock.today())
    assert await renewal.end_due(world.session) == 0
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert await renewal.end_due(world.session) == 1
        assert await renewal.end_due(world.session) == 0
    assert found.state == AgreementState.ended
    told = [one for one in (await world.session.exec(select(EventRow))).all() if one.subject_id == found.id]
    assert [one.type for one in told].count("agreement.ended") == 1


@pytest.mark.parametrize(
    ("given", "pointer", "code"),
    [
        ({"content": {"contributions": [{"organisation_id": "NEIGHBOUR", "kind": "money", "cents": 1}]}},
         "/content/contributions/0/organisation_id", "not_a_party"),
        ({"content": {"contributions": [{"organisation_id": "CITY", "kind": "money"}]}}, None, "value_error"),
        ({"contacts": [{"organisation_id": "NEIGHBOUR", "name": "Kuka"}]},
         "/contacts/0/organisation_id", "not_a_party"),
        ({"content": {"target_groups": ["ei ole"]}}, None, "string_pattern_mismatch"),
        ({"ends_on": "2026-01-01"}, "/ends_on", "ends_before_start"),
        ({"ends_on": "2078-01-01"}, "/ends_on", "period_too_long"),
        ({"content": {"confirm_by": "02-30"}}, "/content/confirm_by", "value_error"),
        ({"content": {"evaluate_by": "2027-02-03"}}, "/content/evaluate_by", "string_pattern_mismatch"),
        ({"party_ids": ["CITY", "CITY"]}, None, "value_error"),
    ],
)  # fmt: skip
async def test_bad_input_names_its_field(world: World, given: dict[str, Any], pointer: str | None, code: str) -> None:
    cast = await make_cast(world)
    body = {
        "kind": "cooperation",
        "title": "Sopimus",
        "organisation_id": str(cast.association.id),
        "party_ids": [str(cast.city.id)],
        "starts_on": "2027-01-01",
        "ends_on": "2027-12-31",
    } | given
    filled = _filled(body, {"NEIGHBOUR": str(cast.neighbour.id), "CITY": str(cast.city.id)})
    answer = await cast["editor"].post("/agreements", filled)
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["code"] == code
    assert pointer in (None, error["pointer"])


def _filled(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(one, names) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, names) for one in value]
    return names.get(value, value) if isinstance(value, str) else value


async def test_the_parties_change_before_the_first_proposal_only(world: World) -> None:
    cast = await make_cast(world)
    made = await draft(cast)
    both = {"party_ids": [str(cast.neighbour.id), str(cast.city.id)]}
    changed = (await cast["editor"].patch(f"/agreements/{made['id']}", both, if_match=made["version"])).json()
    assert [one["id"] for one in changed["parties"]] == [str(cast.association.id), *both["party_ids"]]
    open_ = await act(cast["editor"], changed, "propose")
    one = {"party_ids": [str(cast.city.id)]}
    kept = await cast["editor"].patch(f"/agreements/{made['id']}", one, if_match=open_["version"])
    assert kept.json()["code"] == "parties_fixed"


async def test_versions_and_signatures_are_for_good(world: World) -> None:
    cast = await make_cast(world)
    found = await in_force(cast)
    assert isinstance(found, Agreement)
    for statement in (
        "update agreement_version set title = 'toinen'",
        "delete from agreement_version",
        "update agreement_signature set credential = ''",
        "delete from agreement_signature",
    ):
        with pytest.raises(IntegrityError):
            async with world.session.begin_nested():
                await (await world.session.connection()).exec_driver_sql(statement)
    assert len((await world.session.exec(select(AgreementSignature))).all()) == 2


async def test_a_draft_is_its_drafters(world: World) -> None:
    cast = await make_cast(world)
    found = await drafted(cast)
    for role in ("officer", "decider", "registry", "representative", "coordinator", "outsider", "operator"):
        assert (await cast[role].get(f"/agreements/{found.id}")).status_code == 404
    for role in ("viewer", "editor", "owner", "signatory"):
        assert (await cast[role].get("/agreements")).json()["items"][0]["id"] == str(found.id)
