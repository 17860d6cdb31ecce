"""Agreements in figures: the sums of the service are those of plain sums in Python, and those of the exports."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from puumerkki.agreements.models import Agreement, AgreementKind, AgreementParty, AgreementState, AgreementVersion
from puumerkki.kernel.collation import sort_key
from puumerkki.kernel.crypto.canonical import sha256
from tests.factories import World
from tests.personas import Cast, make_cast
from tests.web.calls import undone

YEARS = range(2024, 2031)
THEMES = ("KR1.1", "KR2.1", "KR3")


@dataclass(frozen=True)
class Signed:
    """An agreement as it is drawn: contributions hold the place of their party."""

    starts_on: date
    ends_on: date
    ended_on: date | None
    themes: tuple[str, ...]
    contributions: tuple[tuple[int, str, int | None, int], ...]


days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
contribution = st.tuples(
    st.integers(0, 1),
    st.sampled_from(["money", "working_time", "premises", "volunteers"]),
    st.none() | st.sampled_from(YEARS),
    st.integers(0, 10**6),
)


@st.composite
def signed_agreements(draw: st.DrawFn) -> Signed:
    starts_on, ends_on = sorted((draw(days), draw(days)))
    return Signed(
        starts_on,
        ends_on,
        draw(st.none() | st.dates(starts_on, ends_on)),
        tuple(draw(st.lists(st.sampled_from(THEMES), max_size=3, unique=True))),
        tuple(draw(st.lists(contribution, max_size=5))),
    )


def counted(one: Signed) -> Iterator[tuple[int, int, str, int, int]]:
    """Year, party, kind, cents and hours of each contribution in each year in which it counts."""
    last = one.ended_on or one.ends_on
    for party, kind, single, amount in one.contributions:
        for year in YEARS:
            counts = one.starts_on.year <= year <= last.year if single is None else year == single
            if counts and (one.ended_on is None or year <= one.ended_on.year):
                yield year, party, kind, *((amount, 0) if kind == "money" else (0, amount))


async def kept(cast: Cast, one: Signed, number: int, title: str) -> Agreement:
    """What all parties signed, written as it stands afterwards."""
    session, parties = cast.world.session, (cast.association.id, cast.city.id)
    content: dict[str, Any] = {
        "purpose": "Kerho.",
        "target_groups": list(one.themes),
        "contributions": [
            {"organisation_id": str(parties[party]), "kind": kind, "cents" if kind == "money" else "hours": amount}
            | ({} if single is None else {"year": single})
            for party, kind, single, amount in one.contributions
        ],
    }
    made = Agreement(
        kind=AgreementKind.partnership,
        title="Luonnos",
        sort_key=sort_key("Luonnos"),
        content={"purpose": "Muutettu.", "contributions": content["contributions"] * 2},
        drafted_by_organisation_id=parties[0],
        ended_on=one.ended_on,
    )
    session.add(made)
    await session.flush()
    session.add_all(
        AgreementParty(agreement_id=made.id, organisation_id=party, place=place, informed=True)
        for place, party in enumerate(parties)
    )
    session.add(
        AgreementVersion(
            agreement_id=made.id, number=1, title=title, starts_on=one.starts_on, ends_on=one.ends_on, content=content,
            snapshot=b"%d" % number, digest=sha256(b"%d" % number), proposed_by=cast["editor"].id,
            proposed_for_organisation_id=parties[0],
        )
    )  # fmt: skip
    await session.flush()
    made.current_version = made.version_in_force = 1
    made.in_force_on = one.starts_on
    made.state = AgreementState.terminated if one.ended_on else AgreementState.in_force
    await session.flush()
    return made


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


def plain(cells: Sequence[tuple[Any, int, int]]) -> dict[Any, tuple[int, int]]:
    found: dict[Any, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for key, cents, hours in cells:
        found[key] = (found[key][0] + cents, found[key][1] + hours)
    return {key: sums for key, sums in found.items() if any(sums)}


def told(rows: Sequence[dict[str, Any]], *names: str) -> dict[Any, tuple[int, int]]:
    def key(row: dict[str, Any]) -> Any:
        found = tuple(row[name]["id"] if name == "organisation" else row[name] for name in names)
        return found if len(found) > 1 else found[0]

    return plain([(key(row), row["cents"], row["hours"]) for row in rows])


@given(st.lists(signed_agreements(), min_size=1, max_size=4), st.sampled_from(YEARS), st.integers(0, 3))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_sums_are_plain_sums(cast: Cast, drawn: list[Signed], first: int, more: int) -> None:
    async with undone(cast.world.session):
        ids = [(await kept(cast, one, number, f"=SUM({number})")).id for number, one in enumerate(drawn)]
        parties, last = (cast.association.id, cast.city.id), first + more
        cells = [
            (ids[number], one, *cell)
            for number, one in enumerate(drawn)
            for cell in counted(one)
        ]  # fmt: skip
        wanted = [cell for cell in cells if first <= cell[2] <= last]
        answer = await cast["viewer"].get(f"/agreements/sums?year_from={first}&year_to={last}")
        assert answer.status_code == 200, answer.text
        sums = answer.json()
        assert told(sums["years"], "year") == plain([(year, c, h) for _, _, year, _, _, c, h in wanted])
        assert told(sums["parties"], "organisation", "year", "kind") == plain(
            [((str(parties[party]), year, kind), c, h) for _, _, year, party, kind, c, h in wanted]
        )
        assert told(sums["themes"], "theme", "year") == plain(
            [((theme, year), c, h) for _, one, year, _, _, c, h in wanted for theme in one.themes or (None,)]
        )
        assert told(sums["agreements"], "id") == plain([(str(id_), c, h) for id_, _, _, _, _, c, h in wanted])
        _agree_with_one_another(sums)
        runs = [(one.starts_on.year, (one.ended_on or one.ends_on).year) for one in drawn]
        for row in sums["years"]:
            puts = {cell[0] for cell in wanted if cell[2] == row["year"]}
            running = {id_ for id_, (a, b) in zip(ids, runs, strict=True) if a <= row["year"] <= b}
            assert row["agreements"] == len(puts | running)
        await _is_in_the_exports(cast, ids, cells, first)


def _agree_with_one_another(sums: dict[str, Any]) -> None:
    total = (sums["total"]["cents"], sums["total"]["hours"])
    for part in ("years", "parties", "agreements"):
        assert (sum(one["cents"] for one in sums[part]), sum(one["hours"] for one in sums[part])) == total


async def _is_in_the_exports(cast: Cast, ids: list[UUID], cells: list[Any], year: int) -> None:
    in_all = plain([(str(id_), c, h) for id_, _, _, _, _, c, h in cells])
    of_year = plain([(str(id_), c, h) for id_, _, when, _, _, c, h in cells if when == year])
    rows = [row for row in await _workbook(cast, year) if row["id"] in map(str, ids)]
    for row in rows:
        money, money_then, hours, hours_then = (round(row[name] * 100) for name in SUMS)
        assert (money, hours // 100) == in_all.get(row["id"], (0, 0))
        assert (money_then, hours_then // 100) == of_year.get(row["id"], (0, 0))
    lines = {line["id"]: line for line in await _lines(cast, year)}
    assert {row["id"] for row in rows} == set(lines)
    for row in rows:
        line = lines[row["id"]]
        assert [float(line[name].replace(",", ".")) for name in SUMS] == [row[name] for name in SUMS]
        assert (row["title"][:5], line["title"][:6]) == ("=SUM(", "'=SUM(")


SUMS = ("money_in_all", "money_of_year", "hours_in_all", "hours_of_year")


async def _workbook(cast: Cast, year: int) -> list[dict[str, Any]]:
    answer = await cast["viewer"].get(f"/agreements/export.xlsx?year={year}")
    assert answer.status_code == 200, answer.text
    [head, *rows] = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


async def _lines(cast: Cast, year: int) -> list[dict[str, str]]:
    answer = await cast["viewer"].get(f"/agreements/export.csv?year={year}")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
