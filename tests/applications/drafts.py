"""Applications as an association writes them, through the API."""

from typing import Any

from tests.application_content import CONTENT
from tests.factories import Client
from tests.personas import Cast

PARTS = {name: value for name, value in CONTENT.items() if name != "title"}


CONTACT = {"name": "Aino Aalto", "email": "aino@example.org", "phone": "+358 40 1234567", "role": "hankevastaava"}


def given(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "applicant_id": str(cast.association.id),
        "title": "Yhdessä kotona",
        "amount_cents": 4_500_000,
        "content": PARTS,
        "private": {"contact_persons": [CONTACT]},
        "network_ids": [str(cast.network.id)],
        "authorities": [{"authority_id": str(cast.city.id), "asks": "Tiloja kerran viikossa."}],
    } | more


async def draft(cast: Cast, by: Client | None = None, **more: Any) -> dict[str, Any]:
    answer = await (by or cast["editor"]).post("/applications", given(cast, **more))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def submitted(cast: Cast, **more: Any) -> dict[str, Any]:
    made = await draft(cast, **more)
    answer = await cast["editor"].post(f"/applications/{made['id']}/submit", if_match=made["version"])
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def ids(caller: Client, query: str = "") -> list[str]:
    answer = await caller.get(f"/applications?{query}")
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["items"]]
