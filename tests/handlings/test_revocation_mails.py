"""Proposing to revoke again and again: the applicant is told once a day, and heard from when it is told."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from puumerkki.handlings.service.revocations import tell_late
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from tests.factories import World
from tests.handlings.scene import make_scene

CAUSE = {"way": "cause", "cause": "false_facts", "reason": "Hakemuksessa nimetty tila on purettu."}


async def test_proposing_again_and_again_floods_nobody_and_shortens_no_hearing(world: World) -> None:
    scene = await make_scene(world)
    number = await scene.to_endorsed()

    async def mails() -> int:
        found = await world.session.exec(select(OutboxMessage.subject).where(col(OutboxMessage.recipient) == editor))
        return len([one for one in found.all() if number in one])

    editor = f"{scene.editor.id.hex}@example.org" if scene.editor.id else ""
    begin = clock.now()
    with clock.fixed(begin):
        for _ in range(4):
            await scene.must("revocations", CAUSE)
            await scene.must("revocation/drop", {"reason": "Selvisi."})
        shown = await scene.must("revocations", CAUSE)
        await tell_late(world.session)
    assert await mails() == 1
    heard_until = datetime.fromisoformat(shown["revocation"]["heard_until"])
    ends = clock.end_of_day(clock.day_of(begin + timedelta(days=8)))
    assert heard_until == ends, "heard for seven days from when it is told, to the end of the last"
    with clock.fixed(begin + timedelta(days=1, minutes=1)):
        for _ in range(2):
            await tell_late(world.session)
    assert await mails() == 2
