"""Attack F19: proposed, taken back and proposed again, everybody was written to each time."""

from collections import Counter

from sqlmodel import col, select

from puumerkki.kernel.mail import OutboxMessage
from tests.factories import World
from tests.networks.decisions import association, path_of
from tests.personas import make_cast


async def _written(world: World, *, now: bool) -> Counter[str]:
    """How many mails each mailbox has got, or is still to get."""
    due = col(OutboxMessage.due_at)
    found = await world.session.exec(select(OutboxMessage.recipient).where(due.is_(None) if now else due.is_not(None)))
    return Counter(found.all())


async def test_a_decision_proposed_again_and_again(world: World) -> None:
    cast = await make_cast(world)
    await association(cast)
    who = cast["representative"]
    for _ in range(5):
        made = await who.post(path_of(cast), {"kind": "chair", "subject_id": str(cast["viewer"].id)})
        assert made.status_code == 201, made.text
        gone = await who.post(path_of(cast, f"/{made.json()['id']}/drop"), if_match=made.json()["version"])
        assert gone.status_code == 200, gone.text
    for now in (True, False):
        assert set((await _written(world, now=now)).values()) == {1}
    other = await cast["coordinator"].post(path_of(cast), {"kind": "chair", "subject_id": str(cast["editor"].id)})
    assert other.status_code == 201
    assert set((await _written(world, now=True)).values()) == {2}, "another's proposal is another thing"


async def test_a_removal_proposed_again_and_again(world: World) -> None:
    cast = await make_cast(world)
    lead, path = cast["coordinator"], f"/networks/{cast.network.id}/members/{cast.association_member.id}"
    for _ in range(5):
        version = (await lead.get(path)).json()["version"]
        made = await lead.post(f"{path}/remove", {"reason": "Syy"}, if_match=version)
        assert made.status_code == 200, made.text
        gone = await lead.post(f"{path}/proposal/drop", {"reason": "Syy"}, if_match=made.json()["version"])
        assert gone.status_code == 200, gone.text
    for now in (True, False):
        assert set((await _written(world, now=now)).values()) == {1}
