"""Until a ballot closes, nothing that anybody can read depends on how somebody else votes."""

from puumerkki.access.roles import Role
from tests.factories import Client, World
from tests.handlings.scene import recorded
from tests.personas import CALLERS, Cast, make_cast
from tests.valid_requests import handlings

IGNORED_HEADERS = {"date", "x-request-id", "server-timing"}


async def _everything(
    cast: Cast, caller: Client, handling_id: str, application_id: str
) -> dict[str, tuple[object, ...]]:
    """All answers to one caller that concern the ballot: bodies and headers."""
    paths = [
        f"/handlings/{handling_id}",
        f"/handlings/{handling_id}/ballot",
        f"/handlings/{handling_id}/timeline",
        f"/handlings?network={cast.network.id}",
        "/handlings?sort=handle_by",
        f"/applications/{application_id}",
        f"/applications/{application_id}/timeline",
        f"/applications/{application_id}/versions",
        "/applications",
        "/partner-requests",
        f"/networks/{cast.network.id}",
        f"/networks/{cast.network.id}/members",
        f"/meetings?network={cast.network.id}",
        f"/comments?subject_kind=handling&subject_id={handling_id}",
        f"/points-to-mend?subject_kind=handling&subject_id={handling_id}",
        "/tasks",
        "/events",
        "/me",
        "/endorsements",
    ]
    answers: dict[str, tuple[object, ...]] = {}
    for path in paths:
        answer = await caller.get(path)
        kept = sorted((name, value) for name, value in answer.headers.items() if name not in IGNORED_HEADERS)
        answers[path] = (answer.status_code, answer.content, kept)
    return answers


async def test_a_changed_vote_changes_no_answer_to_anybody_else(world: World) -> None:
    cast = await make_cast(world)
    third = await world.organisation("Kolmas ry")
    member = await world.member(cast.network, third)
    representative = await world.person((Role.representative, cast.network.id, third.id))
    handling = await handlings.in_ballot(cast)
    path = f"/handlings/{handling.id}/ballot/votes/{member.id}"
    assert (await representative.put(path, {"choice": "for"})).status_code == 200
    ids = (str(handling.id), str(handling.application_id))
    before = {name: await _everything(cast, cast[name], *ids) for name in CALLERS}
    changed = await representative.put(path, {"choice": "against", "reason": "Salainen syy."})
    assert changed.status_code == 200
    assert changed.json()["choice"] == "against"
    after = {name: await _everything(cast, cast[name], *ids) for name in CALLERS}
    assert before == after
    assert "Salainen" not in repr(after)
    for name in ("coordinator", "chair", "representative", "viewer"):
        shown = (await cast[name].get(f"/handlings/{handling.id}/ballot")).json()
        assert (shown["turnout"], shown["own_votes"], shown["votes"], shown["result"]) == (1, [], None, None)
    own = (await representative.get(f"/handlings/{handling.id}/ballot")).json()["own_votes"]
    assert [(vote["choice"], vote["reason"]) for vote in own] == [("against", "Salainen syy.")]


async def test_errors_tell_nothing_of_votes(world: World) -> None:
    cast = await make_cast(world)
    handling = await handlings.in_ballot(cast)
    path = f"/handlings/{handling.id}/ballot/votes/{cast.neighbour_member.id}"
    answers = []
    for choice in ("for", "against"):
        assert (await cast["representative"].put(path, {"choice": choice, "reason": "Syy."})).status_code == 200
        attempts = [
            await cast["coordinator"].put(path, {"choice": "blank"} | recorded()),
            await cast["chair"].put(path, {"choice": "blank"}),
            await cast["coordinator"].post(f"/handlings/{handling.id}/endorse", if_match=handling.version),
            await cast["coordinator"].post(
                f"/handlings/{handling.id}/decline", {"reason": "Syy."}, if_match=handling.version
            ),
            await cast["coordinator"].post(
                f"/handlings/{handling.id}/reopen_review", {"reason": "Syy."}, if_match=handling.version
            ),
        ]
        answers.append([(one.status_code, one.content) for one in attempts])
    assert answers[0] == answers[1]
    assert [status for status, _ in answers[0]] == [409, 403, 409, 409, 409]
