"""Loads the facts that the package carries. Running it again changes nothing but what the files changed."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.collation import sort_key
from puumerkki.reference.models import Classification, Municipality, Region, Scheme, WellbeingCounty

DATA = Path(__file__).parent / "data"
FILES = {
    Scheme.service_class: "service_classes.csv",
    Scheme.target_group: "target_groups.csv",
    Scheme.life_situation: "life_situations.csv",
}


def rows_of(file: str) -> Iterator[dict[str, str]]:
    """The rows of a file of facts."""
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def names_of(row: dict[str, str]) -> dict[str, str]:
    """A row's names by language."""
    return {language: row[f"name_{language}"] for language in ("fi", "sv", "en") if row.get(f"name_{language}")}


async def _upsert(session: AsyncSession, table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    statement = insert(table).values(rows)
    keys = [column.name for column in table.__table__.primary_key]  # type: ignore[attr-defined]
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    await session.exec(statement.on_conflict_do_update(index_elements=keys, set_=changed))


async def load_reference(session: AsyncSession) -> None:
    """Regions, counties, municipalities and classifications, into the session's transaction."""
    for table, file in ((Region, "regions.csv"), (WellbeingCounty, "wellbeing_counties.csv")):
        await _upsert(
            session,
            table,
            [
                {"code": row["code"], "names": names_of(row), "sort_key": sort_key(row["name_fi"])}
                for row in rows_of(file)
            ],
        )
    present = [_municipality(row) for row in rows_of("municipalities.csv")]
    await _upsert(session, Municipality, present)
    by_code = {row["code"]: row for row in present}
    await _upsert(session, Municipality, [_former(row, by_code) for row in rows_of("former_municipalities.csv")])
    for scheme, file in FILES.items():
        await _upsert(
            session,
            Classification,
            [
                {
                    "scheme": scheme,
                    "code": row["code"],
                    "parent_code": row["parent_code"] or None,
                    "names": names_of(row),
                    "uri": row["uri"],
                    "position": position,
                }
                for position, row in enumerate(rows_of(file))
            ],
        )


def _municipality(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "names": names_of(row),
        "sort_key": sort_key(row["name_fi"]),
        "region_code": row["region_code"],
        "wellbeing_county_code": row["wellbeing_county_code"],
        "languages": row["languages"].replace(";", " ").replace(",", " ").split(),
        "latitude": float(row["latitude"]) if row["latitude"] else None,
        "longitude": float(row["longitude"]) if row["longitude"] else None,
    }


def _former(row: dict[str, str], present: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """One that has ended, kept so that older records stay readable, in the region of what it became part of."""
    into = row["merged_into"].split()
    successor = present[into[0]]
    return {
        "code": row["code"],
        "names": names_of(row),
        "sort_key": sort_key(row["name_fi"]),
        "region_code": successor["region_code"],
        "wellbeing_county_code": successor["wellbeing_county_code"],
        "languages": successor["languages"],
        "valid_until": date.fromisoformat(row["valid_until"]),
        "merged_into_code": into[0] if len(into) == 1 else None,
    }
