"""Reports from a file: drafts on what the organisation reports on, with their figures; what was submitted stays."""

from typing import Any
from uuid import UUID

import pytest

from puumerkki.agreements.models import Agreement
from puumerkki.applications.models.applications import Application
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.reports.models import Report, ReportState
from tests.factories import World
from tests.imports.helpers import bring, counts, faults, rows, told
from tests.imports.test_import_jobs import CSV, run
from tests.imports.test_import_steps import step
from tests.personas import Cast, make_cast
from tests.reports.test_filing_reports import scene
from tests.valid_requests.agreements import in_force
from tests.valid_requests.reports import drafted, returned, submitted

HEAD = "Sopimus;Vuosi;Toiminta;Ihmisiä;Käyntejä;Tapahtumia;Kieli\n"


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


@pytest.fixture
async def agreement(cast: Cast) -> Agreement:
    found = await in_force(cast)
    found.reference = "S-2026/7"
    await cast.world.session.flush()
    return found


async def _reports(cast: Cast) -> list[Report]:
    return await rows(cast, Report, organisation_id=cast.association.id)


async def test_reports_are_drafted_once_and_brought_up_to_date(cast: Cast, agreement: Agreement) -> None:
    by = cast["editor"].id
    file = HEAD + "S-2026/7;2027;Kerho kokoontui.;1 200;KR1.1/1=40 | KR1.1/2=35;1=3|2=4;ruotsi\n"
    assert counts(await bring(cast, "reports", file, by=by)) == (1, 0, 0, 0)
    [one] = await _reports(cast)
    assert (one.state, one.year, one.language, one.subject_id) == (ReportState.draft, 2027, "sv", agreement.id)
    assert one.content == {
        "activities": "Kerho kokoontui.",
        "figures": [
            {"what": "people", "amount": 1200},
            {"what": "visits", "month": 1, "target_group": "KR1.1", "amount": 40},
            {"what": "visits", "month": 2, "target_group": "KR1.1", "amount": 35},
            {"what": "events", "month": 1, "amount": 3},
            {"what": "events", "month": 2, "amount": 4},
        ],
    }
    shown = await cast["editor"].get(f"/reports/{one.id}")
    assert (shown.status_code, shown.json()["state"]) == (200, "draft"), shown.text
    assert (await cast["officer"].get(f"/reports/{one.id}")).status_code == 404
    timeline = (await cast["editor"].get(f"/agreements/{agreement.id}/timeline")).json()["items"]
    assert timeline[0]["type"] == "report.drafted"
    assert timeline[0]["data"] == {
        "about_kind": "agreement",
        "about_id": str(agreement.id),
        "organisation_id": str(cast.association.id),
        "year": 2027,
    }

    assert counts(await bring(cast, "reports", file, by=by)) == (0, 0, 1, 0)
    less = "sopimus;kausi;tapahtumia;suunnitelmat\ns-2026/7;1.1.–31.12.2027;9;Jatkamme.\n"
    assert counts(await bring(cast, "reports", less, by=by)) == (0, 1, 0, 0)
    assert (await told(cast, "report."))[-1] == ("report.changed", "own", ["content.events", "content.plans"])
    [one] = await _reports(cast)
    assert (one.language, one.content["activities"]) == ("sv", "Kerho kokoontui.")
    assert [f for f in one.content["figures"] if f["what"] == "events"] == [{"what": "events", "amount": 9}]
    assert len(one.content["figures"]) == 4
    empty = "sopimus;vuosi;toiminta;ihmisiä\nS-2026/7;2027;;\n"
    assert counts(await bring(cast, "reports", empty, by=by)) == (0, 1, 0, 0)
    [one] = await _reports(cast)
    assert "activities" not in one.content
    assert {f["what"] for f in one.content["figures"]} == {"visits", "events"}


async def test_it_is_found_by_its_title_and_id(cast: Cast, agreement: Agreement) -> None:
    for year, said in enumerate((agreement.title.upper(), str(agreement.id)), start=2026):
        assert counts(await bring(cast, "reports", f"sopimus;vuosi\n{said};{year}\n")) == (1, 0, 0, 0)
    assert {one.subject_id for one in await _reports(cast)} == {agreement.id}


@pytest.mark.parametrize("make", [submitted, returned])
async def test_what_was_submitted_changes_only_once_it_is_returned(cast: Cast, agreement: Agreement, make: Any) -> None:
    await make(cast, agreement.id)
    file = "sopimus;vuosi;ongelmat\nS-2026/7;2027;{}\n"
    result = await bring(cast, "reports", file.format("Uusi."))
    if make is returned:
        assert counts(result) == (0, 1, 0, 0)
    else:
        assert [one.code for one in result.errors] == ["report_submitted"]
        assert counts(await bring(cast, "reports", file.format(""))) == (0, 0, 1, 0)


