"""Rulebooks: drafts, adoption, acceptance by a day, comparison."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import PrincipalKind
from puumerkki.access.roles import Role
from puumerkki.identity.tokens import issue_access_token
from puumerkki.kernel import clock
from puumerkki.networks import queries
from puumerkki.networks.models.networks import MemberState, NetworkState, RulebookAcceptance
from puumerkki.networks.queries.tasks import TASKS
from puumerkki.networks.rulebook_comparison import compare_texts
from puumerkki.networks.service.decision_votes import decide_due
from tests.factories import World
from tests.network_decisions import by_vote, new_rulebook
from tests.personas import Cast, make_cast
from tests.tasks import tasks_of

RULE = {"method": "two_thirds", "quorum_percent": 60}
DRAFT: dict[str, Any] = {"texts": {"fi": "Toimimme yhdessä.\n\nKokoonnumme kuukausittain."}, "rule": RULE}


async def _adopt(cast: Cast, accept_days: int = 14) -> int:
    """The next version, drafted and adopted by the members; its number."""
    return await new_rulebook(cast.world, cast.network, cast["coordinator"], DRAFT, accept_days=accept_days)


async def _sign_in(cast: Cast) -> None:
    """Fresh tokens by the present clock, for those who act here."""
    for caller in (cast["coordinator"], cast["owner"]):
        assert caller.id is not None
        caller.token, _ = await issue_access_token(cast.world.session, principal_id=caller.id, kind=PrincipalKind.user)


async def _voters(cast: Cast) -> set[str]:
    found = {one.id for one in await queries.electorate(cast.world.session, cast.network.id)}
    names = {cast.association_member.id: "association", cast.neighbour_member.id: "neighbour"}
    listed = (await cast.world.nobody.get(f"/networks/{cast.network.id}/members")).json()["items"]
    assert {one["id"] for one in listed if one["takes_part"]} == {str(one) for one in found}
    return {names[one] for one in found}


async def test_the_acceptance_before_counts_until_the_day_is_over_in_finland(world: World) -> None:
    cast = await make_cast(world)
    path = f"/networks/{cast.network.id}/rulebooks"
    with clock.fixed(datetime(2027, 3, 1, 10, tzinfo=UTC)):
        await _sign_in(cast)
        assert await _adopt(cast, 30) == 2
        assert await _voters(cast) == {"association", "neighbour"}
        accepted = await cast["owner"].put(f"{path}/2/acceptances/{cast.association_member.id}")
        assert accepted.status_code == 200, accepted.text
    # summer time began on the 28th: the day ends at 21 in UTC
    with clock.fixed(datetime(2027, 3, 31, 20, 59, tzinfo=UTC)):
        assert await _voters(cast) == {"association", "neighbour"}
    with clock.fixed(datetime(2027, 3, 31, 21, 0, tzinfo=UTC)):
        assert await _voters(cast) == {"association"}
    with clock.fixed(datetime(2027, 4, 10, 10, tzinfo=UTC)):
        await _sign_in(cast)
        draft = await cast["coordinator"].post(f"{path}", DRAFT)
        alone = await by_vote(world, cast.network, cast["coordinator"], kind="rulebook", subject_id=draft.json()["id"])
        assert alone.json()["state"] == "open", "the only one that takes part waits for the clock"
    with clock.fixed(datetime(2027, 4, 25, 10, tzinfo=UTC)):
        await decide_due(world.session)
        assert await _voters(cast) == {"association"}, "the first version is no longer the one before"


async def test_without_a_word_the_former_acceptance_counts_for_fourteen_days(world: World) -> None:
    cast = await make_cast(world)
    with clock.fixed(datetime(2027, 3, 1, 10, tzinfo=UTC)):
        await _sign_in(cast)
        await _adopt(cast)
    with clock.fixed(datetime(2027, 3, 15, 21, 59, tzinfo=UTC)):
        assert await _voters(cast) == {"association", "neighbour"}
    with clock.fixed(datetime(2027, 3, 15, 22, 0, tzinfo=UTC)):
        assert await _voters(cast) == set()


async def test_only_the_version_in_force_is_accepted_by_an_owner_of_a_member(world: World) -> None:
    cast = await make_cast(world)
    await _adopt(cast)
    path = f"/networks/{cast.network.id}/rulebooks"
    mine = cast.association_member.id
    for role, expected in (("editor", 403), ("coordinator", 403), ("anonymous", 401)):
        assert (await cast[role].put(f"{path}/2/acceptances/{mine}")).status_code == expected
    assert (await cast["owner"].put(f"{path}/2/acceptances/{cast.neighbour_member.id}")).status_code == 403
    old = await cast["owner"].put(f"{path}/1/acceptances/{mine}")
    assert (old.status_code, old.json()["code"]) == (409, "rulebook_not_in_force")
    first = await cast["owner"].put(f"{path}/2/acceptances/{mine}")
    again = await cast["owner"].put(f"{path}/2/acceptances/{mine}")
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    listed = (await cast["chair"].get(f"{path}/2/acceptances")).json()["items"]
    assert [one["member_id"] for one in listed] == [str(mine)]
    assert (await cast["anonymous"].get(f"{path}/2/acceptances")).json()["items"] == []
    timeline = (await cast["chair"].get(f"/networks/{cast.network.id}/events")).json()["items"]
    assert [one["type"] for one in timeline].count("rulebook.accepted") == 1
    cast.association_member.state = MemberState.invited
    await world.session.flush()
    refused = await cast["owner"].put(f"{path}/2/acceptances/{mine}")
    assert (refused.status_code, refused.json()["code"]) == (409, "member_not_active")


async def test_a_draft_is_the_networks_own_and_what_was_in_force_never_changes(world: World) -> None:
    cast = await make_cast(world)
    path = f"/networks/{cast.network.id}/rulebooks"
    leader = cast["coordinator"]
    assert (await cast["chair"].post(path, DRAFT)).status_code == 403
    assert (await leader.post(path, DRAFT)).json()["state"] == "draft"
    second = await leader.post(path, DRAFT)
    assert (second.status_code, second.json()["code"]) == (409, "draft_exists")
    assert (await cast["owner"].get(f"{path}/2")).status_code == 404
    assert (await cast["observer"].get(f"{path}/2")).status_code == 200
    assert [one["number"] for one in (await cast["owner"].get(path)).json()["items"]] == [1]
    assert [one["number"] for one in (await cast["observer"].get(path)).json()["items"]] == [2, 1]
    changed = await leader.patch(f"{path}/2", {"rule": {"method": "consensus"}}, if_match=1)
    assert changed.json()["rule"]["method"] == "consensus"
    assert (await leader.delete(f"{path}/2", if_match=1)).status_code == 412
    assert (await leader.delete(f"{path}/2", if_match=2)).status_code == 204
    for answer in (
        await leader.patch(f"{path}/1", {"texts": {"fi": "Toiset"}}, if_match=1),
        await leader.delete(f"{path}/1", if_match=1),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "rulebook_fixed")
    adopt = await leader.post(f"{path}/1/adopt", {}, if_match=1)
    assert (adopt.status_code, adopt.json()["code"]) == (409, "wrong_state")


async def test_a_rule_that_makes_no_sense_is_refused(world: World) -> None:
    cast = await make_cast(world)
    path = f"/networks/{cast.network.id}/rulebooks"
    for bad in ({}, {"method": "dice"}, {**RULE, "quorum_percent": 101}, {**RULE, "quorum_percent": "60"}, {"x": 1}):
        assert (await cast["coordinator"].post(path, {**DRAFT, "rule": bad})).status_code == 422
    await cast["coordinator"].post(path, DRAFT)
    await cast.world.session.exec(delete(RulebookAcceptance))
    cast.network.state = NetworkState.forming
    await world.session.flush()
    late = await cast["coordinator"].post(f"{path}/2/adopt", {"accept_by": "2020-01-01"}, if_match=1)
    assert (late.status_code, late.json()["errors"][0]["code"]) == (422, "in_the_past")


async def test_two_versions_side_by_side(world: World) -> None:
    cast = await make_cast(world)
    await _adopt(cast)
    path = f"/networks/{cast.network.id}/rulebooks"
    texts = {"fi": "Toimimme yhdessä.\n\nKokoonnumme joka viikko.", "sv": "Tillsammans."}
    await cast["coordinator"].post(path, {"texts": texts, "rule": {**RULE, "quorum_percent": 75}})
    compared = await cast["coordinator"].get(f"{path}/compare?old=2&new=3")
    assert compared.status_code == 200, compared.text
    assert compared.json() == {
        "old": 2,
        "new": 3,
        "texts": {
            "fi": [
                {"kind": "equal", "text": "Toimimme yhdessä."},
                {"kind": "removed", "text": "Kokoonnumme kuukausittain."},
                {"kind": "added", "text": "Kokoonnumme joka viikko."},
            ],
            "sv": [{"kind": "added", "text": "Tillsammans."}],
        },
        "rule": [{"field": "quorum_percent", "old": 60, "new": 75}],
    }
    assert (await cast["anonymous"].get(f"{path}/compare?old=2&new=3")).status_code == 404
    assert (await cast["anonymous"].get(f"{path}/compare?old=1&new=2")).status_code == 200


def test_a_moved_paragraph_is_removed_and_added() -> None:
    assert compare_texts("a\n\nb", "b\r\n\r\n\r\na\n") == [("added", "b"), ("equal", "a"), ("removed", "b")]


async def test_what_waits_for_whom(world: World, session: AsyncSession) -> None:
    cast = await make_cast(world)
    await _adopt(cast, 365)
    invited, asking = await world.organisation("Kutsuttu ry"), await world.organisation("Pyytävä ry")
    invitation = await world.member(cast.network, invited, accepts=False, state=MemberState.invited)
    request = await world.member(cast.network, asking, accepts=False, state=MemberState.requested)
    host = await world.person((Role.owner, invited.id))

    async def waits(person: str | Any) -> list[tuple[Any, ...]]:
        id_ = cast[person].id if isinstance(person, str) else person.id
        rows = await tasks_of(session, id_, TASKS)
        return [(row.kind, row.subject_kind, row.subject_id, row.organisation_id, row.due_on) for row in rows]

    book = await queries.rulebook_in_force(session, cast.network.id)
    assert book is not None
    assert await waits("owner") == [("rulebook_acceptance", "rulebook", book.id, cast.association.id, book.accept_by)]
    month, fortnight = (clock.today() + timedelta(days=days) for days in (30, 14))
    assert await waits(host) == [("membership_invitation", "network_member", invitation.id, invited.id, month)]
    assert await waits("coordinator") == [("membership_request", "network_member", request.id, asking.id, fortnight)]
    for nobody in ("editor", "chair", "outsider", "operator", "representative"):
        assert await waits(nobody) == []
    await cast["owner"].put(f"/networks/{cast.network.id}/rulebooks/2/acceptances/{cast.association_member.id}")
    assert await waits("owner") == []
