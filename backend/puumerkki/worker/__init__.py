"""The job runner: procrastinate's worker, the clock's ticks, the sequencer and the sealer of the feed."""

import asyncio

import structlog
from procrastinate import PsycopgConnector

from puumerkki.kernel import jobs
from puumerkki.kernel.db import libpq_url, make_engine, make_sessions
from puumerkki.worker import partitions, ticks
from puumerkki.worker.sealing import run_sealer
from puumerkki.worker.sequencing import run_sequencer, wait

log = structlog.get_logger()
CONCURRENCY = 4
AGAIN_SECONDS = 1.0

__all__ = ["partitions", "run_worker", "ticks"]


async def run_worker(url: str, stop: asyncio.Event) -> None:
    """Run jobs, ticks and the sequencer on the database of `url` until `stop` is set, then finish what has begun."""
    engine = make_engine(url, pool_size=CONCURRENCY + 2)
    sessions = make_sessions(engine)
    jobs.use_sessions(sessions)
    loops = [asyncio.create_task(run_sequencer(url, stop)), asyncio.create_task(run_sealer(sessions, stop))]
    try:
        while not stop.is_set():
            try:
                await _run_jobs(url, stop)
            except Exception as error:
                # the runner gives up when the database goes away; jobs that it held are rescued later
                log.warning("worker_interrupted", error=type(error).__name__)
                await wait(stop, AGAIN_SECONDS)
    finally:
        stop.set()
        await asyncio.gather(*loops, return_exceptions=True)
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
