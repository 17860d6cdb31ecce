"""Titles of needs and applications are compared in plain form: case, blanks and full stops make no twins."""

import pytest

from puumerkki.applications.models.applications import Application
from puumerkki.needs.models import Need
from tests.factories import World
from tests.imports.helpers import bring, counts, rows
from tests.personas import Cast, make_cast

NEED = "Otsikko;Kuvaus;Kunta\n{};Kuvaus.;Oulu\n"


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


@pytest.mark.parametrize("title", ["SAATTOAPUA LÄÄKÄRIIN", "Saattoapua  lääkäriin", "Saattoapua lääkäriin."])
async def test_a_need_of_the_same_plain_title_is_the_same(cast: Cast, title: str) -> None:
    by = cast["coordinator"].id
    assert counts(await bring(cast, "needs", NEED.format("Saattoapua lääkäriin"), by=by)) == (1, 0, 0, 0)
    assert counts(await bring(cast, "needs", NEED.format(title), by=by)) == (0, 0, 1, 0)
    assert counts(await bring(cast, "needs", NEED.format(title).replace("Kuvaus.", "Toinen."), by=by)) == (0, 1, 0, 0)
    assert [one.title for one in await rows(cast, Need)] == ["Saattoapua lääkäriin"]
    assert counts(await bring(cast, "needs", NEED.format("Saattoapua laakariin"), by=by)) == (1, 0, 0, 0)


async def test_the_title_to_the_letter_goes_before_its_plain_form(cast: Cast) -> None:
    by = cast["coordinator"].id
    await bring(cast, "needs", NEED.format("Kerho"), by=by)
    [made] = await rows(cast, Need)
    cast.world.session.add(Need(**{**made.model_dump(exclude={"id"}), "title": "KERHO"}))
    await cast.world.session.flush()
    assert counts(await bring(cast, "needs", NEED.format("Kerho"), by=by)) == (0, 0, 1, 0)
    [fault] = (await bring(cast, "needs", NEED.format("kerho"), by=by)).errors
    assert fault.code == "need_of_several"


async def test_an_application_of_the_same_plain_title_is_the_same(cast: Cast) -> None:
    by = cast["editor"].id
    [fault] = (await bring(cast, "applications", "Hakemus\nKaksoishakemus\nkaksoishakemus\n", by=by)).errors
    assert (fault.row, fault.code, fault.first) == (3, "application_twice", 2)
    assert counts(await bring(cast, "applications", "Hakemus\nYhdessä kotona\n", by=by)) == (1, 0, 0, 0)
    assert counts(await bring(cast, "applications", "Hakemus\nYHDESSÄ KOTONA\n", by=by)) == (0, 0, 1, 0)
    assert [one.title for one in await rows(cast, Application)] == ["Yhdessä kotona"]


async def test_signs_that_people_put_between_groups_separate_them(cast: Cast) -> None:
    text = "Otsikko;Kuvaus;Kunta;Kohderyhmät\nA;a;Oulu;nuoret, ikäihmiset\nB;b;Oulu;nuoret / ikäihmiset\n"
    assert counts(await bring(cast, "needs", text, by=cast["coordinator"].id)) == (2, 0, 0, 0)
    assert [one.target_groups for one in await rows(cast, Need)] == [["KR1.3", "KR1.1"]] * 2
