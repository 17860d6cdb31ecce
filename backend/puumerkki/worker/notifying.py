"""The loop that follows the feed with what waits for whom, tells people of it, and writes their mails."""

import asyncio

from puumerkki.kernel import loops
from puumerkki.kernel.db import transaction
from puumerkki.kernel.jobs import Sessions
from puumerkki.notifications.service.following import follow, sweep
from puumerkki.notifications.service.mailing import mail_due
from puumerkki.notifications.service.telling import pass_on_tasks, remind_of_tasks
from puumerkki.worker.supervising import Pulse, wait

EVERY_SECONDS = 1.0
"""So old are events at most that nobody was told of yet."""
MAILS_SECONDS = 15.0


async def run_notifier(sessions: Sessions, pulse: Pulse, stop: asyncio.Event) -> None:
    """Follow, tell and write until `stop` is set; each step in a transaction of its own."""
    loop = asyncio.get_running_loop()
    mails_at = loop.time()
    while not stop.is_set():
        async with transaction(sessions) as session:
            count = await follow(session)
        async with transaction(sessions) as session:
            await sweep(session)
        if loop.time() >= mails_at:
            async with transaction(sessions) as session:
                await remind_of_tasks(session)
            async with transaction(sessions) as session:
                await pass_on_tasks(session)
            async with transaction(sessions) as session:
                await mail_due(session)
            mails_at = loop.time() + MAILS_SECONDS
        pulse.beat(loops.NOTIFIER)
        if not count:
            await wait(stop, EVERY_SECONDS)
