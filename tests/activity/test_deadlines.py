"""The days that concern somebody: all of theirs, late ones first, and none of what they may not read."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from puumerkki.access.actor import Caller
from puumerkki.access.models import PrincipalKind
from puumerkki.access.roles import Role
from puumerkki.activity import deadlines
from puumerkki.agreements.schemas.agreements import AgreementContent
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.handlings.models.handlings import Ballot, BallotPurpose, Handling
from puumerkki.kernel import clock
from puumerkki.kernel.db import driver_connection
from puumerkki.kernel.deadlines import Deadline, falls
from puumerkki.kernel.reads.read_pool import PinnedReads
from puumerkki.meetings.models import Meeting, MeetingKind, MeetingState
from tests.factories import RULE, Client, World
from tests.partnerships.gate import Scene, handled, scene
from tests.personas import make_cast
from tests.statement_cache import build_anew
from tests.valid_requests.agreements import in_force

SOON = timedelta(days=5)


async def days(caller: Client, query: str = "") -> list[Any]:
    answer = await caller.get(f"/deadlines{query}")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def kinds(items: list[Any]) -> list[str]:
    return [one["kind"] for one in items]


async def full(world: World) -> Scene:
    """A network with a late handling, an open ballot and a meeting."""
    arrived = await scene(world, gate=False)
    late = clock.today() - timedelta(days=3)
    handling = await handled(
        world.session, arrived.version, arrived.network, state=HandlingState.in_review, handle_by=late
    )
    book = await world.rulebook(arrived.network)
    world.session.add_all(
        [
            Meeting(
                network_id=arrived.network.id,
                kind=MeetingKind.meeting,
                title="Syyskokous",
                starts_at=clock.now() + SOON,
                place="Kirjasto",
            ),
            Meeting(
                network_id=arrived.network.id,
                kind=MeetingKind.meeting,
                state=MeetingState.cancelled,
                title="Peruttu",
                starts_at=clock.now() + SOON,
                place="Kirjasto",
            ),
            Ballot(
                handling_id=handling.id,
                rulebook_id=book.id,
                version_number=arrived.version.number,
                rule=dict(RULE),
                opened_at=clock.now(),
                closes_at=clock.now() + SOON * 2,
            ),
        ]
    )
    await world.session.flush()
    return arrived


async def test_days_come_by_day_and_what_is_late_first(world: World) -> None:
    arrived = await full(world)
    found = await days(await world.person((Role.observer, arrived.network.id)))
    assert kinds(found) == ["handling_due", "meeting", "ballot_closes"]
    assert [one["is_late"] for one in found] == [True, False, False]
    assert found[1]["title"] == {"fi": "Syyskokous"} and found[1]["due_at"] is not None
    assert found[0]["title"] == {"fi": arrived.version.title}
    assert found[0]["network_names"] == arrived.network.names
    assert not any(one["is_task"] for one in found)


async def test_an_applicant_follows_its_handling_but_not_the_network(world: World) -> None:
    arrived = await full(world)
    applicant = await world.person((Role.viewer, arrived.association.id))
    assert kinds(await days(applicant)) == ["handling_due", "ballot_closes"]
    assert await days(await world.person((Role.editor, (await world.organisation("Muu ry")).id))) == []
    assert (await world.nobody.get("/deadlines")).status_code == 401


async def test_of_a_ballot_on_revoking_the_applicant_does_not_learn_here(world: World) -> None:
    arrived = await full(world)
    await world.session.exec(update(Ballot).values(purpose=BallotPurpose.revoke))
    assert "ballot_closes" not in kinds(await days(await world.person((Role.viewer, arrived.association.id))))
    assert "ballot_closes" in kinds(await days(await world.person((Role.observer, arrived.network.id))))


async def test_nobody_sees_a_day_of_what_they_may_not_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a room declares: its subject is asked."""
    arrived = await full(world)
    stranger = await world.person()
    reader = await world.person((Role.observer, arrived.network.id))
    of_all = Deadline(
        kind="handling_due",
        subject="handling",
        rows=lambda caller: select(*falls(col(Handling.id), due_on=col(Handling.handle_by), since=clock.now())),
    )
    monkeypatch.setattr(deadlines, "_deadlines", (of_all,))
    build_anew(monkeypatch)
    connection = await driver_connection(world.session)
    for caller, count in ((reader, 1), (stranger, 0)):
        read = await deadlines.deadlines(
            PinnedReads(connection),
            caller=Caller(id=caller.person_id, kind=PrincipalKind.user),
            since=clock.today() - SOON,
            until=clock.today(),
        )
        assert len(json.loads(read)["items"]) == count


