"""Seats of advisory boards."""

from datetime import date

from puumerkki.access.roles import Role
from puumerkki.networks.models.networks import NetworkKind
from tests.factories import World


async def test_a_seat_for_a_term(world: World) -> None:
    board = await world.network("Järjestöneuvottelukunta", kind=NetworkKind.advisory_board)
    leader = await world.person((Role.coordinator, board.id))
    member, deputy = await world.person(name="Jaana Jäsen"), await world.person(name="Ville Vara")
    path = f"/networks/{board.id}/seats"
    given = {
        "theme": {"fi": "Ikäihmiset"},
        "principal_id": str(member.id),
        "deputy_principal_id": str(deputy.id),
        "term_starts_on": "2027-01-01",
        "term_ends_on": "2028-12-31",
    }
    made = await leader.post(path, given)
    assert made.status_code == 201, made.text
    seat = made.json()
    moved = await leader.patch(f"{path}/{seat['id']}", {"term_ends_on": "2027-12-31"}, if_match=1)
    assert (moved.status_code, moved.json()["term_ends_on"]) == (200, "2027-12-31")
    wrong = await leader.patch(f"{path}/{seat['id']}", {"term_ends_on": "2026-12-31"}, if_match=2)
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (422, "before_beginning")
    unknown = await leader.post(path, {**given, "principal_id": str(board.id)})
    assert unknown.json()["errors"][0] == {
        "pointer": "/principal_id",
        "code": "person_unknown",
        "message": "There is no such person.",
    }
    for on, count in ((date(2027, 12, 31), 1), (date(2028, 1, 1), 0)):
        items = (await leader.get(f"{path}?on={on}")).json()["items"]
        assert [(one["principal_name"], one["deputy_name"]) for one in items] == [("Jaana Jäsen", "Ville Vara")] * count
    assert (await world.nobody.get(path)).json()["items"] == []
    assert (await member.delete(f"{path}/{seat['id']}", if_match=2)).status_code == 404
    assert (await leader.delete(f"{path}/{seat['id']}", if_match=2)).status_code == 204
    assert (await leader.get(path)).json()["items"] == []


async def test_only_advisory_boards_have_seats(world: World) -> None:
    network = await world.network()
    leader = await world.person((Role.coordinator, network.id))
    given = {
        "theme": {"fi": "Ikäihmiset"},
        "principal_id": str(leader.id),
        "term_starts_on": "2027-01-01",
        "term_ends_on": "2028-12-31",
    }
    answer = await leader.post(f"/networks/{network.id}/seats", given)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_advisory")


async def test_a_seat_gives_no_vote(world: World) -> None:
    network = await world.network(kind=NetworkKind.advisory_board, decides=False)
    member = await world.member(network, await world.organisation("Jäsen ry"))
    lead, seated = await world.person((Role.coordinator, network.id)), await world.person()
    term = {"term_starts_on": "2026-01-01", "term_ends_on": "2028-12-31"}
    given = {"theme": {"fi": "Omaishoito"}, "principal_id": str(seated.id)} | term
    assert (await lead.post(f"/networks/{network.id}/seats", given)).status_code == 201
    path = f"/networks/{network.id}/decisions"
    made = await lead.post(path, {"kind": "chair", "subject_id": str(seated.id)})
    assert made.status_code == 201, made.text
    assert made.json()["may_vote"] == 1, "the member's, not the seat's"
    refused = await seated.put(f"{path}/{made.json()['id']}/votes/{member.id}", {"choice": "for"})
    assert refused.status_code == 404, refused.text
