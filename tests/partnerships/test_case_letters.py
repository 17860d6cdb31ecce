"""What is written about a case: to applicants, to its networks, to the authority's deciders."""

import pytest
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.kernel.mail import OutboxMessage
from tests.factories import Client, World
from tests.partnerships.authority import WAIVER, both, on_row, seen, under
from tests.partnerships.cases import act, officer
from tests.partnerships.gate import endorse, handled, policy, receive, scene
from tests.partnerships.test_partner_requests import DECISION


async def letters(world: World, caller: Client) -> list[str]:
    """All that was sent to somebody, the subject first."""
    assert caller.id is not None
    own = col(OutboxMessage.recipient) == f"{caller.id.hex}@example.org"
    found = await world.session.exec(select(OutboxMessage).where(own).order_by(col(OutboxMessage.id)))
    return [f"{one.subject}\n{one.body}" for one in found.all()]


@pytest.mark.parametrize("got_it", [True, False])
async def test_a_release_and_its_undoing_are_written_and_a_stranger_learns_no_title(world: World, got_it: bool) -> None:
    arrived = await under(world, target_groups=["KR1.1"], content={"target_groups": []})
    if got_it:
        await handled(world.session, arrived.version, arrived.network, state=HandlingState.in_review)
    one = await both(world, arrived)
    editor = await world.person((Role.editor, arrived.association.id))
    lead = await world.person((Role.coordinator, arrived.network.id))
    assert (await on_row(one, arrived, "release", {"reason": "Kaikki asukkaat."})).status_code == 200
    assert (await on_row(one, arrived, "undo", {"reason": "Koskee sittenkin."})).status_code == 200
    for who, inside in ((editor, True), (lead, got_it)):
        released, undone = await letters(world, who)
        for letter, subject, reason in (
            (released, "Puumerkkiä ei enää vaadita", "Kaikki asukkaat."),
            (undone, "Puumerkki vaaditaan", "Koskee sittenkin."),
        ):
            assert letter.startswith(f"{subject}: {arrived.version.title if inside else 'Oulun kaupunki'}\n")
            assert (arrived.version.title in letter, reason in letter) == (inside, False)
            assert ("/partner-requests/" in letter) == inside


async def test_what_an_officer_adds_and_a_decider_waives_is_written(world: World) -> None:
    arrived = await scene(world, gate=False)
    asked = await policy(world, arrived.city, arrived.network, target_groups=["KR2"])
    one = await both(world, arrived)
    lead = await world.person((Role.coordinator, arrived.network.id))
    brought = await act(one, arrived.request, "bring", {"policy_id": str(asked.id), "reason": "Koskee."})
    assert brought.status_code == 200, brought.text
    assert (await on_row(one, arrived, "waive", WAIVER | {"ground": "law"})).status_code == 200
    subjects = [letter.split(":", 1)[0] for letter in await letters(world, lead)]
    assert subjects == ["Puumerkki vaaditaan", "Puumerkkiä ei enää vaadita"]


async def test_deciders_are_written_to_once_when_a_decision_is_to_be_looked_at(world: World) -> None:
    arrived = await scene(world)
    await endorse(world.session, arrived.version, arrived.network)
    one = await both(world, arrived)
    await act(one, arrived.request, "begin")
    decided = await act(one, arrived.request, "decide", DECISION)
    assert decided.status_code == 200, decided.text
    preparing = await officer(world, arrived)
    for _ in range(2):
        await receive(world.session, arrived.application, await world.version(arrived.application))
    [letter] = await letters(world, one)
    assert letter.startswith("Tarkista, pidetäänkö päätös ennallaan")
    assert await letters(world, preparing) == []
    [row] = (await seen(one, arrived))["requirements"]
    assert row["standing"] == "met", "it says on what the decision stood"
