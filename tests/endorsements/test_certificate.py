"""The certificate of an endorsement: what the register says, in three languages, and the way to check it."""

from datetime import date
from typing import Any

import pytest

from puumerkki.endorsements.certificate import WORDS, certificate
from puumerkki.kernel.documents import Fact
from puumerkki.kernel.formatting import written_day
from tests.factories import World
from tests.handlings.scene import make_scene
from tests.message_catalogues import said
from tests.personas import make_cast
from tests.valid_requests.handlings import endorsement_given

ENDORSEMENT: dict[str, Any] = {
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
    "conditions": [],
    "ended_at": None,
    "review": None,
    "turnout": {"electorate": 3, "stood_aside": 1, "voted": 2},
}
TODAY = date(2026, 12, 1)
LAST, ENDED = date(2027, 11, 2), date(2026, 11, 9)
CONDITIONS = [
    {"text": "Tila", "met": True, "when": "before"},
    {"text": "Auto", "met": False, "when": "later"},
    {"text": "Kyyti kerhoon", "met": False, "when": "before"},
]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_all_is_said_in_each_language(language: str) -> None:
    assert WORDS[language].keys() == WORDS["fi"].keys()
    made = certificate(ENDORSEMENT, language=language, public_url="https://p.example/", today=TODAY)
    words = WORDS[language]
    assert (made.title, made.language, made.lead) == (ENDORSEMENT["number"], language, words["valid"])
    facts = {one.name: one.value for one in made.sections[0].facts}
    assert facts[words["applicants"]] == "Kotiystävät ry, Vänner rf"
    assert facts[words["network"]] == {"sv": "Livsbågen"}.get(language, "Elämänkaari")
    assert words["authorities"] not in facts
    assert facts[words["until"]] == written_day(LAST, language)
    assert made.code is not None
    assert made.code.url == f"https://p.example/{language}/endorsements/ELAMANKAARI-2026-0007"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_open_conditions_are_said_first(language: str) -> None:
    words = WORDS[language]
    made = certificate(ENDORSEMENT | {"conditions": CONDITIONS}, language=language, public_url="x", today=TODAY)
    assert made.lead == words["conditional"]
    first, facts, _ = made.sections
    assert (first.heading, facts.heading) == (words["conditions"], words["facts"])
    assert first.points == [
        f"Kyyti kerhoon ({words['open']}, {words['before']})",
        f"Auto ({words['open']}, {words['later']})",
        f"Tila ({words['met']})",
    ]
    met = certificate(ENDORSEMENT | {"conditions": CONDITIONS[:1]}, language=language, public_url="x", today=TODAY)
    assert met.lead == words["valid"]
    assert [one.heading for one in met.sections[:2]] == [words["facts"], words["conditions"]]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_was_revoked_or_superseded_shows_no_last_day(language: str) -> None:
    words = WORDS[language]
    for status in ("revoked", "superseded"):
        ended = ENDORSEMENT | {"status": status, "ended_at": "2026-11-08T22:30:00+00:00", "conditions": CONDITIONS}
        made = certificate(ended, language=language, public_url="x", today=TODAY)
        assert made.lead == words[status] != words["conditional"]
        facts = {one.name: one.value for one in made.sections[0].facts}
        assert facts[words[f"ended_{status}"]] == written_day(ENDED, language), "the day in Finland"
        assert words["until"] not in facts and written_day(LAST, language) not in facts.values()
    expired = certificate(ENDORSEMENT | {"status": "expired"}, language=language, public_url="x", today=TODAY)
    assert expired.lead == words["expired"]
    assert Fact(words["until"], written_day(LAST, language)) in expired.sections[0].facts


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_states_are_called_what_the_screens_call_them(language: str) -> None:
    words = WORDS[language]
    assert words["until"] == said(language, "Last day of validity", feature="endorsements")
    assert words["authorities"] == said(language, "Authority that it came to", feature="endorsements")
    assert words["given"] == said(language, "Given on", feature="endorsements")
    for status in ("revoked", "superseded"):
        assert words[f"ended_{status}"].removesuffix(" on") == said(
            language, status.capitalize(), context="EndorsementStatus"
        )


async def test_anybody_gets_it_as_a_file(world: World) -> None:
    number = (await endorsement_given(await make_cast(world))).number
    answer = await world.nobody.get(f"/endorsements/{number}/certificate.pdf?language=sv")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"] == f'attachment; filename="{number}.pdf"'
    assert answer.content.startswith(b"%PDF-")
    assert (await world.nobody.get("/endorsements/NOBODY-2026-0001/certificate.pdf")).status_code == 404
    assert (await world.nobody.get(f"/endorsements/{number}/certificate.pdf?language=de")).status_code == 422


async def test_the_certificate_of_a_revoked_one_is_made(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    await scene.must("revocations", {"way": "cause", "cause": "applicant_asks", "reason": "Suunnitelma muuttui."})
    await scene.editor.put(f"{scene.path}/revocation/view", {"view": "Niin.", "asks": True})
    await scene.must("revocation/confirm", by=scene.representatives["b"])
    assert (await world.nobody.get(f"/endorsements/{number}")).json()["status"] == "revoked"
    assert (await world.nobody.get(f"/endorsements/{number}/certificate.pdf")).content.startswith(b"%PDF-")