async def test_a_task_says_its_day_and_the_day_itself_is_not_shown_twice(world: World) -> None:
    arrived = await scene(world, gate=False)
    day = clock.today() + SOON
    await handled(world.session, arrived.version, arrived.network, state=HandlingState.received, handle_by=day)
    leads = await world.person((Role.coordinator, arrived.network.id))
    [task] = [one for one in await days(leads) if one["subject"]["kind"] == "handling"]
    assert (task["kind"], task["is_task"], task["due_on"]) == ("handling_to_review", True, day.isoformat())


async def test_who_is_tied_is_offered_no_task_but_sees_the_day(world: World) -> None:
    arrived = await scene(world, gate=False)
    day = clock.today() + SOON
    await handled(world.session, arrived.version, arrived.network, state=HandlingState.received, handle_by=day)
    tied = await world.person((Role.coordinator, arrived.network.id), (Role.viewer, arrived.association.id))
    assert [(one["kind"], one["is_task"]) for one in await days(tied)] == [("handling_due", False)]


async def test_duties_stand_there_before_their_time_and_calls_of_drafts(world: World) -> None:
    cast = await make_cast(world)
    day = f"{clock.today() + timedelta(days=200):%m-%d}"
    found = await in_force(cast, content=AgreementContent(purpose="Kerho.", confirm_by=day, evaluate_by=day))
    far = f"?until={clock.today() + timedelta(days=700)}"
    duties = [one for one in await days(cast["editor"], far) if one["subject"]["id"] == str(found.id)]
    assert duties and {one["kind"] for one in duties} <= {
        "agreement_report_due",
        "agreement_evaluation_due",
        "agreement_contacts_to_check",
        "agreement_renewal_to_decide",
    }
    assert [one for one in await days(cast["outsider"], far) if one["subject"]["id"] == str(found.id)] == []


async def test_a_range_has_its_bounds(world: World) -> None:
    caller = await world.person()
    today = clock.today()
    for query, code in (
        (f"?since={today}&until={today - timedelta(days=1)}", "ends_before_start"),
        (f"?since={today}&until={today + timedelta(days=801)}", "range_too_long"),
    ):
        answer = await caller.get(f"/deadlines{query}")
        assert answer.status_code == 422
        assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [("/until", code)]
    arrived = await full(world)
    one = await world.person((Role.observer, arrived.network.id))
    later = f"?since={today + timedelta(days=8)}&until={today + timedelta(days=30)}"
    assert kinds(await days(one, later)) == ["handling_due", "ballot_closes"]
    assert kinds(await days(one, f"?until={today + timedelta(days=7)}")) == ["handling_due", "meeting"]


async def test_a_draft_shows_when_its_call_closes(world: World) -> None:
    association, funder = await world.organisation("Hakija ry"), await world.organisation("Rahoittaja")
    closes_at = clock.now() + timedelta(days=50)
    call = FundingCall(
        funder_id=funder.id,
        names={"fi": "Syyshaku"},
        opens_at=clock.now(),
        closes_at=closes_at,
        state=CallState.published,
        published_at=clock.now(),
    )
    world.session.add(call)
    await world.session.flush()
    draft = await world.application(association, call_id=call.id)
    editor = await world.person((Role.editor, association.id))
    [one] = await days(editor)
    assert (one["kind"], one["subject"]) == ("call_closes", {"kind": "application", "id": str(draft.id)})
    assert await days(await world.person((Role.viewer, association.id))) == []
    call.closes_at = clock.now() + timedelta(days=20)
    await world.session.flush()
    assert [(one["kind"], one["is_task"]) for one in await days(editor)] == [("application_to_submit", True)]
    call.state = CallState.cancelled
    call.closes_at = closes_at
    await world.session.flush()
    assert await days(editor) == []


async def test_what_is_cut_off_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines, "MOST_DEADLINES", 2)
    build_anew(monkeypatch)
    arrived = await full(world)
    caller = Caller(id=(await world.person((Role.observer, arrived.network.id))).person_id, kind=PrincipalKind.user)
    connection = await driver_connection(world.session)
    today = clock.today()
    for until, more in ((today + SOON, False), (today + SOON * 3, True)):
        read = await deadlines.deadlines(PinnedReads(connection), caller=caller, since=today, until=until)
        assert json.loads(read)["more"] is more
        assert len(json.loads(read)["items"]) == 2
