"""Who says what should be otherwise in an agreement: whoever takes part for a party, also who is asked to sign."""

from typing import Any

import pytest

from tests.factories import World
from tests.personas import CALLERS, make_cast
from tests.valid_requests.agreements import drafted, proposed

MAY = {"editor", "owner", "signatory", "officer", "decider", "registry"}


def given(agreement_id: Any) -> dict[str, Any]:
    return {
        "subject_kind": "agreement",
        "subject_id": str(agreement_id),
        "audience": "applicants",
        "body": "Irtisanomisaika on liian pitkä.",
    }


@pytest.mark.parametrize("role", CALLERS)
async def test_whoever_takes_part_for_a_party_comments(world: World, role: str) -> None:
    cast = await make_cast(world)
    found = await proposed(cast)
    answer = await cast[role].post("/comments", given(found.id))
    refused = {"anonymous": 401, "service": 403, "viewer": 403}.get(role, 404)
    assert answer.status_code == (201 if role in MAY else refused), answer.text
    if role in MAY:
        listed = await cast["viewer"].get(f"/comments?subject_kind=agreement&subject_id={found.id}")
        assert [one["body"] for one in listed.json()["items"]] == ["Irtisanomisaika on liian pitkä."]


async def test_who_signs_for_another_party_says_nothing_of_a_draft(world: World) -> None:
    cast = await make_cast(world)
    found = await drafted(cast)
    assert (await cast["signatory"].post("/comments", given(found.id))).status_code == 201
    assert (await cast["decider"].post("/comments", given(found.id))).status_code == 404
    # it changes nothing in what is agreed
    seen = (await cast["signatory"].get(f"/agreements/{found.id}")).json()
    answer = await cast["signatory"].patch(f"/agreements/{found.id}", {"title": "Toinen"}, if_match=seen["version"])
    assert (seen["editable"], answer.status_code) == (False, 403)
