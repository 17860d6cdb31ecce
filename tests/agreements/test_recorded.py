"""What one party says was signed on paper binds nobody else before each other party has confirmed it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.agreements.models import Agreement, AgreementRecordAnswer
from puumerkki.agreements.schemas.agreements import AgreementContent
from puumerkki.agreements.service.asking import ask_due
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.organisations.models.organisations import Contact
from tests.factories import Client, World
from tests.imports.helpers import bring, counts
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import confirmed, recorded, scanned

MILLION = 100_000_000


@pytest.fixture
async def cast(world: World) -> Cast:
    cast = await make_cast(world)
    cast.city.business_id = "2077474-0"
    await world.session.flush()
    return cast


def million(cast: Cast) -> AgreementContent:
    return AgreementContent.model_validate(
        {
            "purpose": "Kaikki rahat.",
            "public": True,
            "contributions": [{"organisation_id": cast.city.id, "kind": "money", "cents": MILLION}],
            "evaluate_by": "03-31",
        }
    )


async def total(by: Client, organisation: Any) -> tuple[int, int]:
    year = clock.today().year
    path = f"/agreements/sums?organisation={organisation.id}&year_from={year}&year_to={year}"
    sums = (await by.get(path)).json()
    return sums["total"]["cents"], sums["recorded"]["cents"]


async def public(cast: Cast) -> list[Any]:
    return list((await cast["anonymous"].get("/agreements/public")).json()["items"])


async def seen(by: Client, found: Agreement) -> dict[str, Any]:
    return dict((await by.get(f"/agreements/{found.id}")).json())


async def answer(by: Client, found: Agreement, organisation: Any, act: str = "confirm", **more: str) -> dict[str, Any]:
    given = {"organisation_id": str(organisation.id)} | more
    got = await by.post(f"/agreements/{found.id}/{act}", given)
    assert got.status_code != 500, got.text
    return dict(got.json()) | {"status": got.status_code}


async def asked(by: Client) -> list[str]:
    tasks = (await by.get("/tasks")).json()["items"]
    return [one["subject"]["id"] for one in tasks if one["kind"] == "agreement_record_to_confirm"]


async def duties(by: Client, found: Agreement) -> list[Any]:
    return list((await by.get(f"/agreements/{found.id}/duties")).json()["items"])


async def test_a_million_recorded_by_a_new_group_is_in_nobody_elses_figures(cast: Cast) -> None:
    found = await recorded(cast, content=million(cast))
    assert (await seen(cast["officer"], found))["state"] == "recorded"
    assert await public(cast) == []
    assert (await cast["anonymous"].get(f"/agreements/public/{found.id}")).status_code == 404
    assert await total(cast["officer"], cast.city) == (0, 0)
    assert await duties(cast["officer"], found) == []
    assert (await cast["officer"].get("/agreements?state=in_force")).json()["items"] == []
    # on the recorder's own page it counts, marked
    assert await total(cast["viewer"], cast.association) == (MILLION, MILLION)

    done = await answer(cast["officer"], found, cast.city)
    assert (done["status"], done["state"], done["version_in_force"]) == (200, "in_force", 1)
    assert len(await public(cast)) == 1
    assert await total(cast["officer"], cast.city) == (MILLION, 0)
    assert await total(cast["viewer"], cast.association) == (MILLION, 0)
    assert {one["organisation_id"] for one in await duties(cast["officer"], found)} == {
        str(cast.city.id), str(cast.association.id),
    }  # fmt: skip


async def test_an_imported_list_is_no_more_than_one_partys_word(cast: Cast) -> None:
    head = "reference;kind;title;parties;starts_on;ends_on;purpose;signed_on;money;payer\n"
    year, city = clock.today().year, cast.city.business_id
    list_ = f"{head}A;partnership;Talo;{city};{year}-01-01;{year + 2}-12-31;Talo.;{year - 1}-12-01;1000000;{city}\n"
    list_ += f"B;partnership;Vanha;{city};2020-01-01;2021-12-31;Talo.;2019-12-01;1000000;{city}\n"
    assert counts(await bring(cast, "agreements", list_, by=cast["signatory"].id)) == (2, 0, 0, 0)
    rows = (await cast.world.session.exec(select(Agreement).order_by(col(Agreement.reference)))).all()
    assert [one.state for one in rows] == ["recorded", "recorded"]
    assert await total(cast["officer"], cast.city) == (0, 0)
    assert await total(cast["viewer"], cast.association) == (MILLION, MILLION)
    # a list of them is confirmed at once; what was over is kept as ended
    given = {"organisation_id": str(cast.city.id), "agreement_ids": [str(one.id) for one in rows]}
    got = await cast["decider"].post("/agreements/confirm", given)
    assert (got.status_code, got.json()) == (200, {"confirmed": given["agreement_ids"], "left_out": []})
    for one in rows:
        await cast.world.session.refresh(one)
    assert [one.state for one in rows] == ["in_force", "ended"]
    assert await total(cast["officer"], cast.city) == (MILLION, 0)
    again = await cast["decider"].post("/agreements/confirm", given)
    assert again.json() == {"confirmed": [], "left_out": given["agreement_ids"]}
    assert counts(await bring(cast, "agreements", list_, by=cast["signatory"].id)) == (0, 0, 2, 0)


async def test_each_other_party_confirms_for_itself(cast: Cast) -> None:
    found = await recorded(cast, party_ids=[cast.city.id, cast.neighbour.id])
    neighbour = await cast.world.person((Role.signatory, cast.neighbour.id), name="Naapuri")
    assert (await seen(cast["officer"], found))["confirm_for"] == [str(cast.city.id)]
    assert (await answer(cast["officer"], found, cast.neighbour))["code"] == "forbidden"
    half = await answer(cast["officer"], found, cast.city)
    assert (half["state"], half["version_in_force"], half["confirm_for"]) == ("recorded", None, [])
    assert (await answer(cast["officer"], found, cast.city))["code"] == "nothing_to_confirm"
    assert (await answer(neighbour, found, cast.neighbour))["state"] == "in_force"
    told = select(EventRow).where(col(EventRow.subject_id) == found.id, col(EventRow.type).like("agreement.%"))
    types = [one.type for one in (await cast.world.session.exec(told)).all()]
    assert types.count("agreement.record_confirmed") == 2
    assert types.count("agreement.came_into_force") == 1


async def test_only_who_signs_or_prepares_for_another_party_answers(cast: Cast) -> None:
    found = await recorded(cast)
    for role in ("signatory", "editor", "owner"):
        assert (await answer(cast[role], found, cast.association))["code"] == "forbidden"
    for role in ("registry",):
        assert (await answer(cast[role], found, cast.city))["code"] == "forbidden"
    machine = await cast.world.service(Role.decider, cast.city)
    assert (await answer(machine, found, cast.city))["code"] == "people_only"
    assert (await answer(cast["outsider"], found, cast.city))["status"] == 404
    # who recorded it does not confirm it, whatever else they are
    assert cast["signatory"].id is not None
    await cast.world.grant(cast["signatory"].id, Role.decider, cast.city.id)
    assert (await answer(cast["signatory"], found, cast.city))["code"] == "recorded_by_you"
    blocked = (await seen(cast["signatory"], found))["available_actions"]
    assert {"action": "confirm_record", "allowed": False, "blocked_by": "recorded_by_you"} in blocked


async def test_a_party_objects_and_it_counts_nowhere(cast: Cast) -> None:
    found = await recorded(cast, content=million(cast))
    done = await answer(cast["officer"], found, cast.city, "dispute", reason="Emme ole sopineet tästä.")
    assert (done["status"], done["state"]) == (200, "disputed")
    [one] = (await seen(cast["viewer"], found))["record_answers"]
    assert (one["answer"], one["reason"]) == ("disputed", "Emme ole sopineet tästä.")
    assert await total(cast["viewer"], cast.association) == (0, 0)
    assert await asked(cast["officer"]) == []
    [letter] = (await cast.world.session.exec(select(OutboxMessage))).all()
    assert "kiistää" in letter.subject and "Emme ole sopineet tästä." not in letter.body
    # the way on: what it was wrong about is mended and signed here, or the party finds that it is right after all
    fresh = await seen(cast["editor"], found)
    assert fresh["editable"] is True and (await seen(cast["officer"], found))["editable"] is False
    assert (await cast["officer"].post(f"/agreements/{found.id}/propose", if_match=fresh["version"])).status_code == 403
    assert (await answer(cast["officer"], found, cast.city))["state"] == "in_force"


async def test_who_recorded_it_takes_it_back_or_has_it_signed_here(cast: Cast) -> None:
    found = await recorded(cast)
    fresh = await seen(cast["editor"], found)
    got = await cast["editor"].post(f"/agreements/{found.id}/propose", if_match=fresh["version"])
    assert (got.status_code, got.json()["state"], got.json()["current_version"]) == (200, "proposed", 2)
    assert (await answer(cast["officer"], found, cast.city))["code"] == "wrong_state"
    other = await recorded(cast)
    assert (await answer(cast["officer"], other, cast.city, "dispute", reason="Ei."))["state"] == "disputed"
    fresh = await seen(cast["editor"], other)
    reason = {"reason": "Kirjattiin väärin."}
    refused = await cast["officer"].post(f"/agreements/{other.id}/cancel", reason, if_match=fresh["version"])
    assert refused.json()["code"] == "forbidden"
    gone = await cast["editor"].post(f"/agreements/{other.id}/cancel", reason, if_match=fresh["version"])
    assert gone.json()["state"] == "cancelled"


async def test_who_does_not_answer_is_asked_twice_and_nothing_follows(cast: Cast) -> None:
    session = cast.world.session
    session.add(Contact(organisation_id=cast.neighbour.id, name="Kassi", email="posti@naapuri.example"))
    start = clock.today()
    found = await recorded(cast, party_ids=[cast.city.id, cast.neighbour.id])
    assert await asked(cast["officer"]) == await asked(cast["decider"]) == [str(found.id)]
    assert await asked(cast["signatory"]) == []
    sent: dict[int, list[str]] = {}
    for day in range(60):
        with clock.fixed(_at(start + timedelta(days=day))):
            known = {one.id for one in (await session.exec(select(OutboxMessage))).all()}
            await ask_due(session)
            await ask_due(session)
            new = [one for one in (await session.exec(select(OutboxMessage))).all() if one.id not in known]
            if new:
                sent[day] = sorted(one.recipient for one in new)
    assert list(sent) == [0, 14]
    assert sent[0] == sent[14] and "posti@naapuri.example" in sent[0] and len(sent[0]) == 3
    with clock.fixed(_at(start + timedelta(days=60))):
        await cast.world.session.refresh(found)
        assert found.state == "recorded"
        officer = await cast.world.person((Role.officer, cast.city.id), name="Uusi")
        assert await asked(officer) == []
        assert (await seen(officer, found))["confirm_for"] == [str(cast.city.id)]


async def test_the_database_keeps_it(cast: Cast) -> None:
    found = await recorded(cast)
    session = cast.world.session
    force = text(
        "update agreement set state = 'in_force', version_in_force = 1, in_force_on = current_date where id = :id"
    ).bindparams(id=found.id)
    with pytest.raises(IntegrityError):
        async with session.begin_nested():
            await session.exec(force)
    await confirmed(cast, found)
    [row] = (await session.exec(select(AgreementRecordAnswer))).all()
    with pytest.raises(IntegrityError):
        async with session.begin_nested():
            await session.exec(
                text("update agreement_record_answer set answer = null, answered_at = null, answered_by = null")
            )
    assert row.answered_by == cast["officer"].id


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.FINLAND)


async def test_a_scan_is_seen_by_who_is_asked(cast: Cast) -> None:
    found = await recorded(cast)
    assert (await scanned(cast, found)).subject_id == found.id
    [version] = (await cast["officer"].get(f"/agreements/{found.id}/versions")).json()["items"]
    assert version["standing"] == "recorded"
    assert (await cast["officer"].get(f"/attachments/{version['scan_id']}/content")).status_code == 200


async def test_who_is_asked_reads_what_was_recorded_and_not_what_is_written_since(cast: Cast) -> None:
    """The title in the list, the task, the letter and the answers is that of the frozen version."""
    found = await recorded(cast, content=million(cast))
    title, path = found.title, f"/agreements/{found.id}"
    given = {"title": "Aivan muu sopimus"}
    written = await cast["editor"].patch(path, given, if_match=(await seen(cast["editor"], found))["version"])
    assert (written.status_code, written.json()["title"]) == (200, "Aivan muu sopimus")

    async def listed(asked_for: str = "") -> list[str]:
        return [one["title"] for one in (await cast["officer"].get(f"/agreements{asked_for}")).json()["items"]]

    assert await listed() == [title]
    assert (await listed("?q=aivan"), await listed(f"?q={title[:9]}")) == ([], [title])
    tasks = (await cast["officer"].get("/tasks")).json()["items"]
    assert [one["title"] for one in tasks if one["subject"]["id"] == str(found.id)] == [{"fi": title}]
    with clock.fixed(clock.now().replace(hour=9) + timedelta(days=1)):
        await ask_due(cast.world.session)
    letters = (await cast.world.session.exec(select(OutboxMessage.body))).all()
    assert any(title in one for one in letters) and not any("Aivan muu" in one for one in letters)
    done = await answer(cast["officer"], found, cast.city)
    assert (done["state"], done["title"]) == ("in_force", title)
    assert await listed() == [title]


async def test_the_recorder_hears_by_its_recorded_title_that_it_is_disputed(cast: Cast) -> None:
    found = await recorded(cast)
    title = found.title
    version = (await seen(cast["editor"], found))["version"]
    await cast["editor"].patch(f"/agreements/{found.id}", {"title": "Aivan muu sopimus"}, if_match=version)
    done = await answer(cast["officer"], found, cast.city, "dispute", reason="Emme ole sopineet.")
    assert (done["status"], done["title"]) == (200, title)
    letters = (await cast.world.session.exec(select(OutboxMessage.body))).all()
    assert any(title in one for one in letters) and not any("Aivan muu" in one for one in letters)
