"""What was reported adds up over months, years, organisations and agreements, as Python adds it."""

from collections import Counter
from random import Random
from typing import Any
from uuid import UUID

import pytest

from puumerkki.reports.models import Report, ReportState
from puumerkki.reports.schemas.reports import ReportContent
from tests.factories import Client, World
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import in_force
from tests.valid_requests.reports import drafted, submitted

GROUPS = (None, "KR1.1", "KR2.1")
WHAT = ("people", "visits", "events", "hours")
KINDS = ("money", "working_time", "premises", "volunteers")


def some_content(random: Random) -> dict[str, Any]:
    """A report's sections as anybody may send them."""
    figures = {
        (month, group, what): random.randrange(10**9)
        for group in GROUPS
        for what in WHAT
        for month in ([None] if random.random() < 0.5 else range(1, 13))
        if random.random() < 0.4
    }
    kinds = [random.choice(KINDS) for _ in range(random.randrange(6))]
    given = {
        "activities": "Kerho kokoontui.",
        "figures": [
            {"month": month, "target_group": group, "what": what, "amount": amount}
            for (month, group, what), amount in figures.items()
        ],
        "contributions": [
            {"kind": kind}
            | ({"cents": random.randrange(10**13)} if kind == "money" else {"hours": random.randrange(10**9)})
            for kind in kinds
        ],
    }
    for section in ("figures", "contributions"):
        if not given[section] and random.random() < 0.5:
            del given[section]
    ReportContent.model_validate(given)
    return given


def python_sums(reports: list[Report]) -> tuple[dict[Any, int], dict[Any, tuple[int, int]]]:
    """The same sums, the plain way."""
    figures: Counter[Any] = Counter()
    cents: Counter[Any] = Counter()
    hours: Counter[Any] = Counter()
    for report in reports:
        for year in (report.year, None):
            for one in (report.submitted or {}).get("figures", []):
                figures[year, one["target_group"], one["what"]] += one["amount"]
            for one in (report.submitted or {}).get("contributions", []):
                cents[year, one["kind"]] += one.get("cents") or 0
                hours[year, one["kind"]] += one.get("hours") or 0
    return dict(figures), {key: (cents[key], hours[key]) for key in cents}


async def asked(by: Client, query: str = "") -> tuple[int, dict[Any, int], dict[Any, tuple[int, int]]]:
    answer = await by.get(f"/reports/figures{query}")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    figures = {(one["year"], one["target_group"], one["what"]): one["amount"] for one in found["figures"]}
    given = {(one["year"], one["kind"]): (one["cents"], one["hours"]) for one in found["contributions"]}
    assert (len(figures), len(given)) == (len(found["figures"]), len(found["contributions"]))
    return found["reports"], figures, given


async def some_reports(cast: Cast, random: Random) -> list[Report]:
    """Reports of two agreements and three years, in all states."""
    made = []
    for agreement_id in [(await in_force(cast)).id for _ in range(2)]:
        for year in (2026, 2027, 2028):
            report = await submitted(cast, agreement_id, year=year, content=some_content(random))
            state = random.choice(list(ReportState))
            if state not in (ReportState.draft, ReportState.submitted):
                version = (await cast["officer"].get(f"/reports/{report.id}")).json()["version"]
                action, json = ("accept", {}) if state == ReportState.accepted else ("return", {"reason": "Kesken."})
                path = f"/reports/{report.id}/{action}"
                assert (await cast["officer"].post(path, json, if_match=version)).status_code == 200
            made.append(report)
    await drafted(cast, made[0].subject_id, year=2029, content=some_content(random))
    for one in made:
        await cast.world.session.refresh(one)
    return made


@pytest.mark.parametrize("seed", range(6))
async def test_the_sums_are_those_of_python(world: World, seed: int) -> None:
    cast = await make_cast(world)
    made = await some_reports(cast, Random(seed))
    counted = [one for one in made if one.state in (ReportState.submitted, ReportState.accepted)]

    def expected(reports: list[Report]) -> tuple[int, Any, Any]:
        return (len(reports), *python_sums(reports))

    def about(agreement_id: UUID) -> list[Report]:
        return [one for one in counted if one.subject_id == agreement_id]

    for by in ("editor", "officer"):
        assert await asked(cast[by]) == expected(counted)
        assert await asked(cast[by], f"?organisation={cast.association.id}") == expected(counted)
        assert await asked(cast[by], f"?organisation={cast.city.id}") == (0, {}, {})
        for agreement_id in {one.subject_id for one in made}:
            query = f"?subject_kind=agreement&subject_id={agreement_id}"
            assert await asked(cast[by], query) == expected(about(agreement_id))
        assert await asked(cast[by], "?year=2027") == expected([one for one in counted if one.year == 2027])
    assert await asked(cast["outsider"]) == (0, {}, {})
