"""Agreements by theme, year and what ends soon; who gets which sums and files."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from puumerkki.agreements.labels import KINDS, STATES
from puumerkki.agreements.models import AgreementKind, AgreementState
from puumerkki.agreements.schemas.agreements import AgreementContent, AgreementEnding, AgreementTermination
from puumerkki.agreements.service import signing
from puumerkki.kernel import clock
from puumerkki.kernel.field_types import UiLanguage
from tests.factories import World
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import acting, drafted, in_force, proposed


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


def money(cast: Cast, cents: int, **more: Any) -> AgreementContent:
    put = {"organisation_id": cast.city.id, "kind": "money", "cents": cents}
    return AgreementContent.model_validate({"purpose": "Kerho.", "contributions": [put]} | more)


async def titles(cast: Cast, asked: str) -> list[str]:
    answer = await cast["officer"].get(f"/agreements?{asked}")
    assert answer.status_code == 200, answer.text
    return [one["title"] for one in answer.json()["items"]]


async def total(cast: Cast, by: str = "viewer", asked: str = "") -> dict[str, int]:
    answer = await cast[by].get(f"/agreements/sums?{asked}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["total"])


async def test_the_list_by_theme_and_year_is_of_what_is_in_force(cast: Cast) -> None:
    year = clock.today().year
    with_theme = money(cast, 100, target_groups=["KR1.1"])
    found = await in_force(cast, title="Vanhat", content=with_theme, ends_on=clock.today() + timedelta(days=1))
    await proposed(cast, title="Ehdotettu", content=with_theme)
    await in_force(cast, title="Muut")
    assert await titles(cast, "theme=KR1.1") == ["Vanhat"]
    seen = (await cast["officer"].get(f"/agreements/{found.id}")).json()
    change = {"content": {"target_groups": ["KR3"]}}
    await cast["officer"].patch(f"/agreements/{found.id}", change, if_match=seen["version"])
    assert await titles(cast, "theme=KR1.1") == ["Vanhat"], "what somebody writes is not in force"
    assert await titles(cast, "theme=KR3") == []
    assert await titles(cast, f"year={year}&sort=title") == ["Muut", "Vanhat"]
    assert await titles(cast, f"year={year + 2}") == ["Muut"]
    assert await titles(cast, f"year={year - 1}") == []


async def test_the_list_is_in_the_order_of_the_titles_it_shows(cast: Cast) -> None:
    first, _ = await in_force(cast, title="Aamu"), await proposed(cast, title="Ilta")
    seen = (await cast["officer"].get(f"/agreements/{first.id}")).json()
    await cast["officer"].patch(f"/agreements/{first.id}", {"title": "Yö"}, if_match=seen["version"])
    assert await titles(cast, "sort=title") == ["Aamu", "Ilta"]


async def test_what_ends_soon_still_runs(cast: Cast) -> None:
    soon, later = clock.today() + timedelta(days=90), clock.today() + timedelta(days=91)
    await in_force(cast, title="Pian", ends_on=soon)
    await in_force(cast, title="Myöhemmin", ends_on=later)
    await proposed(cast, title="Ehdotettu", ends_on=soon)
    ended = await in_force(cast, title="Irtisanottu")
    given = AgreementTermination(reason="Toiminta päättyy.", ended_on=clock.today())
    await signing.terminate(
        cast.world.session, actor=await acting(cast, "decider"), agreement_id=ended.id, if_version=ended.version,
        given=given,
    )  # fmt: skip
    assert await titles(cast, f"ends_by={soon}") == ["Pian"]
    assert "Irtisanottu" in await titles(cast, f"year={clock.today().year}")
    assert "Irtisanottu" not in await titles(cast, f"year={clock.today().year + 1}")
    assert await titles(cast, f"ends_by={later}&sort=title") == ["Myöhemmin", "Pian"]


async def test_only_what_all_signed_counts(cast: Cast) -> None:
    nothing = {"agreements": 0, "cents": 0, "hours": 0}
    await drafted(cast, content=money(cast, 100))
    waiting = await proposed(cast, content=money(cast, 100))
    assert await total(cast) == nothing
    given = AgreementEnding(reason="Sovittiin toisin.")
    await signing.cancel(
        cast.world.session, actor=await acting(cast, "officer"), agreement_id=waiting.id, if_version=waiting.version,
        given=given,
    )  # fmt: skip
    found = await in_force(cast, content=money(cast, 500))
    assert await total(cast) == {"agreements": 1, "cents": 500, "hours": 0}
    change = {"content": {"contributions": []}}
    await cast["officer"].patch(f"/agreements/{found.id}", change, if_match=found.version)
    assert await total(cast) == {"agreements": 1, "cents": 500, "hours": 0}


async def test_the_sums_are_of_what_one_may_know_of(cast: Cast) -> None:
    await in_force(cast, content=money(cast, 500))
    assert (await total(cast, "officer"))["cents"] == (await total(cast, "registry"))["cents"] == 500
    assert await total(cast, "outsider") == {"agreements": 0, "cents": 0, "hours": 0}
    assert (await total(cast, asked=f"organisation={cast.city.id}"))["cents"] == 500
    assert (await total(cast, asked=f"organisation={cast.neighbour.id}"))["cents"] == 0
    assert (await cast.world.nobody.get("/agreements/sums")).status_code == 401


async def test_years_that_are_asked_for(cast: Cast) -> None:
    present = clock.today().year
    await in_force(cast, content=money(cast, 500))
    for asked, first, last in (
        ("", present, present),
        ("year_from=2020", 2020, 2020),
        ("year_to=2020", 2020, 2020),
        ("year_from=2020&year_to=2049", 2020, 2049),
    ):
        answer = (await cast["viewer"].get(f"/agreements/sums?{asked}")).json()
        assert (answer["year_from"], answer["year_to"]) == (first, last)
    for asked in ("year_from=2020&year_to=2050", "year_from=2020&year_to=2019", "year_to=1"):
        assert (await cast["viewer"].get(f"/agreements/sums?{asked}")).status_code == 422


async def test_the_files_hold_what_the_list_holds_and_no_formulas(cast: Cast) -> None:
    year = clock.today().year
    content = money(cast, 123_450, target_groups=["KR1.1", "KR3"], notice_months=3)
    found = await in_force(cast, title="=HYPERLINK(1)", content=content)
    await proposed(cast, title="+358 soita", content=content)
    answer = await cast["officer"].get(f"/agreements/export.csv?language=en&year={year}")
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";")
    [row] = [one for one in rows if one["Id"] == str(found.id)]
    years = found.ends_on.year - year + 1 if found.ends_on else 0
    wanted = {
        "Kind": "Cooperation agreement",
        "Title": "'=HYPERLINK(1)",
        "Parties": f"{cast.association.id}|{cast.city.id}",
        "Starts on": str(found.starts_on),
        "Ends on": str(found.ends_on),
        "Target groups": "KR1.1|KR3",
        "Money": "1234,50",
        "Payer": str(cast.city.id),
        "Notice months": "3",
        "Status": "In force",
        "Names of the parties": "Vanhusten Ystävät ry; Oulun kaupunki",
        "Money in all (€)": f"{1234.5 * years:.2f}".replace(".", ","),
        f"Money {year} (€)": "1234,50",
        "Hours in all": "0",
    }
    assert row == row | wanted
    answer = await cast["officer"].get("/agreements/export.csv?language=en")
    draft, _ = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert (draft["Status"], draft["Title"], draft["Money"]) == ("Awaiting signatures", "'+358 soita", "1234,50")
    assert (draft["Money in all (€)"], draft["Hours in all"]) == ("", ""), "nobody has promised it yet"
    answer = await cast["officer"].get(f"/agreements/export.xlsx?language=sv&state=in_force&year={year}")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [book[0][place] for place in (1, 2, 3, 18)] == ["Referens", "Slag", "Namn", "Status"]
    assert len(book) == 2
    assert [book[1][place] for place in (2, 3, 6, 10, 18)] == [
        "Samarbetsavtal", "=HYPERLINK(1)", found.starts_on, 1234.5, "Gällande",
    ]  # fmt: skip


def test_the_files_have_a_word_for_every_state_and_kind() -> None:
    for language in UiLanguage:
        assert set(STATES[language]) == set(AgreementState)
        assert set(KINDS[language]) == set(AgreementKind)
