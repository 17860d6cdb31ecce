"""Until a network's decision is made, nothing that anybody can read depends on how somebody else votes on it."""

from puumerkki.access.roles import Role
from tests.factories import Client, World
from tests.personas import CALLERS, Cast, make_cast

IGNORED_HEADERS = {"date", "x-request-id", "server-timing"}


async def _everything(cast: Cast, caller: Client, decision: str) -> dict[str, tuple[object, ...]]:
    """All answers to one caller that concern the decision: bodies and headers."""
    network = f"/networks/{cast.network.id}"
    paths = (
        network,
        f"{network}/timeline",
        f"{network}/members",
        f"{network}/decisions",
        f"{network}/decisions/{decision}",
        "/tasks",
        "/events",
        "/me",
    )
    answers: dict[str, tuple[object, ...]] = {}
    for path in paths:
        answer = await caller.get(path)
        kept = sorted((name, value) for name, value in answer.headers.items() if name not in IGNORED_HEADERS)
        answers[path] = (answer.status_code, answer.content, kept)
    return answers


async def test_a_changed_vote_on_a_decision_changes_no_answer_to_anybody_else(world: World) -> None:
    cast = await make_cast(world)
    third = await world.organisation("Kolmas ry")
    member = await world.member(cast.network, third)
    representative = await world.person((Role.representative, cast.network.id, third.id))
    given = {"kind": "secretary", "subject_id": str(cast["secretary"].id)}
    proposed = await cast["coordinator"].post(f"/networks/{cast.network.id}/decisions", given)
    assert proposed.status_code == 201, proposed.text
    path = f"/networks/{cast.network.id}/decisions/{proposed.json()['id']}"
    assert (await representative.put(f"{path}/votes/{member.id}", {"choice": "for"})).status_code == 200
    decision = path.rpartition("/")[2]
    before = {name: await _everything(cast, cast[name], decision) for name in CALLERS}
    changed = await representative.put(f"{path}/votes/{member.id}", {"choice": "against"})
    assert (changed.status_code, changed.json()["own"][0]["choice"]) == (200, "against")
    assert before == {name: await _everything(cast, cast[name], decision) for name in CALLERS}
    for name in ("coordinator", "representative"):
        shown = (await cast[name].get(path)).json()
        assert (shown["have_voted"], shown["result"]) == (1, None)
        assert "against" not in repr(shown["own"])
