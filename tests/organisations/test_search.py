"""Finding organisations by name: stems, misspellings, parts of words; sorting; relevance."""

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.collation import search_text
from puumerkki.organisations.models.organisations import LegalForm, Organisation, Sector
from tests.factories import CONFIRMED, World


async def _found(world: World, query: str) -> list[str]:
    answer = await world.nobody.get(f"/organisations?{query}")
    assert answer.status_code == 200, answer.text
    return [item["names"].get("fi") or item["names"]["sv"] for item in answer.json()["items"]]


async def _named(world: World, name: str, **more: object) -> Organisation:
    return await world.organisation(name, search_text=search_text({"fi": name}), **more)


@pytest.mark.parametrize(
    "words", ["vanhus", "vanhuste ystvät", "ystäv", "ystävä", "YSTÄVÄT", "ystavat", "ystvät", "vanhusten", "anhust"]
)
async def test_the_name_is_found(world: World, words: str) -> None:
    await _named(world, "Vanhusten Ystävät ry")
    await _named(world, "Oulun Seudun Kalastajat ry")
    await _named(world, "Tuiran kylätoimikunta", sector=Sector.village_committee)
    assert await _found(world, f"q={words}") == ["Vanhusten Ystävät ry"]


async def test_the_best_comes_first_and_wildcards_are_text(world: World) -> None:
    for name in ("Ystävyysseura ry", "Vanhusten Ystävät ry", "Ystävät ry", "Sadan prosentin 100% ry"):
        await _named(world, name)
    assert (await _found(world, "q=ystävät"))[0] == "Ystävät ry"
    assert await _found(world, "q=%25") == ["Sadan prosentin 100% ry"]
    assert await _found(world, "q=100%25") == ["Sadan prosentin 100% ry"]
    assert await _found(world, "q=_") == []
    assert await _found(world, "q=%27%22%5C%28%29%26%7C%21%3A%2A") == []


async def test_finnish_order_and_filters(world: World) -> None:
    for name in ("Ötökkä", "Åbo", "Zeppelin", "Äiti", "Aamu"):
        await _named(world, name)
    await _named(world, "Kaupunki", sector=Sector.municipality)
    archived = await _named(world, "Vanha")
    archived.state = "archived"  # type: ignore[assignment]
    await world.session.flush()
    assert await _found(world, "sector=association") == ["Aamu", "Zeppelin", "Åbo", "Äiti", "Ötökkä"]
    assert await _found(world, "sector=association&sector=municipality&limit=2") == ["Aamu", "Kaupunki"]
    assert await _found(world, "municipality=091") == []
    assert len(await _found(world, "municipality=564")) == 6
    assert await _found(world, "state=archived") == ["Vanha"]
    assert (await _found(world, "sort=-created_at"))[0] == "Kaupunki"


async def test_relevance_pages_on_and_ends_at_200(world: World, session: AsyncSession) -> None:
    session.add_all(
        Organisation(
            names={"fi": f"Kerho {number}"},
            sort_key=f"kerho {number:03}",
            search_text=f"kerho {number}",
            sector=Sector.residents,
            legal_form=LegalForm.other,
            **CONFIRMED,
        )
        for number in range(230)
    )
    await session.flush()
    seen: list[str] = []
    path = "/organisations?q=kerho&limit=90"
    while path:
        page = (await world.nobody.get(path)).json()
        seen += [item["id"] for item in page["items"]]
        path = f"/organisations?q=kerho&limit=90&cursor={page['next_cursor']}" if page["next_cursor"] else ""
    assert len(seen) == len(set(seen)) == 200
    refused = await world.nobody.get("/organisations?sort=relevance")
    assert refused.json()["errors"][0]["code"] == "relevance_needs_q"


async def test_the_search_has_its_indexes(session: AsyncSession) -> None:
    connection = await session.connection()
    await connection.exec_driver_sql("set local enable_seqscan = off")
    for condition, index in (
        ("search_text like '%ystäv%'", "ix_organisation_search_trigram"),
        ("'ystvät' <% search_text", "ix_organisation_search_trigram"),
        ("to_tsvector('finnish', search_text) @@ websearch_to_tsquery('finnish', 'vanhus')", "search_words"),
    ):
        sql = f"explain select id from organisation where {condition}"
        plan = (await connection.exec_driver_sql(sql.replace("%", "%%"))).scalars().all()
        assert index in "\n".join(plan)
    assert (await session.exec(select(Organisation.id))).all() == []
