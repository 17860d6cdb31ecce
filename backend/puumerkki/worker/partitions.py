"""Keeps partitions of the event log ahead of the clock, once an hour on one worker."""

import structlog

from puumerkki.kernel import jobs
from puumerkki.kernel.db import transaction
from puumerkki.kernel.eventlog.partitions import make_ahead

log = structlog.get_logger()


@jobs.app.periodic(cron="17 * * * *")
@jobs.app.task(name="log.partitions", queue="clock", queueing_lock="log.partitions", pass_context=False)
async def keep_partitions(timestamp: int) -> None:
    """Make what is missing of the coming year. Where a lock is not had soon, the next hour tries again."""
    async with transaction(jobs.sessions()) as session:
        for name in await make_ahead(session):
            log.info("event_partition_made", partition=name, at=timestamp)
