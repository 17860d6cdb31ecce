"""What is asked again and again writes to a mailbox once a day, and nothing is lost."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock, mail
from puumerkki.kernel.mail import ABOUT_ONCE_IN, OutboxMessage


async def _write(session: AsyncSession, about: str | None, day: str, *, to: str = "a@example.org") -> None:
    await mail.send(
        session,
        to=to,
        package="puumerkki.networks",
        template="member_proposal",
        language="en",
        envelope=mail.Envelope(reason=mail.Reason.concerned, root=None),
        about=about,
        name="Aino",
        network="Network",
        member="Member",
        kind="remove",
        day=day,
        link=mail.link("en", "networks"),
    )


async def _due(session: AsyncSession) -> list[datetime | None]:
    found = await session.exec(select(OutboxMessage.due_at).order_by(col(OutboxMessage.created_at)))
    return list(found.all())


async def test_about_one_thing_one_mail_a_day_the_newest_waiting(session: AsyncSession) -> None:
    about, now = f"proposal {uuid4()}", clock.now()
    with clock.fixed(now):
        for day in ("Monday", "Tuesday", "Wednesday"):
            await _write(session, about, day)
        assert await _due(session) == [None, now + ABOUT_ONCE_IN]
        bodies = (await session.exec(select(OutboxMessage.body).order_by(col(OutboxMessage.due_at).desc()))).all()
        assert ["Monday" in one for one in bodies] == [True, False]
        assert "Wednesday" in bodies[-1]
        jobs = "select scheduled_at from procrastinate_jobs where task_name = 'mail.deliver' order by id"
        planned = (await (await session.connection()).execute(text(jobs))).scalars().all()
        assert planned == [None, now + ABOUT_ONCE_IN]
        await _write(session, about, "Monday", to="b@example.org")
        await _write(session, f"{about} else", "Monday")
        await _write(session, None, "Monday")
        await _write(session, None, "Monday")
        assert (await _due(session)).count(None) == 5, "another mailbox, another thing, what has no name"


async def test_a_day_after_the_last_it_goes_out_at_once_again(session: AsyncSession) -> None:
    now = clock.now()
    with clock.fixed(now):
        await _write(session, "thing", "Monday")
        await _write(session, "thing", "Tuesday")
    waiting = (await session.exec(select(OutboxMessage).where(col(OutboxMessage.due_at).is_not(None)))).one()
    with clock.fixed(now + ABOUT_ONCE_IN):
        waiting.sent_at = clock.now()
        await _write(session, "thing", "Wednesday")
        assert (await _due(session))[-1] == now + 2 * ABOUT_ONCE_IN, "that of yesterday went out just now"
    with clock.fixed(now + 3 * ABOUT_ONCE_IN + timedelta(seconds=1)):
        last = (await session.exec(select(OutboxMessage).order_by(col(OutboxMessage.created_at).desc()))).first()
        assert last is not None
        last.sent_at = clock.now()
        await _write(session, "thing", "Thursday")
        assert (await _due(session))[-1] is None
