"""The loop that runs the feed's sequencer, on a connection of its own."""

import asyncio

import psycopg
import structlog

from puumerkki.kernel.db import libpq_url
from puumerkki.kernel.sequencer import sequence_events

log = structlog.get_logger()
EVERY_SECONDS = 0.2
AGAIN_SECONDS = 1.0


async def run_sequencer(url: str, stop: asyncio.Event) -> None:
    """Give positions until `stop` is set; reconnect where the server went away.

    It looks five times a second: writers do not notify it, since NOTIFY makes all commits wait for one another.
    """
    while not stop.is_set():
        try:
            async with await psycopg.AsyncConnection.connect(
                libpq_url(url), autocommit=True, connect_timeout=5
            ) as connection:
                while not stop.is_set():
                    if not await sequence_events(connection):
                        await wait(stop, EVERY_SECONDS)
        except psycopg.Error as error:
            log.warning("sequencer_interrupted", error=type(error).__name__)
            await wait(stop, AGAIN_SECONDS)


async def wait(stop: asyncio.Event, seconds: float) -> None:
    """Until `stop` is set, at most so long."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
