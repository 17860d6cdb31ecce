"""What all parties signed on paper: recorded by one of them, confirmed by each other one."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select

from puumerkki.agreements.document import document
from puumerkki.agreements.document_labels import WORDS
from puumerkki.agreements.models import Agreement
from puumerkki.agreements.queries import records
from puumerkki.agreements.queries.agreements import version
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from tests.factories import World
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import confirmed, drafted, in_force, proposed, scanned


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


async def record(cast: Cast, found: Agreement, by: str = "signatory", **more: Any) -> dict[str, Any]:
    scan = (await scanned(cast, found)).id
    given = {"signed_on": str(clock.today() - timedelta(days=30)), "attachment_id": str(scan)} | more
    answer = await cast[by].post(f"/agreements/{found.id}/record", given, if_match=found.version)
    return dict(answer.json()) | {"status": answer.status_code}


async def test_a_confirmed_record_is_in_force_without_signatures_and_all_are_told(cast: Cast) -> None:
    found = await drafted(cast)
    assert (await cast["officer"].get(f"/agreements/{found.id}")).status_code == 404
    made = await record(cast, found)
    assert (made["status"], made["state"], made["version_in_force"]) == (200, "recorded", None)
    assert made["in_force_on"] is None
    await confirmed(cast, found)
    made = (await cast["editor"].get(f"/agreements/{found.id}")).json()
    assert (made["state"], made["version_in_force"]) == ("in_force", 1)
    assert made["in_force_on"] == str(clock.today()), "it begins today"
    seen = (await cast["officer"].get(f"/agreements/{found.id}")).json()
    assert (seen["signatures"], seen["sign_for"], seen["changed"]) == ([], [], False)
    [one] = (await cast["officer"].get(f"/agreements/{found.id}/versions")).json()["items"]
    assert one["signed_on_paper"] == str(clock.today() - timedelta(days=30))
    assert one["proposed_for_organisation_id"] == str(cast.association.id)
    assert (await cast["officer"].get(f"/attachments/{one['scan_id']}/content")).status_code == 200
    tasks = (await cast["decider"].get("/tasks")).json()["items"]
    assert "agreement_to_sign" not in [task["kind"] for task in tasks]
    rows = await cast.world.session.exec(
        select(EventRow).where(col(EventRow.subject_id) == found.id, col(EventRow.type) == "agreement.recorded")
    )
    [event] = rows.all()
    assert (event.tier, event.related) == ("parties", [cast.association.id, cast.city.id])
    timeline = (await cast["officer"].get(f"/agreements/{found.id}/timeline")).json()["items"]
    assert "agreement.recorded" in [one["type"] for one in timeline]


async def test_who_signs_for_the_drafter_records_a_whole_draft_once(cast: Cast) -> None:
    found = await drafted(cast)
    assert (await record(cast, found, "editor"))["code"] == "forbidden"
    assert (await record(cast, found, "decider"))["status"] == 404
    bare = await drafted(cast, party_ids=[])
    assert (await record(cast, bare))["code"] == "agreement_incomplete"
    for one in (await proposed(cast), await in_force(cast)):
        assert (await record(cast, one))["status"] == 409


async def test_the_day_has_come_and_the_scan_is_on_the_agreement(cast: Cast) -> None:
    found, other = await drafted(cast), await drafted(cast)
    elsewhere = str((await scanned(cast, other)).id)
    for wrong, code in (
        ({"signed_on": str(clock.today() + timedelta(days=1))}, "day_in_future"),
        ({"attachment_id": elsewhere}, "attachment_unknown"),
        ({"attachment_id": str(uuid4())}, "attachment_unknown"),
    ):
        answer = await record(cast, found, **wrong)
        assert (answer["status"], answer["errors"][0]["code"]) == (422, code)
    removed = await scanned(cast, found)
    await cast["editor"].request("DELETE", f"/attachments/{removed.id}", if_match=removed.version)
    assert (await record(cast, found, attachment_id=str(removed.id)))["errors"][0]["code"] == "attachment_unknown"


async def test_a_recorded_one_is_amended_by_signatures(cast: Cast) -> None:
    found = await drafted(cast)
    await record(cast, found)
    await confirmed(cast, found)
    made = (await cast["officer"].get(f"/agreements/{found.id}")).json()
    given = {"content": {"evaluation": "Kysely vuosittain."}}
    changed = (await cast["officer"].patch(f"/agreements/{found.id}", given, if_match=made["version"])).json()
    proposed_again = await cast["officer"].post(f"/agreements/{found.id}/propose", if_match=changed["version"])
    assert (proposed_again.json()["current_version"], proposed_again.json()["version_in_force"]) == (2, 1)
    assert "agreement_to_sign" in [one["kind"] for one in (await cast["decider"].get("/tasks")).json()["items"]]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_the_document_says_who_recorded_it(cast: Cast, language: str) -> None:
    found = await drafted(cast)
    await record(cast, found)
    await cast.world.session.refresh(found)
    kept = await version(cast.world.session, found.id, 1)
    for whole in (False, True):
        said = await records.answers(cast.world.session, found)
        made = document(found, kept, target_groups=[], signatures=[], language=language, answers=said)
        assert WORDS[language]["unsigned"] not in made.sections[-1].paragraphs
        [told] = made.sections[-1].paragraphs
        assert "Vanhusten Ystävät ry" in told and "{" not in told
        assert ("{names}" not in told) and told.endswith("Oulun kaupunki.")
        part = WORDS[language]["confirmed" if whole else "unconfirmed"].split("{")[0]
        assert part in told and (WORDS[language]["paper"].split("{")[0] in told) is whole
        if not whole:
            await confirmed(cast, found)
