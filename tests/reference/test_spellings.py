"""What people write for a municipality, and what became of those that have ended."""

from datetime import date

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.reference.loading import names_of, rows_of
from puumerkki.reference.models import Municipality
from puumerkki.reference.spellings import former_municipalities, municipality_of

WRITTEN = {
    "005": ["5", "05", "005", "Alajärvi", "ALAJÄRVEN KAUPUNKI", "Alajärvi stad", "alajarvi"],
    "853": ["Turku", "Åbo", "Turku/Åbo", "Åbo / Turku", "Turun kaupunki", "Åbo stad", "Turku (853)", "City of Turku"],
    "564": ["Oulu", "Uleåborgs stad", "Oulun\u00a0kaupunki"],
    "020": ["Akaa", "Akaan kaupunki"],
    "936": ["Virtain kaupunki"],
    "893": ["Nykarleby stad", "Uudenkaarlepyyn kaupunki"],
    "478": ["Mariehamns stad", "Maarianhamina"],
    "445": ["Parainen", "Pargas stad", "Paraisten kaupunki"],
    "430": ["Loimaa", "Loimaan kunta"],
    "534": ["Nilsiä", "Nilsiän kaupunki"],
}


@pytest.mark.parametrize(("code", "texts"), WRITTEN.items())
def test_spellings_of_a_municipality(code: str, texts: list[str]) -> None:
    assert {text: municipality_of(text) for text in texts} == dict.fromkeys(texts, code)


@pytest.mark.parametrize(
    "text", ["", "Oulu, Kempele", "Oulu/Kempele", "999", "1234", "Mikkelä", "kaupunki", "5.0", "٥"]
)
def test_what_is_no_municipality(text: str) -> None:
    assert municipality_of(text) is None


def test_every_municipality_is_found_by_its_code_and_names() -> None:
    for row in rows_of("municipalities.csv"):
        for text in (row["code"], row["code"].lstrip("0"), *names_of(row).values()):
            assert municipality_of(text) == row["code"], text
    for row in rows_of("municipality_legal_names.csv"):
        for text in names_of(row).values():
            assert municipality_of(text) == row["code"], text


def test_each_genitive_is_of_one_municipality() -> None:
    present = {row["code"] for row in rows_of("municipalities.csv") if row["region_code"] != "21"}
    genitives = {row["code"]: row["genitive"] for row in rows_of("municipality_genitives.csv")}
    assert set(genitives) == present | set(former_municipalities())
    of_today = [genitives[code] for code in present]
    assert len(of_today) == len(set(of_today))
    for code in present:
        assert municipality_of(f"{genitives[code]} kunta") == code


async def test_former_municipalities_stay_readable(session: AsyncSession) -> None:
    ended = (await session.exec(select(Municipality).where(col(Municipality.valid_until).is_not(None)))).all()
    assert {one.code for one in ended} == set(former_municipalities())
    for one in ended:
        former = former_municipalities()[one.code]
        assert one.valid_until == former.until < date(2025, 1, 1)
        assert (former.until.month, former.until.day) == (12, 31), "municipalities merge with the year"
        assert one.merged_into_code == (former.into[0] if len(former.into) == 1 else None)
        for code in former.into:
            assert (await session.get_one(Municipality, code)).valid_until is None, "what it became part of is of today"
