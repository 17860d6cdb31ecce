"""By when a version is to be signed: the day that its proposer gives."""

from datetime import timedelta

from puumerkki.agreements.queries.to_sign import TO_SIGN
from puumerkki.kernel import clock
from tests.agreements.test_agreements import draft, seen
from tests.factories import World
from tests.personas import make_cast
from tests.tasks import tasks_of


async def test_a_proposal_has_a_last_day_to_sign(world: World) -> None:
    cast, today = await make_cast(world), clock.today()
    made, soon = await draft(cast), today + timedelta(days=9)
    path = f"/agreements/{made['id']}"
    late = {"sign_by": str(today - timedelta(days=1))}
    refused = await cast["editor"].post(f"{path}/propose", late, if_match=made["version"])
    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [("/sign_by", "in_the_past")]
    for number, (given, by) in enumerate(((None, today + timedelta(days=30)), ({"sign_by": str(soon)}, soon)), 1):
        shown = await seen(cast["editor"], made)
        title = await cast["editor"].patch(path, {"title": f"Sopimus {number}"}, if_match=shown["version"])
        proposed = await cast["editor"].post(f"{path}/propose", given, if_match=title.json()["version"])
        assert proposed.status_code == 200, proposed.text
        versions = (await cast["signatory"].get(f"{path}/versions")).json()["items"]
        assert {one["number"]: one["sign_by"] for one in versions}[number] == str(by)
        asked = await tasks_of(world.session, cast["signatory"].person_id, [TO_SIGN])
        assert [one.due_on for one in asked] == [by]
        step = (await cast["signatory"].get(f"/next/agreement/{made['id']}")).json()["step"]
        assert step["due_on"] == str(by)
