"""The job runner: procrastinate's worker, the clock's ticks, the sequencer and the sealer of the feed."""

import asyncio

from procrastinate import PsycopgConnector

from puumerkki.kernel import jobs
from puumerkki.kernel.db import libpq_url, make_engine, make_sessions
from puumerkki.worker import partitions, ticks
from puumerkki.worker.sealing import run_sealer
from puumerkki.worker.sequencing import run_sequencer

CONCURRENCY = 4

__all__ = ["partitions", "run_worker", "ticks"]


async def run_worker(url: str, stop: asyncio.Event) -> None:
    """Run jobs, ticks and the sequencer on the database of `url` until `stop` is set, then finish what has begun."""
    engine = make_engine(url, pool_size=CONCURRENCY + 2)
    sessions = make_sessions(engine)
    jobs.use_sessions(sessions)
    connector = PsycopgConnector(conninfo=libpq_url(url), min_size=1, max_size=CONCURRENCY + 2)
    loops = [asyncio.create_task(run_sequencer(url, stop)), asyncio.create_task(run_sealer(sessions, stop))]
    try:
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
                worker.cancel()
                await asyncio.gather(worker, return_exceptions=True)
    finally:
        stop.set()
        await asyncio.gather(*loops, return_exceptions=True)
        await engine.dispose()
