"""Reports through the API: drafted by their organisation, accepted or returned by another party."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.reports.models import Report, ReportState
from tests.discussions.test_attachments import PDF
from tests.factories import Client, World
from tests.personas import CALLERS, Cast, make_cast
from tests.valid_requests.agreements import in_force, proposed
from tests.valid_requests.reports import CONTENT, YEAR, drafted, submitted


async def seen(by: Client, report: Any) -> dict[str, Any]:
    answer = await by.get(f"/reports/{report.id if isinstance(report, Report) else report['id']}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def act(by: Client, report: dict[str, Any], action: str, json: Any = None) -> dict[str, Any]:
    answer = await by.post(f"/reports/{report['id']}/{action}", json, if_match=report["version"])
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def changed(by: Client, report: dict[str, Any], **content: Any) -> Any:
    return await by.patch(f"/reports/{report['id']}", {"content": content}, if_match=report["version"])


async def creating(by: Client, cast: Cast, **more: Any) -> Any:
    given = {
        "subject_kind": "agreement",
        "subject_id": str(more.get("subject_id") or (await in_force(cast)).id),
        "organisation_id": str(cast.association.id),
        "year": YEAR,
    }
    return await by.post("/reports", given | more)


def actions(report: dict[str, Any]) -> list[str]:
    return [one["action"] for one in report["available_actions"] if one["allowed"]]


async def test_from_a_draft_to_accepted_by_way_of_a_return(world: World) -> None:
    cast = await make_cast(world)
    made = (await creating(cast["editor"], cast)).json()
    assert (made["state"], made["editable"], made["subject_title"]) == (
        "draft", True, {"fi": "Yhteistyö ikäihmisten hyväksi"},
    )  # fmt: skip
    assert made["available_actions"] == [{"action": "submit", "allowed": False, "blocked_by": "report_incomplete"}]
    assert (await cast["officer"].get(f"/reports/{made['id']}")).status_code == 404
    written = (await changed(cast["editor"], made, **CONTENT)).json()
    sent = await act(cast["editor"], written, "submit")
    assert (sent["state"], sent["editable"], actions(sent)) == ("submitted", False, [])
    read = await seen(cast["officer"], sent)
    assert (read["content"]["activities"], actions(read)) == (CONTENT["activities"], ["accept", "return"])

    returned = await act(cast["officer"], read, "return", {"reason": "Talkootunnit puuttuvat."})
    assert (returned["state"], returned["returned_reason"]) == ("returned", "Talkootunnit puuttuvat.")
    assert returned["answered_for"]["id"] == str(cast.city.id)
    mending = (
        await changed(cast["editor"], await seen(cast["editor"], sent), problems="Talkoot alkoivat myöhään.")
    ).json()
    assert mending["content"]["problems"] is not None
    # the others read what was submitted, not what somebody is writing
    assert (await seen(cast["decider"], sent))["content"]["problems"] is None
    again = await act(cast["editor"], mending, "submit")
    assert (await seen(cast["decider"], sent))["content"]["problems"] == "Talkoot alkoivat myöhään."
    accepted = await act(cast["decider"], again, "accept")
    assert (accepted["state"], accepted["available_actions"]) == ("accepted", [])
    assert accepted["accepted_at"] is not None
    late = await changed(cast["editor"], accepted, problems="Vielä yksi asia.")
    assert (late.status_code, late.json()["code"]) == (409, "report_fixed")


async def test_nobody_accepts_their_own_report(world: World) -> None:
    cast = await make_cast(world)
    report = await seen(cast["editor"], await submitted(cast))
    assert actions(report) == []
    for action, json in (("accept", None), ("return", {"reason": "Ei."})):
        answer = await cast["editor"].post(f"/reports/{report['id']}/{action}", json, if_match=report["version"])
        assert answer.status_code == 403


async def test_who_submitted_it_does_not_answer_for_the_other_party(world: World) -> None:
    cast = await make_cast(world)
    both = await world.person((Role.editor, cast.association.id), (Role.officer, cast.city.id))
    report = await act(both, await seen(cast["editor"], await drafted(cast)), "submit")
    blocked = [{"action": one, "allowed": False, "blocked_by": "own_report"} for one in ("accept", "return")]
    assert report["available_actions"] == blocked
    for action, json in (("accept", None), ("return", {"reason": "Ei."})):
        answer = await both.post(f"/reports/{report['id']}/{action}", json, if_match=report["version"])
        assert (answer.status_code, answer.json()["code"]) == (409, "own_report")
    assert "report_to_accept" not in [one["kind"] for one in (await both.get("/tasks")).json()["items"]]
    assert "report_to_accept" in [one["kind"] for one in (await cast["officer"].get("/tasks")).json()["items"]]

    # what another has submitted they may answer for the party that receives it
    returned = await act(cast["officer"], report, "return", {"reason": "Kesken."})
    again = await act(cast["editor"], returned, "submit")
    assert actions(await seen(both, again)) == ["accept", "return"]
    assert (await act(both, again, "accept"))["answered_for"]["id"] == str(cast.city.id)


async def test_one_report_of_an_organisation_and_year(world: World) -> None:
    cast = await make_cast(world)
    first = await drafted(cast)
    again = await creating(cast["editor"], cast, subject_id=str(first.subject_id))
    assert (again.status_code, again.json()["code"]) == (409, "report_exists")
    for more in ({"year": YEAR + 1}, {"organisation_id": str(cast.city.id)}):
        by = cast["officer" if "organisation_id" in more else "editor"]
        assert (await creating(by, cast, **({"subject_id": str(first.subject_id)} | more))).status_code == 201


async def test_only_what_is_agreed_is_reported_on_and_only_by_its_parties(world: World) -> None:
    cast = await make_cast(world)
    pending, agreed = await proposed(cast), await in_force(cast)
    stranger = await world.person((Role.editor, cast.neighbour.id), (Role.viewer, cast.association.id))
    for by, more, expected in (
        (cast["editor"], {"subject_id": str(pending.id)}, ("/organisation_id", "not_a_party")),
        (cast["editor"], {"subject_id": str(uuid4())}, ("/subject_id", "subject_unknown")),
        (
            cast["editor"],
            {"subject_kind": "need", "subject_id": str(agreed.id)},
            ("/subject_kind", "subject_kind_unknown"),
        ),
        (
            stranger,
            {"subject_id": str(agreed.id), "organisation_id": str(cast.neighbour.id)},
            ("/organisation_id", "not_a_party"),
        ),
    ):
        answer = await creating(by, cast, **more)
        assert answer.status_code == 422, answer.text
        [problem] = answer.json()["errors"]
        assert (problem["pointer"], problem["code"]) == expected


@pytest.mark.parametrize(
    "content",
    [
        {"figures": [{"what": "people", "amount": 1}, {"what": "people", "amount": 2}]},
        {"figures": [{"what": "people", "amount": 1}, {"what": "people", "month": 3, "amount": 2}]},
        {"figures": [{"what": "people", "month": 13, "amount": 1}]},
        {"figures": [{"what": "people", "amount": -1}]},
        {"figures": [{"what": "people", "target_group": "KR9.99", "amount": 1}]},
        {"contributions": [{"kind": "money", "hours": 3}]},
        {"contributions": [{"kind": "volunteers", "cents": 3}]},
    ],
)
async def test_what_does_not_add_up_is_refused(world: World, content: dict[str, Any]) -> None:
    cast = await make_cast(world)
    report = await seen(cast["editor"], await drafted(cast))
    assert (await changed(cast["editor"], report, **content)).status_code == 422


async def test_a_draft_names_target_groups_that_there_are(world: World) -> None:
    cast = await make_cast(world)
    content = {"figures": [{"what": "people", "target_group": "KR9.99", "amount": 1}]}
    answer = await creating(cast["editor"], cast, content=content)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/content/figures")


async def test_each_step_names_the_version_that_was_read(world: World) -> None:
    cast = await make_cast(world)
    report = await seen(cast["editor"], await drafted(cast))
    path = f"/reports/{report['id']}"
    for version, expected in ((None, 428), (report["version"] + 1, 412)):
        assert (await cast["editor"].patch(path, {"language": "sv"}, if_match=version)).status_code == expected
        assert (await cast["editor"].post(f"{path}/submit", if_match=version)).status_code == expected
    sent = await act(cast["editor"], report, "submit")
    for version, expected in ((None, 428), (report["version"], 412)):
        assert (await cast["officer"].post(f"{path}/accept", if_match=version)).status_code == expected
    assert (await act(cast["officer"], sent, "accept"))["state"] == "accepted"


async def test_a_section_left_out_stays_and_null_removes(world: World) -> None:
    cast = await make_cast(world)
    report = await seen(cast["editor"], await drafted(cast))
    content = (await changed(cast["editor"], report, stories=None, plans="Uusi kerho.")).json()["content"]
    assert (content["stories"], content["plans"], content["activities"]) == (None, "Uusi kerho.", CONTENT["activities"])


MAY = {
    ("draft", "submit"): {"editor"},
    ("submitted", "accept"): {"officer", "decider"},
    ("submitted", "return"): {"officer", "decider"},
    ("returned", "submit"): {"editor"},
}


@pytest.mark.parametrize("state", ReportState)
async def test_every_action_in_every_state_by_everybody(world: World, state: ReportState) -> None:
    cast = await make_cast(world)
    report = await drafted(cast) if state == ReportState.draft else await submitted(cast)
    if state in (ReportState.accepted, ReportState.returned):
        action, json = ("accept", None) if state == ReportState.accepted else ("return", {"reason": "Kesken."})
        await act(cast["decider"], await seen(cast["decider"], report), action, json)
    await world.session.flush()
    body = {"return": {"reason": "Kesken."}}
    for name in CALLERS:
        shown = await cast[name].get(f"/reports/{report.id}")
        allowed = set() if shown.status_code != 200 else set(actions(shown.json()))
        assert allowed == {action for (of, action), who in MAY.items() if of == state and name in who}, name
        for action in {"submit", "accept", "return"} - allowed:
            version = shown.json().get("version", 1)
            answer = await cast[name].post(f"/reports/{report.id}/{action}", body.get(action), if_match=version)
            assert answer.status_code in (401, 403, 404, 409), (name, action, answer.text)


async def test_the_list_and_its_filters(world: World) -> None:
    cast = await make_cast(world)
    first = await submitted(cast)
    await drafted(cast, first.subject_id, year=YEAR + 1)

    async def years(by: str, query: str = "") -> list[int]:
        answer = await cast[by].get(f"/reports?sort=-year{query}")
        assert answer.status_code == 200, answer.text
        return [one["year"] for one in answer.json()["items"]]

    assert await years("editor") == [YEAR + 1, YEAR]
    assert await years("officer") == await years("viewer") == [YEAR]
    assert await years("outsider") == []
    assert await years("editor", "&state=draft") == [YEAR + 1]
    assert await years("editor", f"&subject_kind=agreement&subject_id={first.subject_id}&year={YEAR}") == [YEAR]
    assert await years("editor", f"&organisation={cast.city.id}") == []
    assert await years("editor", "&subject_kind=filing") == []


async def test_what_happened_stands_on_the_agreements_timeline_too(world: World) -> None:
    cast = await make_cast(world)
    report = await submitted(cast)
    await act(cast["officer"], await seen(cast["officer"], report), "return", {"reason": "Kesken."})

    async def told(by: str, path: str) -> list[str]:
        items = (await cast[by].get(f"{path}/timeline")).json()["items"]
        return [one["type"] for one in items if one["type"].startswith("report.")]

    agreement = f"/agreements/{report.subject_id}"
    assert await told("decider", agreement) == ["report.returned", "report.submitted"]
    assert await told("editor", f"/reports/{report.id}") == ["report.returned", "report.submitted", "report.drafted"]
    rows = await world.session.exec(select(EventRow).where(col(EventRow.type) == "report.submitted"))
    assert rows.one().data == {
        "about_kind": "agreement",
        "about_id": str(report.subject_id),
        "organisation_id": str(cast.association.id),
        "year": YEAR,
    }


async def test_comments_and_attachments_stand_on_a_report(world: World) -> None:
    cast = await make_cast(world)
    draft = await drafted(cast)
    given = {"subject_kind": "report", "subject_id": str(draft.id), "audience": "applicants", "body": "Hyvä vuosi!"}
    assert (await cast["officer"].post("/comments", given)).status_code == 404
    place = f"/attachments?subject_kind=report&subject_id={draft.id}&audience=applicants&name=kerho.pdf"
    sent = await cast["editor"].request("POST", place, content=PDF)
    assert sent.status_code == 201, sent.text
    await act(cast["editor"], await seen(cast["editor"], draft), "submit")
    assert (await cast["officer"].post("/comments", given)).status_code == 201
    assert (await cast["viewer"].post("/comments", given)).status_code == 403
    assert (await cast["outsider"].post("/comments", given)).status_code == 404
    query = f"?subject_kind=report&subject_id={draft.id}"
    assert len((await cast["decider"].get(f"/attachments{query}")).json()["items"]) == 1
    assert len((await cast["editor"].get(f"/comments{query}")).json()["items"]) == 1


async def test_who_has_to_do_something_is_told(world: World) -> None:
    cast = await make_cast(world)
    report = await submitted(cast)

    async def waits(by: str) -> list[tuple[str, Any]]:
        items = (await cast[by].get("/tasks")).json()["items"]
        return [(one["kind"], one["title"]) for one in items if one["kind"].startswith("report")]

    title = {"fi": "Yhteistyö ikäihmisten hyväksi"}
    assert await waits("officer") == await waits("decider") == [("report_to_accept", title)]
    assert await waits("editor") == await waits("registry") == []
    await act(cast["decider"], await seen(cast["decider"], report), "return", {"reason": "Kesken."})
    assert await waits("editor") == [("report_to_mend", title)]
    assert await waits("officer") == await waits("owner") == []


async def test_no_row_says_otherwise_than_the_workflow(world: World) -> None:
    cast = await make_cast(world)
    report = await drafted(cast)
    for state in (ReportState.submitted, ReportState.accepted, ReportState.returned):
        point = await world.session.begin_nested()
        with pytest.raises(IntegrityError):
            await world.session.exec(update(Report).where(col(Report.id) == report.id).values(state=state))
        await point.rollback()
