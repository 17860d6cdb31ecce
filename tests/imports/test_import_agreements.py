"""An organisation's list of agreements: each is kept as a record of what was signed on paper, once."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from puumerkki.access.actor import Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.roles import Role
from puumerkki.agreements.credential import build_snapshot
from puumerkki.agreements.models import (
    Agreement,
    AgreementKind,
    AgreementParty,
    AgreementSignature,
    AgreementState,
    AgreementVersion,
)
from puumerkki.agreements.service import recording, renewal
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.organisations.models.organisations import OrganisationState
from tests.factories import World
from tests.imports.helpers import bring, counts, faults, rows, told
from tests.imports.test_import_jobs import CSV, run
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import acting

CITY = "2077474-0"
HEAD = "Viite;Laji;Nimi;Osapuolet;Alkaa;Päättyy;Tarkoitus;Kohderyhmät;Euroa vuodessa;Raha vuosittain;Maksaja"
HEAD += ";Irtisanomisaika;Allekirjoitettu\n"


@pytest.fixture
async def cast(world: World) -> Cast:
    cast = await make_cast(world)
    cast.city.business_id = CITY
    await world.session.flush()
    return cast


def day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def lines(cast: Cast) -> str:
    return (
        f"{HEAD}A-1;yhteistyösopimus;Kerho;{CITY};1.1.2024;{day(400)};Kerho kylällä.;KR1.1|KR3;;;;3;15.12.2023\n"
        f'A-2;Ostopalvelusopimus;Päivätoiminta;"{CITY}; {cast.neighbour.id}";2020-01-01;2021-12-31;Ruokaa.;;12 000,50;'
        f"2020=500 | 2021: 700;{CITY};;2019-12-01\n"
    )


async def one(cast: Cast, reference: str) -> tuple[Agreement, AgreementVersion]:
    [found] = await rows(cast, Agreement, reference=reference)
    [version] = await rows(cast, AgreementVersion, agreement_id=found.id)
    return found, version


async def confirm_all(cast: Cast) -> None:
    """Each other party confirms what the list says."""
    city, session = await acting(cast, "decider"), cast.world.session
    neighbour = await cast.world.person((Role.signatory, cast.neighbour.id))
    theirs = await load_actor(session, Caller(id=neighbour.id, kind=PrincipalKind.user))
    ids = [one.id for one in await rows(cast, Agreement)]
    for actor, organisation in ((city, cast.city), (theirs, cast.neighbour)):
        await recording.confirm_all(session, actor=actor, organisation_id=organisation.id, agreement_ids=ids)
    await session.flush()


async def test_what_was_signed_on_paper_is_kept_as_a_record(cast: Cast) -> None:
    by = cast["signatory"].id
    assert counts(await bring(cast, "agreements", lines(cast), by=by)) == (2, 0, 0, 0)
    first, version = await one(cast, "A-1")
    assert (first.state, first.kind, first.version_in_force) == (AgreementState.recorded, "cooperation", None)
    assert (version.signed_on_paper, version.proposed_by) == (date(2023, 12, 15), by)
    assert version.proposed_for_organisation_id == first.drafted_by_organisation_id == cast.association.id
    assert version.content == {"purpose": "Kerho kylällä.", "target_groups": ["KR1.1", "KR3"], "notice_months": 3}
    parties = [
        {"id": str(one.id), "name": one.names["fi"], "business_id": one.business_id}
        for one in (cast.association, cast.city)
    ]
    assert version.snapshot == build_snapshot(
        version.content, agreement_id=first.id, kind="cooperation", title="Kerho", language="fi",
        starts_on=version.starts_on, ends_on=version.ends_on, parties=parties,
    )  # fmt: skip
    second, version = await one(cast, "A-2")
    assert second.state == AgreementState.recorded
    pays = {"organisation_id": str(cast.city.id), "kind": "money"}
    assert version.content["contributions"] == [
        pays | {"cents": 1_200_050},
        pays | {"year": 2020, "cents": 50_000},
        pays | {"year": 2021, "cents": 70_000},
    ]
    statement = select(AgreementParty.organisation_id).where(col(AgreementParty.agreement_id) == second.id)
    assert set((await cast.world.session.exec(statement)).all()) == {
        cast.association.id,
        cast.city.id,
        cast.neighbour.id,
    }
    assert (await cast.world.session.exec(select(func.count()).select_from(AgreementSignature))).one() == 0
    assert await told(cast, "agreement.") == [("agreement.recorded", "parties", [])] * 2
    [event] = await rows(cast, EventRow, subject_id=first.id)
    assert (event.actor_id, event.related) == (by, [cast.association.id, cast.city.id])


async def test_the_parties_see_it_and_nobody_is_asked_to_sign(cast: Cast) -> None:
    assert counts(await bring(cast, "agreements", lines(cast))) == (2, 0, 0, 0)
    found, _ = await one(cast, "A-1")
    await confirm_all(cast)
    seen = (await cast["officer"].get(f"/agreements/{found.id}")).json()
    assert (seen["state"], seen["signatures"], seen["sign_for"], seen["changed"]) == ("in_force", [], [], False)
    version = (await cast["officer"].get(f"/agreements/{found.id}/versions")).json()["items"][0]
    assert (version["signed_on_paper"], version["scan_id"]) == ("2023-12-15", None)
    tasks = (await cast["decider"].get("/tasks")).json()["items"]
    assert "agreement_to_sign" not in [one["kind"] for one in tasks]
    sums = (await cast["officer"].get("/agreements/sums?year_from=2020&year_to=2021")).json()
    assert (sums["total"]["cents"], sums["total"]["agreements"]) == (2 * 1_200_050 + 120_000, 1)
    assert (await cast["outsider"].get(f"/agreements/{found.id}")).status_code == 404


async def test_the_same_list_changes_nothing_and_another_is_refused(cast: Cast) -> None:
    await bring(cast, "agreements", lines(cast))
    before = await told(cast, "agreement.")
    assert counts(await bring(cast, "agreements", lines(cast))) == (0, 0, 2, 0)
    assert counts(await bring(cast, "agreements", lines(cast).split("A-2")[0])) == (0, 0, 1, 0)
    short = f"reference;kind;title;parties;starts_on;ends_on;purpose;signed_on\nA-1;cooperation;Kerho;{CITY};"
    short += f"2024-01-01;{day(400)};Kerho kylällä.;2023-12-15\n"
    assert counts(await bring(cast, "agreements", short)) == (0, 0, 1, 0), "what the file does not tell stays"
    assert await told(cast, "agreement.") == before
    for old, new in (
        ("Kerho kylällä.", "Toista."), (";Kerho;", ";Kahvila;"), ("KR1.1|KR3", "KR3"), ("1.1.2024", "2.1.2024"),
        ("15.12.2023", "14.12.2023"), (";3;", ";4;"), (f"Kerho;{CITY}", f"Kerho;{CITY}|{cast.neighbour.id}"),
        ("yhteistyösopimus", "partnership"), ("KR3;;;;", "KR3;5;;;"),
    ):  # fmt: skip
        assert old in lines(cast)
        changed = lines(cast).replace(old, new, 1)
        assert faults(await bring(cast, "agreements", changed)) == [(2, "Viite", "A-1")], new
    assert counts(await bring(cast, "agreements", lines(cast), at=cast.neighbour.id)) == (2, 0, 0, 0), "another's list"


async def test_what_is_recorded_goes_on_like_any_other(cast: Cast) -> None:
    await bring(cast, "agreements", lines(cast).replace(day(400), day(-1)).replace("Päivä", "Ilta"))
    await confirm_all(cast)
    assert (await one(cast, "A-1"))[0].state == AgreementState.ended
    text = HEAD + f"B;partnership;Talo;{CITY};2024-01-01;{day(100)};Talo.;;;;;;2023-12-01\n"
    await bring(cast, "agreements", text)
    await confirm_all(cast)
    assert await renewal.expire_due(cast.world.session) == 1
    assert (await one(cast, "B"))[0].state == AgreementState.expiring
    assert counts(await bring(cast, "agreements", text)) == (0, 0, 1, 0)


GOOD: dict[str, Any] = {
    "reference": "A", "kind": "cooperation", "title": "Kerho", "parties": CITY, "starts_on": "2024-01-01",
    "ends_on": "2026-12-31", "purpose": "Kerho.", "signed_on": "2023-12-01", "money": "", "money_by_year": "",
    "payer": "", "hours": "", "hours_by_year": "", "worker": "", "notice_months": "", "target_groups": "",
    "language": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reference", ""),
        ("kind", "lahja"),
        ("title", ""),
        ("parties", "2077474-1"),
        ("parties", "0192b2c4-0000-7000-8000-000000000000"),
        ("parties", "1572860-0"),
        ("starts_on", "eilen"),
        ("ends_on", "2023-12-31"),
        ("ends_on", "2075-01-01"),
        ("purpose", ""),
        ("signed_on", "2999-01-01"),
        ("money", "paljon"),
        ("money_by_year", "2026=5|2026=6"),
        ("money_by_year", "1066=5"),
        ("payer", "x"),
        ("hours", "paljon"),
        ("hours", "-1"),
        ("hours", "12,5"),
        ("hours_by_year", "2026=5|2026=6"),
        ("hours_by_year", "2026=5,5"),
        ("worker", "x"),
        ("notice_months", "61"),
        ("target_groups", "KR999"),
        ("language", "suahili"),
    ],
)
async def test_a_bad_row_is_told_with_its_field(cast: Cast, field: str, value: str) -> None:
    await cast.world.organisation("Entinen ry", state=OrganisationState.archived, business_id="1572860-0")
    text = "\t".join(GOOD) + "\n"
    for row in (GOOD | {"reference": "hyvä"}, GOOD | {field: value}):
        text += "\t".join(row.values()) + "\n"
    result = await bring(cast, "agreements", text)
    assert faults(result) == [(3, field, value)]
    assert await rows(cast, Agreement) == [], "nothing is half-written"
    half = await bring(cast, "agreements", text, skip_bad=True)
    assert (half.applied, half.created, half.skipped) == (True, 1, 1)


async def test_a_row_beside_others_and_its_payer(cast: Cast) -> None:
    own, other = str(cast.association.id), str(cast.neighbour.id)
    text = "\t".join(GOOD) + "\n"
    for row in (
        GOOD, GOOD, GOOD | {"reference": "B", "parties": own},
        GOOD | {"reference": "C", "payer": other, "money": "5"}, GOOD | {"reference": "D", "payer": own, "money": "5"},
    ):  # fmt: skip
        text += "\t".join(row.values()) + "\n"
    result = await bring(cast, "agreements", text)
    assert faults(result) == [(3, "reference", "A"), (4, "parties", own), (5, "payer", other)]
    assert [one.code for one in result.errors] == ["agreement_twice", "parties_needed", "payer_not_a_party"]
    await bring(cast, "agreements", text, skip_bad=True)
    [put] = (await one(cast, "D"))[1].content["contributions"]
    assert put == {"organisation_id": own, "kind": "money", "cents": 500}


async def test_working_time_stands_beside_money(cast: Cast) -> None:
    own, other = str(cast.association.id), str(cast.neighbour.id)
    good = GOOD | {"money": "5", "payer": CITY, "hours": "1 200", "hours_by_year": "2024=30 | 2025: 40"}
    head, row = "\t".join(good) + "\n", "\t".join(good.values()) + "\n"
    assert counts(await bring(cast, "agreements", head + row)) == (1, 0, 0, 0)
    _, version = await one(cast, "A")
    works = {"organisation_id": own, "kind": "working_time"}
    assert version.content["contributions"] == [
        {"organisation_id": str(cast.city.id), "kind": "money", "cents": 500},
        works | {"hours": 1200},
        works | {"year": 2024, "hours": 30},
        works | {"year": 2025, "hours": 40},
    ]
    assert json.loads(version.snapshot)["content"] == version.content
    await confirm_all(cast)
    sums = (await cast["officer"].get("/agreements/sums?year_from=2024&year_to=2025")).json()
    assert sums["total"]["hours"] == 2 * 1200 + 70

    # the same list says the same, and what it has no column for stays
    assert counts(await bring(cast, "agreements", head + row)) == (0, 0, 1, 0)
    for left in (("hours", "hours_by_year", "worker"), ("money", "money_by_year", "payer")):
        kept = {name: value for name, value in good.items() if name not in left}
        text = "\t".join(kept) + "\n" + "\t".join(kept.values()) + "\n"
        assert counts(await bring(cast, "agreements", text)) == (0, 0, 1, 0)
    for changed in ({"hours": "1201"}, {"hours_by_year": "2024=30"}, {"worker": CITY}, {"money": "6"}):
        text = head + "\t".join((good | changed).values()) + "\n"
        assert faults(await bring(cast, "agreements", text)) == [(2, "reference", "A")], changed

    rows_ = ({"worker": CITY}, {"worker": other}, {"payer": other, "worker": other})
    text = head + "".join(
        "\t".join((good | {"reference": f"W{n}"} | one).values()) + "\n" for n, one in enumerate(rows_)
    )
    result = await bring(cast, "agreements", text)
    assert faults(result) == [(3, "worker", other), (4, "payer", other), (4, "worker", other)]
    assert {one.code for one in result.errors} == {"payer_not_a_party", "worker_not_a_party"}
    await bring(cast, "agreements", text, skip_bad=True)
    assert (await one(cast, "W0"))[1].content["contributions"][1] == {
        "organisation_id": str(cast.city.id), "kind": "working_time", "hours": 1200,
    }  # fmt: skip


async def test_only_who_signs_for_the_organisation_imports(cast: Cast) -> None:
    path = f"/imports?kind=agreements&organisation_id={cast.association.id}"
    for role in ("editor", "owner", "decider", "operator"):
        sent = {"content": lines(cast).encode(), "headers": {"Content-Type": "text/csv"}}
        assert (await cast[role].request("POST", path, **sent)).status_code == 403
    assert (await cast["signatory"].request("POST", path, **sent)).status_code == 201


@pytest.mark.parametrize("said", ["toistaiseksi", "Voimassa toistaiseksi", "tills vidare", "until further notice"])
async def test_every_agreement_has_an_end_which_is_said(cast: Cast, said: str) -> None:
    result = await bring(cast, "agreements", lines(cast).replace(day(400), said), dry_run=True)
    assert [(one.row, one.column, one.code) for one in result.errors] == [(2, "Päättyy", "end_needed")]


@pytest.mark.parametrize("said", ["kumppanuus", "Kumppanuussopimus", "partnerskap", "Partnership agreement"])
async def test_a_kind_may_be_said_in_short(cast: Cast, said: str) -> None:
    text = lines(cast).replace("yhteistyösopimus", said)
    assert counts(await bring(cast, "agreements", text)) == (2, 0, 0, 0)
    assert (await one(cast, "A-1"))[0].kind == AgreementKind.partnership


async def test_a_row_says_whom_its_numbers_mean(cast: Cast) -> None:
    path = f"/imports?kind=agreements&organisation_id={cast.association.id}&dry_run=true"
    job = await run(await cast["signatory"].request("POST", path, content=lines(cast).encode(), headers=CSV))
    shown = (await cast["signatory"].get(f"/imports/{job.id}/rows")).json()["items"]
    assert shown[0]["name"] == f"Kerho: {cast.association.names['fi']}, {cast.city.names['fi']}"
