"""The worker: procrastinate's jobs, the clock's ticks, the feed's sequencer and sealer, and who is told of what."""

import asyncio

from procrastinate import PsycopgConnector

from puumerkki.kernel import jobs
from puumerkki.kernel.db import libpq_url, make_engine, make_sessions
from puumerkki.kernel.loops import JOBS, NOTIFIER, SEALER, SEQUENCER
from puumerkki.worker import partitions, periodic
from puumerkki.worker.notifying import run_notifier
from puumerkki.worker.sealing import run_sealer
from puumerkki.worker.sequencing import run_sequencer
from puumerkki.worker.supervising import Loop, Pulse, supervised

CONCURRENCY = 4

__all__ = ["partitions", "periodic", "run_worker"]


async def run_worker(url: str, stop: asyncio.Event) -> None:
    """Run jobs, ticks and the sequencer on the database of `url` until `stop` is set, then finish what has begun."""
    engine = make_engine(url, pool_size=CONCURRENCY + 2)
    sessions = make_sessions(engine)
    jobs.use_sessions(sessions)
    pulse = Pulse()
    # the runner of jobs too gives up when the database goes away; jobs that it held are rescued later
    loops: dict[str, Loop] = {
        SEQUENCER: lambda pulse, stop: run_sequencer(url, pulse, stop),
        SEALER: lambda pulse, stop: run_sealer(sessions, pulse, stop),
        NOTIFIER: lambda pulse, stop: run_notifier(sessions, pulse, stop),
        JOBS: lambda _, stop: _run_jobs(url, stop),
        "pulse": lambda pulse, stop: pulse.run(sessions, stop),
    }
    tasks = [asyncio.create_task(supervised(name, loop, pulse, stop)) for name, loop in loops.items()]
    try:
        await asyncio.gather(*tasks)
    finally:
        stop.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        await engine.dispose()


async def _run_jobs(url: str, stop: asyncio.Event) -> None:
    connector = PsycopgConnector(conninfo=libpq_url(url), min_size=1, max_size=CONCURRENCY + 2)
    with jobs.app.replace_connector(connector):
        async with jobs.app.open_async():
            worker = asyncio.create_task(
                jobs.app.run_worker_async(
                    concurrency=CONCURRENCY,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                    shutdown_graceful_timeout=20,
                )
            )
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait({worker, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            if not worker.done():
                worker.cancel()
                await asyncio.gather(worker, return_exceptions=True)
            else:
                await worker
