"""What people were told long ago is deleted, and with it what waited; nothing that waits still."""

from datetime import timedelta

from sqlmodel import col, select

from puumerkki.kernel import clock
from puumerkki.notifications.models import Notice, OpenTask
from puumerkki.notifications.service.expiring import KEPT, delete_expired_notices
from puumerkki.notifications.service.following import sweep
from tests.factories import World
from tests.notifications.people import follow_all
from tests.notifications.test_task_rows import raise_need
from tests.personas import make_cast


async def test_after_a_year_only_what_waits_is_known(world: World) -> None:
    session, cast = world.session, await make_cast(world)
    assert await sweep(session)
    waits, done = await raise_need(cast), await raise_need(cast, title="Kyyti torille")
    await follow_all(session)
    agreed = await cast["coordinator"].post(f"/needs/{done}/agree", if_match=1)
    assert agreed.status_code == 200, agreed.text
    await follow_all(session)
    subjects = select(OpenTask.subject_id).where(col(OpenTask.subject_id).in_([waits, done]))
    noticed = select(Notice.id).where(col(Notice.principal_id) == cast["coordinator"].person_id)
    before = (await session.exec(noticed)).all()
    with clock.fixed(clock.now() + KEPT - timedelta(days=1)):
        await delete_expired_notices(session)
    assert (await session.exec(noticed)).all() == before
    with clock.fixed(clock.now() + KEPT + timedelta(days=1)):
        await delete_expired_notices(session)
        await delete_expired_notices(session)
    assert (await session.exec(subjects)).all() == [waits]
    [kept] = (await session.exec(select(Notice.task_id).where(col(Notice.id).in_(before)))).all()
    task = await session.get_one(OpenTask, kept)
    assert task.subject_id == waits
