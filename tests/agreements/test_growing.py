"""An agreement takes over what an application says; what is applied for stays the same sum."""

from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from puumerkki.access.roles import Role
from puumerkki.agreements.from_application import grown, period
from puumerkki.agreements.schemas.agreements import AgreementContent
from tests.application_content import CONTENT
from tests.factories import World
from tests.personas import make_cast

APPLICANT = UUID(int=7)
LINES = st.lists(
    st.fixed_dictionaries(
        {
            "key": st.sampled_from("abcdef"),
            "name": st.sampled_from(["Tilat", "Palkat"]),
            "cents": st.integers(0, 10**9),
        },
        optional={"source": st.just("Oma rahoitus")},
    ),
    max_size=8,
)


@given(LINES)
def test_the_sum_of_the_contributions_is_that_of_the_budget(lines: list[dict[str, Any]]) -> None:
    content = {**CONTENT, "budget": {"items": lines}}
    made = AgreementContent.model_validate(grown(content, applicant_id=APPLICANT, this_year=2026))
    contributions = made.contributions or []
    assert sum(one.cents or 0 for one in contributions) == sum(one["cents"] for one in lines)
    assert {one.year for one in contributions} <= {2027}


def test_an_empty_application_gives_nothing() -> None:
    assert grown({}, applicant_id=APPLICANT, this_year=2026) == {}
    assert period({}) is None


async def test_a_draft_takes_over_what_is_not_given(world: World) -> None:
    cast = await make_cast(world)
    application = await world.application(cast.association)
    others = await world.person((Role.editor, cast.neighbour.id))
    given = {
        "kind": "partnership",
        "title": "Yhdessä kotona",
        "organisation_id": str(cast.association.id),
        "party_ids": [str(cast.city.id), str(cast.neighbour.id)],
        "application_id": str(application.id),
        "content": {"forms": "Toisin kuin haettiin."},
    }
    made = (await cast["editor"].post("/agreements", given)).json()
    assert made["content"]["purpose"] == CONTENT["purpose"]
    assert made["content"]["forms"] == "Toisin kuin haettiin."
    assert (made["starts_on"], made["ends_on"]) == ("2027-01-01", "2028-12-31")
    listed = await cast["editor"].get(f"/agreements?application={application.id}")
    assert [one["id"] for one in listed.json()["items"]] == [made["id"]]
    assert made["application_id"] == str(application.id)
    await cast["editor"].post(f"/agreements/{made['id']}/propose", if_match=made["version"])
    theirs = await others.get(f"/agreements/{made['id']}")
    assert (theirs.status_code, theirs.json()["application_id"]) == (200, None), "they do not know the application"
