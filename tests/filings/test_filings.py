"""Filings through the API: what was sent, what came of it; nothing stops what a deadline forces."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from puumerkki.access.roles import Role
from puumerkki.discussions.models import Attachment, Audience
from puumerkki.filings.models import Filing, FilingState
from tests.applications.drafts import draft, submitted
from tests.factories import Client, World
from tests.personas import CALLERS, Cast, make_cast

FILE = {"filed_on": "2026-11-20", "version_number": 1}


async def planned(cast: Cast, application: dict[str, Any], funder: UUID, **more: Any) -> dict[str, Any]:
    given = {"application_id": application["id"], "funder_id": str(funder)} | more
    answer = await cast["editor"].post("/filings", given)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def act(by: Client, filing: dict[str, Any], action: str, json: Any = None) -> dict[str, Any]:
    answer = await by.post(f"/filings/{filing['id']}/{action}", json, if_match=filing["version"])
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_from_planned_to_closed_with_recovery(world: World) -> None:
    cast = await make_cast(world)
    funder = await world.organisation("Rahoittaja")
    filing = await planned(cast, await submitted(cast), funder.id)
    editor = cast["editor"]
    assert [one["action"] for one in filing["available_actions"]] == ["file", "withdraw"]
    filed = await act(editor, filing, "file", FILE)
    assert (filed["state"], filed["applied_cents"], filed["endorsement_id"]) == ("filed", 4_500_000, None)
    assert filed["differences"] == []
    decision = {"granted_cents": 3_000_000, "decided_on": "2026-12-20", "reason": "Osittain."}
    granted = await act(editor, filed, "grant", decision)
    assert (granted["state"], granted["granted_in_full"]) == ("granted", False)
    changed = await act(editor, granted, "change_plan", {"plan_change": "Alku siirtyy."})
    recovered = await act(editor, changed, "recover", {"cents": 1_000_000})
    assert (recovered["state"], recovered["recovered_cents"]) == ("plan_changed", 1_000_000)
    reported = await act(editor, recovered, "report", {"reported_on": "2028-01-31"})
    closed = await act(editor, reported, "close")
    assert closed["state"] == "closed"
    again = await act(editor, closed, "recover", {"cents": 2_000_000})
    assert (again["state"], again["recovered_cents"]) == ("closed", 3_000_000)
    assert again["available_actions"] == [{"action": "recover", "allowed": False, "blocked_by": "grant_exceeded"}]
    more = await editor.post(f"/filings/{again['id']}/recover", {"cents": 1}, if_match=again["version"])
    assert (more.status_code, more.json()["code"]) == (409, "grant_exceeded")


async def test_what_was_really_sent_is_compared(world: World) -> None:
    cast = await make_cast(world)
    application = await submitted(cast)
    attachment = Attachment(
        subject_kind="application",
        subject_id=UUID(application["id"]),
        audience=Audience.applicants,
        name="lahetetty.pdf",
        media_type="application/pdf",
        size=1,
        digest="0" * 64,
        uploaded_by=cast["editor"].id,
    )
    world.session.add(attachment)
    await world.session.flush()
    filing = await planned(cast, application, cast.city.id, applied_cents=1_000)
    path = f"/filings/{filing['id']}/file"
    unknown = await cast["editor"].post(path, FILE | {"sent_attachment_id": str(uuid4())}, if_match=filing["version"])
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/sent_attachment_id")
    sent = {"goals": "Muuta", "cooperation": None, "amount_cents": 4_400_000}
    filed = await act(
        cast["editor"],
        filing,
        "file",
        FILE | {"sent_attachment_id": str(attachment.id), "sent_content": sent},
    )
    assert [(one["pointer"], one["kind"]) for one in filed["differences"]] == [
        ("/amount_cents", "changed"),
        ("/cooperation", "removed"),
        ("/goals", "changed"),
    ]
    assert filed["applied_cents"] == 1_000


async def test_only_a_frozen_version_is_filed(world: World) -> None:
    cast = await make_cast(world)
    filing = await planned(cast, await draft(cast), cast.city.id)
    assert {"action": "file", "allowed": False, "blocked_by": "version_unknown"} in filing["available_actions"]
    answer = await cast["editor"].post(f"/filings/{filing['id']}/file", FILE, if_match=filing["version"])
    assert (answer.status_code, answer.json()["code"]) == (409, "version_unknown")


async def test_who_knows_of_a_filing(world: World) -> None:
    cast = await make_cast(world)
    funder = await world.organisation("Rahoittaja")
    reader = await world.person((Role.editor, funder.id))
    filing = await planned(cast, await submitted(cast), funder.id)
    path = f"/filings/{filing['id']}"
    hidden = (reader, cast["coordinator"], cast["officer"], cast["outsider"])
    for caller in hidden:
        assert (await caller.get(path)).status_code == 404
    filed = await act(cast["editor"], filing, "file", FILE)
    for caller in (reader, cast["coordinator"], cast["officer"], cast["viewer"]):
        assert (await caller.get(path)).status_code == 200
        assert [one["id"] for one in (await caller.get(f"/filings?funder={funder.id}")).json()["items"]] == [
            filed["id"]
        ]
        refused = await caller.post(f"{path}/withdraw", if_match=filed["version"])
        assert refused.status_code == 403
    assert (await cast["outsider"].get(path)).status_code == 404
    assert (await world.nobody.get("/filings")).status_code == 401
    assert (await cast["viewer"].get("/filings?state=planned")).json()["items"] == []
    assert len((await cast["viewer"].get(f"/filings?application={filed['application_id']}")).json()["items"]) == 1


async def test_a_funder_sees_the_title_that_was_sent(world: World) -> None:
    cast = await make_cast(world)
    funder = await world.organisation("Rahoittaja")
    reader = await world.person((Role.editor, funder.id))
    application = await submitted(cast)
    filed = await act(cast["editor"], await planned(cast, application, funder.id), "file", FILE)
    own = (await cast["editor"].get(f"/applications/{application['id']}")).json()
    renamed = await cast["editor"].patch(f"/applications/{own['id']}", {"title": "Uusi nimi"}, if_match=own["version"])
    assert renamed.status_code == 200, renamed.text
    [item] = (await reader.get(f"/filings?funder={funder.id}")).json()["items"]
    for seen in ((await reader.get(f"/filings/{filed['id']}")).json(), item):
        assert (seen["title"], seen["funder_names"]) == (application["title"], funder.names)


async def test_only_a_plan_changes(world: World) -> None:
    cast = await make_cast(world)
    filing = await planned(cast, await submitted(cast), cast.city.id)
    path = f"/filings/{filing['id']}"
    bad = await cast["editor"].patch(path, {"call_id": str(uuid4())}, if_match=filing["version"])
    assert (bad.status_code, bad.json()["errors"][0]["pointer"]) == (422, "/call_id")
    changed = await cast["editor"].patch(path, {"applied_cents": 5}, if_match=filing["version"])
    assert (changed.status_code, changed.json()["applied_cents"]) == (200, 5)
    filed = await act(cast["editor"], changed.json(), "file", FILE)
    late = await cast["editor"].patch(path, {"applied_cents": 6}, if_match=filed["version"])
    assert (late.status_code, late.json()["code"]) == (409, "filing_not_planned")


ACTIONS: dict[str, tuple[set[str], Any]] = {
    "file": ({"planned"}, FILE),
    "grant": ({"filed"}, {"granted_cents": 1_000, "decided_on": "2026-12-20"}),
    "refuse": ({"filed"}, {"decided_on": "2026-12-20"}),
    "withdraw": ({"planned", "filed"}, None),
    "change_plan": ({"granted", "plan_changed"}, {"plan_change": "Toisin."}),
    "report": ({"granted", "plan_changed"}, {"reported_on": "2027-12-20"}),
    "close": ({"reported"}, None),
    "recover": ({"granted", "plan_changed", "reported", "closed"}, {"cents": 1}),
}


@pytest.mark.parametrize("state", list(FilingState))
async def test_every_action_in_every_state(world: World, state: FilingState) -> None:
    cast = await make_cast(world)
    application = await submitted(cast)
    for action, (states, json) in ACTIONS.items():
        filing = Filing(
            application_id=UUID(application["id"]),
            funder_id=cast.city.id,
            state=state,
            granted_cents=1_000,
            filed_on="2026-11-20" if state is not FilingState.planned else None,
            version_number=1,
        )
        world.session.add(filing)
        await world.session.flush()
        answer = await cast["editor"].post(f"/filings/{filing.id}/{action}", json, if_match=1)
        if state.value in states:
            assert answer.status_code == 200, (action, answer.text)
        else:
            assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state"), action


async def test_only_editors_of_an_applicant_act(world: World) -> None:
    cast = await make_cast(world)
    filing = await planned(cast, await submitted(cast), cast.city.id)
    for role in CALLERS:
        for action, (_, json) in ACTIONS.items():
            if role == "editor":
                continue
            answer = await cast[role].post(f"/filings/{filing['id']}/{action}", json, if_match=filing["version"])
            expected = {"anonymous": 401}.get(role, 403 if role in ("viewer", "owner", "signatory") else 404)
            assert answer.status_code == expected, (role, action)
