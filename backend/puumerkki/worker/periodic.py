"""What the clock does, once a minute on one worker: each step in its own transaction, so that none stops another."""

import structlog

from puumerkki.kernel import clock, jobs, loops
from puumerkki.kernel.db import transaction
from puumerkki.wiring import PERIODIC

log = structlog.get_logger()
STALLED_SECONDS = 120.0


@jobs.app.periodic(cron="* * * * *")
@jobs.app.task(name="clock.tick", queue="clock", queueing_lock="clock.tick", pass_context=False)
async def tick(timestamp: int) -> None:
    """Take every step; fail at the end if one failed, so that it shows."""
    failed = []
    for step in PERIODIC:
        try:
            async with transaction(jobs.sessions()) as session:
                await step(session)
        except Exception as error:
            log.error("tick_failed", step=step.__name__, error=loops.reason(error), exc_info=error)
            failed.append(step.__name__)
    async with transaction(jobs.sessions()) as session:
        if failed:
            await loops.fail(session, loops.JOBS, f"steps failed: {', '.join(failed)}", at=clock.now())
        else:
            await loops.beat(session, loops.JOBS, at=clock.now())
    if failed:
        raise RuntimeError(f"steps failed at {timestamp}: {', '.join(failed)}")


@jobs.app.periodic(cron="*/2 * * * *")
@jobs.app.task(name="clock.rescue", queue="clock", queueing_lock="clock.rescue", pass_context=False)
async def rescue(timestamp: int) -> None:
    """Run again the jobs of workers that died; every job is idempotent."""
    manager = jobs.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        log.warning("job_rescued", job=job.id, task=job.task_name, at=timestamp)
        await manager.retry_job(job)
