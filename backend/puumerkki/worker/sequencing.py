"""The loop that runs the feed's sequencer, on a connection of its own."""

import asyncio

import psycopg

from puumerkki.kernel import loops
from puumerkki.kernel.db import libpq_url
from puumerkki.kernel.eventlog.sequencer import sequence_events
from puumerkki.worker.supervising import Pulse, wait

EVERY_SECONDS = 0.2


async def run_sequencer(url: str, pulse: Pulse, stop: asyncio.Event) -> None:
    """Give positions until `stop` is set; whoever supervises it begins it anew where the server went away.

    It looks five times a second: writers do not notify it, since NOTIFY makes all commits wait for one another.
    """
    async with await psycopg.AsyncConnection.connect(libpq_url(url), autocommit=True, connect_timeout=5) as connection:
        while not stop.is_set():
            count = await sequence_events(connection)
            pulse.beat(loops.SEQUENCER)
            if not count:
                await wait(stop, EVERY_SECONDS)
