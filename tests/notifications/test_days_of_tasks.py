"""What waits has a last day, or says why not; a second person is written to once of one proposal."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import Cast
from sqlalchemy.sql.elements import Null
from sqlmodel import col, select

from puumerkki.handlings.queries import revocation_tasks
from puumerkki.handlings.queries.handling_tasks import TASKS
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.kernel.tasks import Task
from puumerkki.notifications.service.following import sweep
from puumerkki.notifications.service.mailing import mail_due
from puumerkki.wiring import ROOMS
from tests.factories import World
from tests.handlings.scene import make_scene
from tests.notifications.people import follow_all
from tests.tasks import tasks_of

UNDATED = {
    "case_to_hand_over": "it waits for the case, whose own day stands with it",
    "host_to_answer": "the group can do without an answer",
    "organisation_refused": "when its people correct it is their own choice",
    "successor_to_answer": "it lapses by itself when the archiving is over",
}


@pytest.mark.parametrize("task", [task for room in ROOMS for task in room.tasks], ids=lambda task: str(task.kind))
def test_whatever_waits_has_a_last_day(task: Task) -> None:
    due_on = task.rows().selected_columns.due_on.element
    assert isinstance(due_on, Cast)
    undated = isinstance(due_on.clause, Null) or getattr(due_on.clause, "value", 0) is None
    assert undated == (task.kind in UNDATED)


async def test_a_second_person_is_written_to_once_and_has_days_after_the_hearing(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_endorsed()
    assert await sweep(world.session)
    deputy = await scene.fresh("a")
    given = {"way": "cause", "cause": "false_facts", "reason": "Tila on suljettu."}
    await scene.must("revocations", given)
    heard_until = clock.today() + timedelta(days=7)
    asked = scene.representatives["b"]
    [task] = [
        one
        for one in await tasks_of(world.session, asked.id, revocation_tasks.TASKS)
        if one.kind == "revocation_to_confirm"
    ]
    assert task.due_on == heard_until + timedelta(days=7)
    for later in (0, 1, 24 * 3):
        with clock.fixed(clock.now() + timedelta(hours=later)):
            await follow_all(world.session)
            while await mail_due(world.session):
                pass
    mails = select(OutboxMessage.recipient).where(col(OutboxMessage.subject).contains("vahvista"))
    got = Counter((await world.session.exec(mails)).all())
    expected = {f"{scene.representatives[name].person_id.hex}@example.org" for name in "abc"}
    assert got == dict.fromkeys(expected, 1)
    assert f"{deputy.person_id.hex}@example.org" not in got, "who came since the version is no second person"


async def test_an_annulment_has_three_days(world: World) -> None:
    scene = await make_scene(world)
    await scene.to_ballot()
    await scene.must("annul_ballot", {"fault": "tie", "reason": "Kokous."})
    found = await tasks_of(world.session, scene.representatives["b"].id, TASKS)
    [task] = [one for one in found if one.kind == "annulment_to_confirm"]
    assert task.due_on == clock.today() + timedelta(days=3)
