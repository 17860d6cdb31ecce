"""A version on paper: its sections in three languages, and who signed it."""

from typing import Any

import pytest

from puumerkki.agreements.document import document
from puumerkki.agreements.document_labels import WORDS
from puumerkki.agreements.labels import CONTRIBUTIONS, KINDS
from puumerkki.agreements.queries.agreements import signatures, version
from puumerkki.agreements.schemas.agreements import AgreementContent
from puumerkki.kernel.formatting import written_euros, written_hours
from tests.factories import World
from tests.personas import make_cast
from tests.valid_requests.agreements import in_force, proposed


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_all_that_is_agreed_is_in_it(world: World, language: str) -> None:
    cast = await make_cast(world)
    given: dict[str, Any] = {
        "purpose": "Kerho.\nKahdesti viikossa.",
        "contributions": [
            {"organisation_id": str(cast.city.id), "kind": "money", "cents": 150_000, "year": 2027},
            {"organisation_id": str(cast.association.id), "kind": "volunteers", "hours": 40, "description": "Kerho"},
        ],
        "reporting": [{"organisation_id": str(cast.city.id), "what": "Tilat", "due": "helmikuussa"}],
        "evaluation": "Kysely.",
        "notice_months": 3,
        "public": True,
    }
    found = await in_force(cast, content=AgreementContent.model_validate(given))
    made = document(
        found,
        await version(world.session, found.id, 1),
        target_groups=[{"fi": "Ikäihmiset", "sv": "Äldre", "en": "Older people"}],
        signatures=await signatures(world.session, found.id),
        language=language,
    )
    words = WORDS[language]
    assert words.keys() == WORDS["fi"].keys()
    assert [one.heading for one in made.sections] == [
        words[part] for part in ("facts", "purpose", "contributions", "reporting", "evaluation", "signatures")
    ]
    facts, purpose, contributions, reporting, _, signed = made.sections
    assert {words["notice"], words["public"], words["target_groups"]} <= {one.name for one in facts.facts}
    assert purpose.paragraphs == ["Kerho.", "Kahdesti viikossa."]
    assert [row[0] for row in contributions.rows] == ["Oulun kaupunki", "Vanhusten Ystävät ry"]
    assert made.lead == KINDS[language][found.kind]
    assert contributions.rows[0][2:] == ["2027", written_euros(150_000, language)]
    volunteers = CONTRIBUTIONS[language]["volunteers"]
    assert contributions.rows[1][1:] == [f"{volunteers}: Kerho", words["every"], written_hours(40, language)]
    assert reporting.rows == [["Oulun kaupunki", "Tilat", "helmikuussa"]]
    assert [row[0] for row in signed.rows] == ["Vanhusten Ystävät ry", "Oulun kaupunki"]
    assert signed.paragraphs == [words["how"]]


async def test_attached_files_belong_to_what_is_signed(world: World) -> None:
    cast = await make_cast(world)
    found = await proposed(cast)
    path = f"/attachments?subject_kind=agreement&subject_id={found.id}&audience=applicants&name=Hinnasto.csv"
    sent = await cast["officer"].request("POST", path, content=b"tila;10")
    assert sent.status_code == 201, sent.text
    seen = (await cast["officer"].get(f"/agreements/{found.id}")).json()
    assert seen["changed"], "a file that comes later belongs to the next version"
    await cast["officer"].post(f"/agreements/{found.id}/propose", if_match=seen["version"])
    newest, first = (await cast["officer"].get(f"/agreements/{found.id}/versions")).json()["items"]
    assert first["attachments"] == []
    assert [one["name"] for one in newest["attachments"]] == ["Hinnasto.csv"]
    made = document(found, await version(world.session, found.id, 2), target_groups=[], signatures=[], language="fi")
    [files] = [one for one in made.sections if one.heading == "Liitteet"]
    assert [(one.name, one.value) for one in files.facts] == [("Hinnasto.csv", newest["attachments"][0]["digest"])]


async def test_a_version_that_nobody_signed_says_so(world: World) -> None:
    cast = await make_cast(world)
    found = await proposed(cast)
    made = document(found, await version(world.session, found.id, 1), target_groups=[], signatures=[], language="fi")
    assert made.sections[-1].paragraphs == [WORDS["fi"]["unsigned"]]
    answer = await cast["officer"].get(f"/agreements/{found.id}/versions/1/document.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-disposition"] == f'attachment; filename="agreement-{found.id}-1.pdf"'


@pytest.mark.parametrize(
    ("language", "never", "rather"),
    [
        ("fi", "sähköisiä", "Palvelu on vahvistanut allekirjoitukset omalla avaimellaan"),
        ("sv", "elektroniska", "Tjänsten har bekräftat underskrifterna med sin egen nyckel"),
        ("en", "electronic", "confirmed the signatures with its own key"),
    ],
)
def test_a_signature_is_not_called_more_than_it_is(language: str, never: str, rather: str) -> None:
    assert never not in WORDS[language]["how"]
    assert rather in WORDS[language]["how"]
