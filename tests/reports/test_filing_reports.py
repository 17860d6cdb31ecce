"""Reports on a grant: its applicants report, its funder accepts; the filing follows by itself."""

from typing import Any

import pytest

from puumerkki.access.roles import Role
from tests.applications.drafts import submitted
from tests.factories import Client, World
from tests.filings.test_filings import FILE, act, planned
from tests.personas import Cast, make_cast
from tests.reports.test_reports import act as act_on_report
from tests.reports.test_reports import creating, seen

GRANT = {"granted_cents": 3_000_000, "decided_on": "2026-12-20"}
DONE = {"activities": "Kerho kokoontui."}


async def scene(world: World) -> tuple[Cast, Client, dict[str, Any]]:
    """The cast, the funder's editor, and a granted filing."""
    cast = await make_cast(world)
    funder = await world.organisation("Rahoittaja")
    reader = await world.person((Role.editor, funder.id))
    filed = await act(cast["editor"], await planned(cast, await submitted(cast), funder.id), "file", FILE)
    return cast, reader, await act(cast["editor"], filed, "grant", GRANT)


async def reported(cast: Cast, filing: dict[str, Any], **more: Any) -> dict[str, Any]:
    made = await creating(cast["editor"], cast, subject_kind="filing", subject_id=filing["id"], content=DONE, **more)
    assert made.status_code == 201, made.text
    return await act_on_report(cast["editor"], made.json(), "submit")


async def test_the_filing_is_reported_by_itself_and_the_funder_accepts(world: World) -> None:
    cast, funder, filing = await scene(world)
    report = await reported(cast, filing)
    shown = (await cast["editor"].get(f"/filings/{filing['id']}")).json()
    assert (shown["state"], shown["version"]) == ("reported", filing["version"] + 1)
    assert shown["reported_on"] is not None
    timeline = (await cast["editor"].get(f"/applications/{filing['application_id']}/timeline")).json()["items"]
    assert {"filing.reported", "report.submitted"} <= {one["type"] for one in timeline}
    # who handles the application reads it; only the funder answers
    for name in ("coordinator", "officer", "viewer"):
        assert (await seen(cast[name], report))["available_actions"] == []
    assert (await act_on_report(funder, await seen(funder, report), "accept"))["state"] == "accepted"
    # a second year's report leaves the filing as it is
    await reported(cast, filing, year=2028)
    assert (await cast["editor"].get(f"/filings/{filing['id']}")).json()["version"] == shown["version"]


async def test_what_was_recorded_by_hand_is_left_alone(world: World) -> None:
    cast, _, filing = await scene(world)
    closed = await act(
        cast["editor"], await act(cast["editor"], filing, "report", {"reported_on": "2028-01-31"}), "close"
    )
    await reported(cast, filing)
    shown = (await cast["editor"].get(f"/filings/{filing['id']}")).json()
    assert (shown["state"], shown["version"], shown["reported_on"]) == ("closed", closed["version"], "2028-01-31")


async def test_the_funder_does_not_report_and_no_plan_is_reported_on(world: World) -> None:
    cast, funder, filing = await scene(world)
    parties = (await funder.get(f"/reports/parties?subject_kind=filing&subject_id={filing['id']}")).json()["items"]
    assert [(one["reports"], one["accepts"], one["writes"]) for one in parties] == [
        (False, True, True), (True, False, False),
    ]  # fmt: skip
    own = await creating(funder, cast, subject_kind="filing", subject_id=filing["id"], organisation_id=parties[0]["id"])
    assert (own.status_code, own.json()["errors"][0]["code"]) == (422, "not_a_party")
    plan = await planned(cast, {"id": filing["application_id"]}, cast.city.id)
    early = await creating(cast["editor"], cast, subject_kind="filing", subject_id=plan["id"])
    assert (early.status_code, early.json()["errors"][0]["code"]) == (422, "not_a_party")


@pytest.mark.parametrize("by", ["outsider", "observer"])
async def test_who_may_not_know_of_the_filing_knows_of_no_report(world: World, by: str) -> None:
    cast, _, filing = await scene(world)
    report = await reported(cast, filing)
    expected = 200 if by == "observer" else 404
    assert (await cast[by].get(f"/reports/{report['id']}")).status_code == expected
    query = f"?subject_kind=filing&subject_id={filing['id']}"
    assert (await cast[by].get(f"/evaluations{query}")).status_code == expected
