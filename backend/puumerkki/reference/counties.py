"""Wellbeing services counties as people name them, and which municipalities they are made of."""

from collections.abc import Mapping
from functools import cache

from puumerkki.reference.loading import names_of, rows_of
from puumerkki.reference.spellings import plain_place


@cache
def _codes() -> Mapping[str, str]:
    return {
        plain_place(name): row["code"] for row in rows_of("wellbeing_counties.csv") for name in names_of(row).values()
    }


@cache
def _of_municipalities() -> Mapping[str, str]:
    return {row["code"]: row["wellbeing_county_code"] for row in rows_of("municipalities.csv")}


def county_of(name: str) -> str | None:
    """The code of the county that has this name, in any language, or None."""
    return _codes().get(plain_place(name))


def county_at(municipality: str) -> str | None:
    """The code of the county of a municipality of today, or None."""
    return _of_municipalities().get(municipality)
