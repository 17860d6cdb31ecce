"""Reports and evaluations are what an agreement's duties ask for; the same sums stand wherever they are told."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from puumerkki.agreements.models import Agreement
from puumerkki.agreements.schemas.agreements import AgreementContent
from puumerkki.kernel import clock
from tests.agreements.test_agreements import act, sign
from tests.application_content import CONTENT
from tests.factories import World
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import in_force


@pytest.fixture(autouse=True)
def autumn() -> Iterator[None]:
    """What is due in autumn is about the year itself."""
    with clock.fixed(datetime(2027, 9, 1, 12, tzinfo=clock.FINLAND)):
        yield


async def asked_for_a_report(cast: Cast) -> Agreement:
    """An agreement whose report and evaluations are due in twenty days."""
    due_by = f"{clock.today() + timedelta(days=20):%m-%d}"
    reporting = {"organisation_id": cast.association.id, "what": "Toiminta", "due": "vuosittain", "due_by": due_by}
    content = {"purpose": "Kerho.", "reporting": [reporting], "evaluate_by": due_by}
    starts_on = clock.today() - timedelta(days=400)
    return await in_force(cast, starts_on=starts_on, content=AgreementContent.model_validate(content))


async def duties(cast: Cast, agreement: Agreement, kind: str) -> list[dict[str, Any]]:
    found = (await cast["viewer"].get(f"/agreements/{agreement.id}/duties")).json()["items"]
    return [one for one in found if one["kind"] == kind and one["organisation_id"] == str(cast.association.id)]


async def tasks(cast: Cast) -> list[str]:
    kinds = [one["kind"] for one in (await cast["editor"].get("/tasks")).json()["items"]]
    return [kind for kind in kinds if "report" in kind or "evaluation" in kind]


async def test_a_report_does_a_duty_and_one_returned_is_due_again(world: World) -> None:
    cast = await make_cast(world)
    found = await asked_for_a_report(cast)
    [first, *_] = await duties(cast, found, "report")
    assert sorted(await tasks(cast)) == ["agreement_evaluation_due", "agreement_report_due"]
    given = {
        "subject_kind": "agreement",
        "subject_id": str(found.id),
        "organisation_id": str(cast.association.id),
        "year": first["year"],
        "content": {"activities": "Kerho kokoontui."},
    }
    report = (await cast["editor"].post("/reports", given)).json()
    path = f"/reports/{report['id']}"
    report = (await cast["editor"].post(f"{path}/submit", if_match=report["version"])).json()
    assert (await duties(cast, found, "report"))[0]["state"] == "done"
    assert await tasks(cast) == ["agreement_evaluation_due"]
    returned = await cast["officer"].post(f"{path}/return", {"reason": "Luvut puuttuvat."}, if_match=report["version"])
    assert returned.status_code == 200, returned.text
    [again, *_] = await duties(cast, found, "report")
    assert (again["state"], again["due_on"]) == ("open", str(clock.today() + timedelta(days=14)))
    assert sorted(await tasks(cast)) == ["agreement_evaluation_due", "report_to_mend"], "one task for one thing"


async def test_an_evaluation_does_a_duty(world: World) -> None:
    cast = await make_cast(world)
    found = await asked_for_a_report(cast)
    [first, *_] = await duties(cast, found, "evaluation")
    given = {
        "subject_kind": "agreement",
        "subject_id": str(found.id),
        "organisation_id": str(cast.association.id),
        "year": first["year"],
        "goals_met": 4,
        "cooperation": 5,
        "goes_on": "yes",
    }
    assert (await cast["editor"].post("/evaluations", given)).status_code == 201
    assert (await duties(cast, found, "evaluation"))[0]["state"] == "done"


@pytest.mark.parametrize("seed", range(4))
async def test_sums_agree_from_the_application_to_the_report(world: World, seed: int) -> None:
    cast, draw = await make_cast(world), random.Random(seed)
    lines = [
        {"key": f"rivi{number}", "name": f"Rivi {number}", "cents": draw.randrange(10**7)}
        for number in range(draw.randint(1, 6))
    ]
    content = {**CONTENT, "budget": {"items": lines}}
    application = await world.application(cast.association, content=content)
    total = sum(one["cents"] for one in lines)
    given = {
        "kind": "partnership",
        "title": "Yhdessä kotona",
        "organisation_id": str(cast.association.id),
        "party_ids": [str(cast.city.id)],
        "application_id": str(application.id),
    }
    drafted = (await cast["editor"].post("/agreements", given)).json()
    agreed = drafted["content"]["contributions"]
    assert sum(one["cents"] for one in agreed) == total, "the agreement takes over the budget"
    await act(cast["editor"], drafted, "propose")
    for by, party in (("signatory", cast.association), ("decider", cast.city)):
        await sign(cast[by], drafted, party.id)
    sums = (await cast["viewer"].get("/agreements/sums?year_from=2027&year_to=2028")).json()
    assert sum(one["cents"] for one in sums["years"]) == total
    assert sum(one["cents"] for one in sums["parties"]) == total
    assert sum(one["cents"] for one in sums["agreements"]) == total

    put_in = [{"kind": one["kind"], "cents": one["cents"], "budget_line": one["budget_line"]} for one in agreed]
    report = {
        "subject_kind": "agreement",
        "subject_id": drafted["id"],
        "organisation_id": str(cast.association.id),
        "year": 2027,
        "content": {"activities": "Kaikki toteutui.", "contributions": put_in},
    }
    made = (await cast["editor"].post("/reports", report)).json()
    await cast["editor"].post(f"/reports/{made['id']}/submit", if_match=made["version"])
    figures = (await cast["officer"].get(f"/reports/figures?organisation={cast.association.id}")).json()
    for year in (2027, None):
        assert sum(one["cents"] for one in figures["contributions"] if one["year"] == year) == total
