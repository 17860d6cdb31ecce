"""The certificate of a mark: what the register says, in three languages, and the way to check it."""

from datetime import date
from typing import Any

import pytest

from puumerkki.funding.certificate import WORDS, certificate
from tests.cast import make_cast
from tests.operations.handlings import mark
from tests.world import World

MARK: dict[str, Any] = {
    "number": "ELAMANKAARI-2026-0007",
    "status": "valid",
    "network_names": {"fi": "Elämänkaari", "sv": "Livsbågen"},
    "title": "Yhdessä kotona",
    "version_number": 2,
    "applicants": [{"names": {"fi": "Kotiystävät ry"}}, {"names": {"sv": "Vänner rf"}}],
    "authorities": [],
    "valid_from": "2026-11-02",
    "valid_until": "2027-11-02",
    "digest": "sha256:" + "ab" * 32,
    "conditions": [{"text": "Kyyti kerhoon", "met": False}],
}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_all_is_said_in_each_language(language: str) -> None:
    assert WORDS[language].keys() == WORDS["fi"].keys()
    made = certificate(MARK, language=language, public_url="https://p.example/", today=date(2026, 12, 1))
    words = WORDS[language]
    assert (made.title, made.language, made.lead) == (MARK["number"], language, words["lead"])
    facts = {one.name: one.value for one in made.sections[0].facts}
    assert facts[words["applicants"]] == "Kotiystävät ry, Vänner rf"
    assert facts[words["network"]] == {"sv": "Livsbågen"}.get(language, "Elämänkaari")
    assert words["authorities"] not in facts
    assert made.sections[1].points == [f"Kyyti kerhoon ({words['open']})"]
    assert made.code is not None
    assert made.code.url == f"https://p.example/{language}/endorsements/ELAMANKAARI-2026-0007"


def test_what_has_ended_says_so() -> None:
    for status in ("revoked", "superseded", "expired"):
        made = certificate(MARK | {"status": status}, language="en", public_url="x", today=date(2026, 12, 1))
        assert made.lead == WORDS["en"]["ended"]


async def test_anybody_gets_it_as_a_file(world: World) -> None:
    number = (await mark(await make_cast(world))).number
    answer = await world.nobody.get(f"/endorsements/{number}/certificate.pdf?language=sv")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"] == f'attachment; filename="{number}.pdf"'
    assert answer.content.startswith(b"%PDF-")
    assert (await world.nobody.get("/endorsements/NOBODY-2026-0001/certificate.pdf")).status_code == 404
    assert (await world.nobody.get(f"/endorsements/{number}/certificate.pdf?language=de")).status_code == 422