async def test_reports_that_are_refused(cast: Cast, agreement: Agreement) -> None:
    mine = await drafted(cast, agreement.id, year=2020)
    theirs = await drafted(cast, agreement.id, year=2021)
    theirs.organisation_id = cast.city.id
    twin = await in_force(cast)
    twin.title = agreement.title
    other = await in_force(cast)
    other.reference, other.drafted_by_organisation_id = "S-9", cast.city.id
    await cast.world.session.flush()
    result = await bring(
        cast,
        "reports",
        "tunniste;sopimus;vuosi;ihmisiä;käyntejä\n"
        ";S-2026/7;;;\n"
        ";;2026;;\n"
        ";S-2026/8;2026;;\n"
        f";{agreement.title};2026;;\n"
        ";S-9;2026;;\n"
        ";S-2026/7;2026;12,5;\n"
        ";S-2026/7;2026;;1=4 | 1=5\n"
        ";S-2026/7;2026;;10 | 1=5\n"
        ";S-2026/7;2026;;13=5\n"
        ";S-2026/7;2026;;eiole=5\n"
        f"{mine.id};S-2026/7;2022;;\n"
        f"{mine.id};{twin.id};2020;;\n"
        f"{theirs.id};S-2026/7;2021;;\n"
        ";S-2026/7;1.1.2026–31.12.2027;;\n"
        f"{mine.id};S-2026/7;;3;\n"
        ";S-2026/7;2020;4;\n",
    )
    assert [(one.row, one.code) for one in result.errors] == [
        (2, "year_expected"),
        (3, "reported_expected"),
        (4, "reported_not_found"),
        (5, "reported_of_several"),
        (6, "reported_not_found"),
        (7, "figures_expected"),
        (8, "figures_expected"),
        (9, "figures_expected"),
        (10, "figures_expected"),
        (11, "figures_expected"),
        (12, "report_otherwise"),
        (13, "report_otherwise"),
        (14, "id_unknown"),
        (15, "year_expected"),
        (17, "report_twice"),
    ]


async def test_whoever_writes_reports_sends_them_and_an_undo_leaves_all_as_it_was(
    cast: Cast, agreement: Agreement
) -> None:
    await drafted(cast, agreement.id, year=2026)
    before = [(one.content, one.language) for one in await _reports(cast)]
    file = "sopimus;vuosi;toiminta;ihmisiä\nS-2026/7;2026;Toista.;5\nS-2026/7;2027;Uutta.;7\n".encode()
    path = f"/imports?kind=reports&organisation_id={cast.association.id}&dry_run=true"
    for role in ("viewer", "owner", "officer", "coordinator", "operator"):
        assert (await cast[role].request("POST", path, content=file, headers=CSV)).status_code == 403, role
    job = await run(await cast["editor"].request("POST", path, content=file, headers=CSV))
    path = f"/imports/{job.id}"
    done = await step(cast["editor"], path, "apply")
    assert (done["created"], done["changed"]) == (1, 1)
    shown = (await cast["editor"].get(f"{path}/rows")).json()["items"]
    assert [one["name"] for one in shown] == [f"{year}: {agreement.title}" for year in (2026, 2027)]
    assert [one["field"] for one in shown[0]["changes"]] == ["content.activities", "content.people"]
    assert [one["after"] for one in shown[0]["changes"]] == ["Toista.", "5"]
    events = len(await told(cast, "report."))
    assert (await step(cast["editor"], path, "undo"))["state"] == "undone"
    assert [(one.content, one.language) for one in await _reports(cast)] == before
    since = (await told(cast, "report."))[events:]
    assert sorted(type_ for type_, _, _ in since) == ["report.changed", "report.deleted"]
    timeline = (await cast["editor"].get(f"/agreements/{agreement.id}/timeline")).json()["items"]
    assert {one["type"] for one in timeline[:2]} == {"report.changed", "report.deleted"}


async def test_a_grant_is_found_by_its_case_and_its_title(world: World) -> None:
    cast, _, filing = await scene(world)
    application = await world.session.get_one(Application, UUID(filing["application_id"]))
    [case, *_] = await rows(cast, PartnerRequest, application_id=application.id)
    for year, said in enumerate((application.title, case.case_number, filing["id"]), start=2026):
        assert counts(await bring(cast, "reports", f"avustus;vuosi\n{said};{year}\n")) == (1, 0, 0, 0), said
    assert {one.subject_id for one in await rows(cast, Report, subject_kind="filing")} == {UUID(filing["id"])}
    other = await bring(cast, "reports", f"avustus;vuosi\n{case.case_number};2026\n", at=cast.city.id)
    assert [one.code for one in other.errors] == ["reported_not_found"], "the city reports on nothing"


async def test_a_report_holds_so_many_figures(cast: Cast, agreement: Agreement) -> None:
    figures = [
        {"what": "visits", "target_group": "KR1.1", "month": 1, "amount": 1},
        *({"what": "events", "month": month, "amount": 1} for month in range(1, 13)),
    ]
    found = await drafted(cast, agreement.id, content={"figures": figures})
    found.content = {"figures": figures[:1] * 495}
    await cast.world.session.flush()
    many = "sopimus;vuosi;tapahtumia\nS-2026/7;2027;{}\n".format("|".join(f"{one}=1" for one in range(1, 13)))
    assert faults(await bring(cast, "reports", many))[0][0] == 2


async def test_the_list_as_a_file_shows_the_working_copy_to_who_writes_it_alone(
    cast: Cast, agreement: Agreement
) -> None:
    await returned(cast, agreement.id)
    files = {role: (await cast[role].get("/reports/export.csv?language=fi")).text for role in ("editor", "officer")}
    assert ["Tila oli kesällä kiinni." in files[role] for role in files] == [True, False]
    assert all("Kerho kokoontui kahdesti viikossa." in file for file in files.values())
